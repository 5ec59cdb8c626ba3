import type { GatewayId } from '@wamux/emulator'
import type { ICredentialType, INodeType, IWebhookFunctions } from 'n8n-workflow'
import { afterEach, describe, expect, it } from 'vitest'
import { Sparkbot } from '../nodes/Sparkbot/Sparkbot.node.ts'
import { Waha } from '../nodes/Waha/Waha.node.ts'
import { Warest } from '../nodes/Warest/Warest.node.ts'
import { Wawp } from '../nodes/Wawp/Wawp.node.ts'
import { WhatsAppGateway } from '../nodes/WhatsAppGateway/WhatsAppGateway.node.ts'
import { answerWaiting } from '../src/composed/response-page.ts'
import { connected, FIRST_PHONE } from './connected.ts'
import { type FakeSetup, fakeN8n } from './fake-n8n.ts'
import { hurry } from './n8n-workflow.ts'
import { SUBJECTS } from './trigger-rig.ts'

const NODES: Readonly<Record<GatewayId, { node: INodeType; session: string }>> = {
  sparkbot: { node: new Sparkbot(), session: 'deviceId' },
  waha: { node: new Waha(), session: 'session' },
  warest: { node: new Warest(), session: 'sessionId' },
  wawp: { node: new Wawp(), session: 'unused' },
}
const GATEWAYS = Object.keys(NODES) as GatewayId[]
const SOMEBODY = '12025550177'
const PICTURE = Buffer.from('a picture').toString('base64')

const emulators: { close(): void }[] = []
afterEach(() => {
  for (const emulator of emulators.splice(0)) emulator.close()
})

async function opened(gateway: GatewayId) {
  const { emulator, baseUrl, credentials, plugin, sessions } = await connected(gateway, ['default'])
  emulators.push(emulator)
  const [session = ''] = sessions
  const { node, session: name } = NODES[gateway]
  const fakeWith = (parameters: Record<string, unknown>, more: Partial<FakeSetup> = {}) =>
    fakeN8n({
      fetch: (request) => emulator.handle(request),
      credentialType: SUBJECTS[gateway].credential as ICredentialType,
      credentials: { baseUrl, ...credentials, ...(gateway === 'wawp' ? { instanceId: session } : {}) },
      parameters: { resource: 'message', [name]: { __rl: true, mode: 'id', value: session }, ...parameters },
      ...more,
    })
  const run = async (parameters: Record<string, unknown>, more: Partial<FakeSetup> = {}, by: INodeType = node) => {
    const fake = fakeWith(parameters, more)
    return { fake, items: (await by.execute?.call(fake.execute))?.[0] ?? [] }
  }
  return { emulator, run, fakeWith, session, plugin }
}

type Rig = Awaited<ReturnType<typeof opened>>

/** A message of somebody, as the trigger gives it. */
async function received({ emulator, plugin, session }: Rig, file = false) {
  const sent = { base64: PICTURE, mimetype: 'image/png', filename: 'a.png' }
  await emulator.control.message({ from: SOMEBODY, to: String(FIRST_PHONE), text: 'Hello', ...(file ? { file: sent } : {}) })
  const chat = `${SOMEBODY}@c.us`
  const list = async () => (await plugin.message.list({ session, chat })).items.find(({ fromMe }) => !fromMe)
  await expect.poll(list).toBeDefined()
  const message = await list()
  if (!message) throw new Error('nothing arrived')
  return { session, message: { id: message.id, chat, media: message.media } }
}

