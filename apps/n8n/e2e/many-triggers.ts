import { randomUUID } from 'node:crypto'
import { requireVerb } from '@wamux/core'
import { type Network, SOMEBODY } from '../harness/network.ts'
import { until } from '../harness/until.ts'
import { type Checks, expect } from './checks.ts'
import type { N8n } from './n8n.ts'
import type { Rest } from './rest.ts'

export interface ManyTriggersRig {
  readonly checks: Checks
  readonly network: Network
  readonly rest: Rest
  readonly n8n: N8n
}

interface Made {
  readonly id: string
  readonly webhookId: string
}

/** Publishes triggers of one WAHA session at once, ends n8n in the middle, and unpublishes them at once: what is registered is what is active. */
export async function tryManyTriggers(rig: ManyTriggersRig): Promise<void> {
  for (const count of [2, 10]) await tryMany(rig, count)
}

async function tryMany({ checks, network, rest, n8n }: ManyTriggersRig, count: number): Promise<void> {
  const { gateway, session, phone } = network.lines.waha
  const title = `${count} triggers of one session`
  const urls = async () => {
    const all: string[] = []
    for await (const { url } of requireVerb(gateway, 'webhook.list')({ session })) all.push(url)
    return all
  }
  const ownUrls = async (made: readonly Made[]) => (await urls()).filter((url) => made.some(({ webhookId }) => url.includes(webhookId)))
  const made = await Promise.all(Array.from({ length: count }, (_, index) => create(rest, `${title} ${index + 1}`, session)))
  const others = await urls()
  // n8n registers after it has answered, and each change restarts the session
  const allRegistered = async () => {
    const found = async () => (await ownUrls(made)).length
    await until(
      async () => ((await found()) === count ? true : undefined),
      async () => `${await found()} are`,
      300_000,
    )
    await requireVerb(gateway, 'session.waitFor')({ session, state: 'connected', timeoutMs: 20_000 })
  }

  await checks.check(`${title}: published at once, all are registered`, async () => {
    await Promise.all(made.map(({ id }) => publish(rest, id)))
    await allRegistered()
  })
  await checks.check(`${title}: each takes an event once`, () => takeOnce(rest, network, made, phone, `Hello all ${count}`))
  await checks.check(`${title}: n8n is killed, and what is registered is what is active`, async () => {
    await n8n.kill()
    await n8n.start()
    await allRegistered()
    await takeOnce(rest, network, made, phone, `Hello again ${count}`)
  })
  await checks.check(`${title}: n8n is killed while it registers them, and publishing again brings all about`, async () => {
    await Promise.all(made.map(({ id }) => rest.call('POST', `workflows/${id}/deactivate`, {})))
    await until(async () => ((await ownUrls(made)).length === 0 ? true : undefined), 'some are left', 40_000)
    // n8n notes that it is done after the gateway is
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    await Promise.all(made.map(({ id }) => publish(rest, id)))
    await new Promise((resolve) => setTimeout(resolve, 500))
    await n8n.kill()
    await n8n.start()
    // what n8n 2.41 was about to register when it ended it takes as registered, and asks no node again
    await Promise.all(made.map(({ id }) => rest.call('POST', `workflows/${id}/deactivate`, {})))
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    await Promise.all(made.map(({ id }) => publish(rest, id)))
    await allRegistered()
    await takeOnce(rest, network, made, phone, `Hello at last ${count}`)
  })
  await checks.check(`${title}: unpublished at once, none is left, and those of others are`, async () => {
    await Promise.all(made.map(({ id }) => rest.call('POST', `workflows/${id}/deactivate`, {})))
    await until(async () => ((await ownUrls(made)).length === 0 ? true : undefined), 'some are left', 40_000)
    const left = await urls()
    expect(
      others.every((url) => left.includes(url)),
      'webhooks of others are gone',
    )
  })
}

async function create(rest: Rest, name: string, session: string): Promise<Made> {
  const webhookId = randomUUID()
  const trigger = {
    id: randomUUID(),
    name: 'WAHA Trigger',
    type: 'n8n-nodes-wamux.wahaTrigger',
    typeVersion: 1,
    position: [0, 0],
    webhookId,
    parameters: { session: { __rl: true, mode: 'id', value: session }, events: ['message.received'] },
    credentials: { wamuxWahaApi: { id: 'wamux-waha', name: 'WAHA' } },
  }
  const body = { name, nodes: [trigger], connections: {}, settings: { executionOrder: 'v1' } }
  const { id } = await rest.call<{ id: string }>('POST', 'workflows', body)
  return { id, webhookId }
}

async function publish(rest: Rest, id: string): Promise<void> {
  const { versionId } = await rest.call<{ versionId: string }>('GET', `workflows/${id}`)
  await rest.call('POST', `workflows/${id}/activate`, { versionId })
}

async function takeOnce(rest: Rest, { server }: Network, made: readonly Made[], phone: string, text: string): Promise<void> {
  const executed = async ({ id }: Made) => {
    const filter = encodeURIComponent(JSON.stringify({ workflowId: id }))
    const found = await rest.call<{ results: unknown[] } | unknown[]>('GET', `executions?filter=${filter}&limit=50`)
    return (Array.isArray(found) ? found : found.results).length
  }
  const before = await Promise.all(made.map(executed))
  await server.emulator.control.message({ from: SOMEBODY, to: phone, text })
  const counts = async () => (await Promise.all(made.map(executed))).map((count, index) => count - (before[index] ?? 0))
  await until(
    async () => ((await counts()).every((count) => count > 0) ? true : undefined),
    async () => `ran ${(await counts()).join(', ')} times`,
  )
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const found = await counts()
  expect(
    found.every((count) => count === 1),
    `ran ${found.join(', ')} times`,
  )
}
