import { createHmac } from 'node:crypto'
import { type GatewayBase, requireVerb } from '@wamux/core'
import type { GatewayId } from '@wamux/emulator'
import { type Network, SOMEBODY } from '../harness/network.ts'
import { until } from '../harness/until.ts'
import { type Checks, expect } from './checks.ts'
import type { Rest } from './rest.ts'
import type { Workflow } from './workflows.ts'

interface Execution {
  readonly id: string
  readonly status: string
}

/** What the triggers are tried with. */
export interface TriggerRig {
  readonly checks: Checks
  readonly network: Network
  readonly rest: Rest
}

/** Activates a workflow that begins with a trigger, lets the gateway deliver, sends what nobody signed, and deactivates it. */
export async function tryTrigger({ checks, network, rest }: TriggerRig, { id, name }: Workflow, gatewayId: GatewayId): Promise<void> {
  const { gateway, session, phone } = network.lines[gatewayId]
  const { control } = network.server.emulator
  const title = `workflow "${name}"`
  const text = `Hello ${gatewayId}`
  // a session of WARest has one webhook only
  const own = gatewayId === 'warest' ? undefined : await registerOther(gateway, session)
  const executions = async () => (await executionsOf(rest, id)).filter((one) => one.status === 'success')
  let url = ''

  const active = await checks.check(`${title}: activation registers a webhook at the gateway`, async () => {
    const { versionId } = await rest.call<{ versionId: string }>('GET', `workflows/${id}`)
    await rest.call('POST', `workflows/${id}/activate`, { versionId })
    url = await until(
      async () => (await urlsOf(gateway, session)).find((one) => one.includes('/webhook/')),
      'the gateway knows of no webhook of n8n',
    )
    return new URL(url).pathname.replace(/[0-9a-f-]{36}/, '…')
  })
  if (!active) return
  if (own) {
    await checks.check(`${title}: the webhook of others is still there`, async () =>
      expect((await urlsOf(gateway, session)).includes(own), 'it is gone'),
    )
  }
  await checks.check(`${title}: an event of the gateway runs it`, async () => {
    await control.message({ from: SOMEBODY, to: phone, text })
    await until(
      async () => {
        return (await executions()).length > 0 ? true : undefined
      },
      async () => `it did not run; deliveries: ${await told(network, gatewayId)}`,
    )
    await until(async () => {
      return (await control.messages({ phone: SOMEBODY })).find((one) => one.from === phone && one.text === `You wrote: ${text}`)
    }, 'its answer did not arrive')
  })
  const [delivery] = (await control.deliveries({ gateway: gatewayId })).filter((one) => one.url === url && one.body.includes(text))
  await checks.check(`${title}: the same event a second time does not`, async () => {
    const before = (await executions()).length
    const status = await post(url, delivery?.headers ?? {}, delivery?.body ?? '')
    expect(status >= 200 && status < 300, `answered ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect((await executions()).length === before, 'it ran again')
  })
  await checks.check(`${title}: what nobody signed is refused with 401`, async () => {
    const before = (await executions()).length
    const headers = { 'content-type': 'application/json' }
    const statuses = [
      await post(bare(url), headers, delivery?.body ?? '{}'),
      await post(bare(url), { ...headers, ...changedSignature(delivery?.headers ?? {}) }, delivery?.body ?? '{}'),
      await post(bare(url), { ...headers, ...delivery?.headers }, `${delivery?.body ?? '{}'} `),
    ]
    expect(
      statuses.every((status) => status === 401),
      `answered ${statuses.join(', ')}`,
    )
    expect((await executions()).length === before, 'it ran')
  })
  await checks.check(`${title}: deactivation takes the webhook off the gateway again`, async () => {
    await rest.call('POST', `workflows/${id}/deactivate`, {})
    const left = await until(async () => {
      const urls = await urlsOf(gateway, session)
      return urls.includes(url) ? undefined : urls
    }, 'it is still registered')
    if (own) expect(left.includes(own), 'the webhook of others went as well')
    const status = await post(url, { 'content-type': 'application/json', ...delivery?.headers }, delivery?.body ?? '{}')
    expect(status === 404, `n8n still answers ${status}`)
  })
}

async function registerOther(gateway: GatewayBase, session: string): Promise<string> {
  const url = 'http://127.0.0.1:9/of-others'
  await requireVerb(gateway, 'webhook.create')({ session, url })
  return url
}

async function urlsOf(gateway: GatewayBase, session: string): Promise<string[]> {
  const urls: string[] = []
  for await (const { url } of requireVerb(gateway, 'webhook.list')({ session })) urls.push(url)
  return urls
}

async function executionsOf(rest: Rest, workflowId: string): Promise<Execution[]> {
  const filter = encodeURIComponent(JSON.stringify({ workflowId }))
  const found = await rest.call<{ results: Execution[] } | Execution[]>('GET', `executions?filter=${filter}&limit=50`)
  return Array.isArray(found) ? found : found.results
}

async function told({ server }: Network, id: GatewayId): Promise<string> {
  const all = await server.emulator.control.deliveries({ gateway: id })
  return (
    all.map((one) => `${one.event} to ${one.url} ${one.state} ${one.attempts.map(({ status }) => status).join('/')}`).join(', ') || 'none'
  )
}

async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  const sent = Object.fromEntries(Object.entries(headers).filter(([header]) => !/^(host|connection|content-length)$/i.test(header)))
  return (await fetch(url, { method: 'POST', headers: sent, body })).status
}

// without the token that stands for a signature where the gateway has none
function bare(url: string): string {
  return url.replace(/\?.*$/, '')
}

function changedSignature(headers: Readonly<Record<string, string>>): Record<string, string> {
  const foreign = (text: string) => createHmac('sha512', 'nobody').update(text).digest('hex').slice(0, text.length)
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, /hmac$|signature|secret/i.test(name) ? foreign(value) : value]),
  )
}