describe.each(['waha', 'wawp', 'sparkbot'] as const)('%s', (gateway) => {
  it('replies to the message of the item, in its chat', async () => {
    const rig = await opened(gateway)
    const json = await received(rig)
    const { items } = await rig.run({ operation: 'replyToMessage', whichMessage: 'trigger', text: 'An answer' }, { items: [{ json }] })
    expect(items[0]?.json).toMatchObject({ to: json.message.chat })
    await expect.poll(async () => (await rig.emulator.control.messages({ phone: SOMEBODY })).map(({ text }) => text)).toContain('An answer')
  })

  it('replies to the message of the trigger, when other nodes are in between', async () => {
    const rig = await opened(gateway)
    const json = await received(rig)
    const parents = [
      { name: 'AI', type: 'n8n-nodes-base.ai' },
      { name: 'My "own" Trigger', type: `n8n-nodes-wamux.${gateway}Trigger` },
    ]
    const asked: string[] = []
    const evaluate = (expression: string) => {
      asked.push(expression)
      if (expression.includes('.item.')) throw new Error('paired item data is missing')
      return json
    }
    const { items } = await rig.run({ operation: 'replyToMessage', whichMessage: 'trigger', text: 'An answer' }, { parents, evaluate })
    expect(items[0]?.json).toMatchObject({ to: json.message.chat })
    expect(asked[1]).toBe('{{ $("My \\"own\\" Trigger").first().json }}')
  })

  it('downloads the file of a message', async () => {
    const rig = await opened(gateway)
    const json = await received(rig, true)
    const { items } = await rig.run({ operation: 'downloadMedia', whichMessage: 'trigger' }, { items: [{ json }] })
    expect(items[0]?.binary?.data).toMatchObject({ data: PICTURE, mimeType: 'image/png' })
  })
})

describe.each(GATEWAYS)('%s', (gateway) => {
  it('says where a message may come from, when there is none, and sends nothing', async () => {
    const { run } = await opened(gateway)
    await expect(run({ operation: 'replyToMessage', whichMessage: 'trigger', text: 'Hi' })).rejects.toMatchObject({
      message: expect.stringMatching(/"Message" does not fit: neither the item nor a/),
    })
  })

  it('sends a question with a link, and waits', async () => {
    const { run, emulator } = await opened(gateway)
    const to = { __rl: true, mode: 'phone', value: `+${SOMEBODY}` }
    const { fake, items } = await run({ operation: 'sendAndWait', to, text: 'May I?', waitOptions: { waitLimit: 2, unit: 'minutes' } })
    expect(items[0]?.json).toMatchObject({ data: { timedOut: true }, sent: { to: `${SOMEBODY}@c.us` } })
    expect(fake.waitsUntil?.getTime()).toBeGreaterThan(Date.now() + 100_000)
    const texts = async () => (await emulator.control.messages({ phone: SOMEBODY })).map(({ text }) => text)
    await expect.poll(texts).toContain('May I?\n\nDecide here: https://n8n.test/webhook-waiting/1?signature=s')
  })
})

it('the portable node sends and waits as well', async () => {
  const { run, session } = await opened('waha')
  const parameters = { gateway: 'waha', session, operation: 'sendAndWait', to: `+${SOMEBODY}`, text: 'May I?' }
  const { fake } = await run(parameters, {}, new WhatsAppGateway())
  expect(fake.waitsUntil?.getFullYear()).toBe(3000)
})

describe('Send and Wait for Response', () => {
  it('does not wait when nothing was sent, and takes one item', async () => {
    const { run, fakeWith } = await opened('waha')
    const to = `+${SOMEBODY}`
    await expect(run({ operation: 'sendAndWait', to, text: 'Hi' }, { items: [{ json: {} }, { json: {} }] })).rejects.toThrow(
      'Loop Over Items',
    )
    const fake = fakeWith(
      { operation: 'sendAndWait', to, text: 'Hi' },
      { fetch: async () => Response.json({ message: 'no' }, { status: 500 }) },
    )
    await expect(NODES.waha.node.execute?.call(fake.execute)).rejects.toThrow()
    expect(fake.waitsUntil).toBeUndefined()
  })

  const visited = async (method: string, parameters: Record<string, unknown>, body: object = {}) => {
    const headers: Record<string, string> = {}
    let html = ''
    const context = {
      getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
      getRequestObject: () => ({ method, headers: {} }),
      getBodyData: () => body,
      getResponseObject: () => ({
        setHeader: (name: string, value: string) => (headers[name] = value),
        status: () => ({ end: (text: string) => (html = text) }),
      }),
    }
    const { workflowData } = await answerWaiting(context as unknown as IWebhookFunctions)
    return { html, headers, data: workflowData?.[0]?.[0]?.json.data }
  }

  it('decides nothing when the link is only opened', async () => {
    const { html, headers, data } = await visited('GET', { text: '<b>May I?</b>', waitOptions: { approveLabel: 'Yes & go' } })
    expect(data).toBeUndefined()
    expect(html).toContain('&lt;b&gt;May I?&lt;/b&gt;')
    expect(html).toContain('Yes &amp; go')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })

  it.each([
    [{ approved: 'true' }, { approved: true }],
    [{ approved: 'false' }, { approved: false }],
    [{}, undefined],
    [{ approved: 'perhaps' }, undefined],
  ])('takes %j as %j', async (body, wanted) => {
    const { data } = await visited('POST', { text: 'May I?' }, body)
    if (wanted === undefined) expect(data).toBeUndefined()
    else expect(data).toEqual({ ...wanted, timedOut: false, respondedAt: expect.any(String) })
  })

  it('takes a text', async () => {
    const parameters = { text: 'What?', responseType: 'freeText' }
    expect((await visited('POST', parameters, { text: ' This ' })).data).toMatchObject({ text: 'This' })
    expect((await visited('POST', parameters, { text: ' ' })).data).toBeUndefined()
  })
})

