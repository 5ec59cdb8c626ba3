import { randomUUID } from 'node:crypto'
import { type GatewayBase, requireVerb } from '@wamux/core'
import { type Network, SOMEBODY } from '../harness/network.ts'
import { until } from '../harness/until.ts'
import { type Checks, expect } from './checks.ts'
import type { Rest } from './rest.ts'

/** Somebody writes, is asked, opens the page, approves, and gets an answer that quotes what they wrote. */
export async function trySendAndWait({ checks, network, rest }: { checks: Checks; network: Network; rest: Rest }): Promise<void> {
  const { gateway, session, phone } = network.lines.waha
  const { control } = network.server.emulator
  const texts = async () => (await control.messages({ phone: SOMEBODY })).filter(({ from }) => from === phone)
  let id = ''
  let link = ''
  const asked = await checks.check('Send and Wait: the person gets the question with a link', async () => {
    id = await create(rest, session)
    await until(async () => ((await registered(gateway, session)) ? true : undefined), 'the trigger is not registered')
    await requireVerb(gateway, 'session.waitFor')({ session, state: 'connected', timeoutMs: 20_000 })
    await control.message({ from: SOMEBODY, to: phone, text: 'I want something' })
    const message = await until(async () => (await texts()).find(({ text }) => text?.startsWith('May I?')), 'no question came')
    link = /https?:\/\/\S+/.exec(message.text ?? '')?.[0] ?? ''
    expect(new URL(link).pathname.includes('webhook-waiting'), `the link is ${link}`)
  })
  if (!asked) return
  await checks.check('Send and Wait: opening the link decides nothing', async () => {
    // n8n says so while it still notes that the execution waits
    const html = await until(async () => {
      const page = await fetch(link)
      return page.status === 409 ? undefined : page.text()
    }, 'the execution does not come to wait')
    expect(html.includes('May I?') && html.includes('name="approved"'), `the page is ${html.slice(0, 300)}`)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(
      (await texts()).every(({ text }) => !text?.startsWith('approved')),
      'it went on',
    )
  })
  await checks.check('Send and Wait: a link that somebody changed is refused', async () => {
    const { status } = await fetch(
      link.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      { method: 'POST', body: new URLSearchParams({ approved: 'true' }) },
    )
    expect(status >= 400, `answered ${status}`)
  })
  await checks.check('Send and Wait: the answer lets the workflow go on, and Reply quotes the message of the trigger', async () => {
    const answer = await fetch(link, { method: 'POST', body: new URLSearchParams({ approved: 'true' }) })
    expect(answer.ok && (await answer.text()).includes('Thank you'), `answered ${answer.status}`)
    await until(async () => (await texts()).find(({ text }) => text === 'approved: true'), 'no reply came')
  })
  await rest.call('POST', `workflows/${id}/deactivate`, {})
  await until(async () => ((await registered(gateway, session)) ? undefined : true), 'the trigger is still registered')
}

async function registered(gateway: GatewayBase, session: string): Promise<boolean> {
  for await (const { url } of requireVerb(gateway, 'webhook.list')({ session })) if (url.includes('/webhook/')) return true
  return false
}

async function create(rest: Rest, session: string): Promise<string> {
  const credentials = { wamuxWahaApi: { id: 'wamux-waha', name: 'WAHA' } }
  const chosen = { __rl: true, mode: 'id', value: session }
  const node = (name: string, type: string, x: number, parameters: object) => ({
    id: randomUUID(),
    name,
    type: `n8n-nodes-wamux.${type}`,
    typeVersion: 1,
    position: [x, 0],
    parameters,
    credentials,
  })
  const nodes = [
    { ...node('On Message', 'wahaTrigger', 0, { session: chosen, events: ['message.received'] }), webhookId: randomUUID() },
    {
      ...node('Ask', 'waha', 200, {
        resource: 'message',
        operation: 'sendAndWait',
        session: chosen,
        to: { __rl: true, mode: 'id', value: '={{ $json.message.chat }}' },
        text: 'May I?',
        waitOptions: { waitLimit: 5, unit: 'minutes' },
      }),
      webhookId: randomUUID(),
    },
    node('Answer', 'waha', 400, { resource: 'message', operation: 'replyToMessage', text: '={{ "approved: " + $json.data.approved }}' }),
  ]
  const connections = {
    'On Message': { main: [[{ node: 'Ask', type: 'main', index: 0 }]] },
    Ask: { main: [[{ node: 'Answer', type: 'main', index: 0 }]] },
  }
  const body = { name: 'Send and wait', nodes, connections, settings: { executionOrder: 'v1' } }
  const { id } = await rest.call<{ id: string }>('POST', 'workflows', body)
  const { versionId } = await rest.call<{ versionId: string }>('GET', `workflows/${id}`)
  await rest.call('POST', `workflows/${id}/activate`, { versionId })
  return id
}