describe('Wait for Reply', () => {
  it('gives the message that comes, and not those that were there', async () => {
    const rig = await opened('waha')
    await received(rig)
    const to = { __rl: true, mode: 'id', value: `${SOMEBODY}@c.us` }
    const waiting = rig.run({ operation: 'waitForReply', to, waitOptions: { lookEvery: 0.1 } })
    setTimeout(() => rig.emulator.control.message({ from: SOMEBODY, to: String(FIRST_PHONE), text: 'Here I am' }), 50)
    expect((await waiting).items[0]?.json).toMatchObject({ timedOut: false, message: { text: 'Here I am' } })
  })

  it('goes on when nobody writes', async () => {
    const rig = await opened('waha')
    await received(rig)
    const to = { __rl: true, mode: 'id', value: `${SOMEBODY}@c.us` }
    expect(
      (await rig.run({ operation: 'waitForReply', to, waitOptions: { minutes: 0.002, lookEvery: 0.05 } })).items[0]?.json,
    ).toMatchObject({
      timedOut: true,
    })
  })
})

describe('WAHA webhooks', () => {
  it('are listed, added, changed and removed, and those of others stay', async () => {
    const { run, plugin, session } = await opened('waha')
    await plugin.webhook.create({ session, url: 'https://other.test/hook' })
    const webhookUrl = 'https://mine.test/hook'
    const at = (operation: string, more: object = {}) => run({ resource: 'webhook', operation, webhookUrl, ...more })
    const made = await at('create', { webhookOptions: { events: ['message.received'], secret: 'a-long-secret' } })
    expect(made.items[0]?.json).toMatchObject({ url: webhookUrl, signed: true })
    expect(JSON.stringify(made.items)).not.toContain('a-long-secret')
    expect((await at('list')).items.map(({ json }) => json.url)).toEqual(['https://other.test/hook', webhookUrl])
    await at('update', { webhookOptions: { events: ['session.status'] } })
    expect((await at('list')).items[1]?.json.events).toEqual(['session.status'])
    await expect(at('update', { webhookOptions: {} })).rejects.toThrow('what is to be changed')
    expect((await at('delete')).items).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }])
    expect((await at('list')).items).toHaveLength(1)
  })
})

describe('pacing', () => {
  const items = [{ json: {} }, { json: {} }, { json: {} }]
  const list = { resource: 'session', operation: 'list' }

  it('keeps to the calls per minute of a session', async () => {
    const rig = await opened('waha')
    hurry(false)
    const started = performance.now()
    const parameters = { resource: 'session', operation: 'get', nodeOptions: { callsPerMinute: 1_200 } }
    await rig.run(parameters, { items })
    hurry(true)
    expect(performance.now() - started).toBeGreaterThan(95)
  })

  it.each([{ callsPerMinute: 0 }, { pause: -1 }, { pauseVariation: 'x' }])('refuses %j before anything is sent', async (nodeOptions) => {
    const rig = await opened('waha')
    const { fake, items: output } = await rig.run({ ...list, nodeOptions }, { items, continueOnFail: true })
    expect(output.at(-1)?.json.details).toMatchObject({ kind: 'invalid_request' })
    expect(fake.asked.length).toBeLessThan(2)
  })
})
