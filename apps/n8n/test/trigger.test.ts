import type { GatewayEvent } from '@wamux/core'
import { hmacHex } from '@wamux/core/webhooks'
import type { GatewayId } from '@wamux/emulator'
import type { ICredentialType, IHookFunctions, INodeType } from 'n8n-workflow'
import { afterEach, describe, expect, it } from 'vitest'
import { WamuxSparkbotApi } from '../credentials/WamuxSparkbotApi.credentials.ts'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { WamuxWarestApi } from '../credentials/WamuxWarestApi.credentials.ts'
import { WamuxWawpApi } from '../credentials/WamuxWawpApi.credentials.ts'
import { SparkbotTrigger } from '../nodes/Sparkbot/SparkbotTrigger.node.ts'
import { WahaTrigger } from '../nodes/Waha/WahaTrigger.node.ts'
import { WarestTrigger } from '../nodes/Warest/WarestTrigger.node.ts'
import { WawpTrigger } from '../nodes/Wawp/WawpTrigger.node.ts'
import { lets } from '../src/trigger/receive.ts'
import { chosenFilter } from '../src/trigger/settings.ts'
import { connected, FIRST_PHONE } from './connected.ts'
import { fakeN8n } from './fake-n8n.ts'

const WEBHOOK_URL = 'https://n8n.test/webhook/1/webhook'
const OTHER = 'https://other.test/hook'
const PHONE = String(FIRST_PHONE)

const NOWHERE = { fetch: async () => new Response(), credentialType: new WamuxWahaApi(), credentials: {} }

const emulators: { close(): void }[] = []
afterEach(() => {
  for (const emulator of emulators.splice(0)) emulator.close()
})

interface Subject {
  readonly gateway: GatewayId
  readonly trigger: INodeType
  readonly credential: ICredentialType
}

const SUBJECTS: Readonly<Record<GatewayId, Subject>> = {
  waha: { gateway: 'waha', trigger: new WahaTrigger(), credential: new WamuxWahaApi() },
  wawp: { gateway: 'wawp', trigger: new WawpTrigger(), credential: new WamuxWawpApi() },
  warest: { gateway: 'warest', trigger: new WarestTrigger(), credential: new WamuxWarestApi() },
  sparkbot: { gateway: 'sparkbot', trigger: new SparkbotTrigger(), credential: new WamuxSparkbotApi() },
}

async function opened({ gateway, trigger, credential }: Subject, parameters: Record<string, unknown> = {}) {
  const { emulator, baseUrl, credentials, plugin, sessions } = await connected(gateway, ['default'])
  emulators.push(emulator)
  const [session = ''] = sessions
  const setup = {
    fetch: (request: Request) => emulator.handle(request),
    credentialType: credential,
    credentials: { baseUrl, ...credentials },
    webhookUrl: WEBHOOK_URL,
  }
  const settings = { session: { __rl: true, mode: 'id', value: session }, events: ['message.received'], ...parameters }
  const fake = fakeN8n({ ...setup, parameters: settings })
  const hook = (name: 'checkExists' | 'create' | 'delete', context: IHookFunctions = fake.hook) =>
    trigger.webhookMethods?.default[name].call(context)
  const deliver = (request: { headers: Record<string, string>; body: string; url?: string }) => {
    const { context, status } = fake.delivery(request)
    return Promise.resolve(trigger.webhook?.call(context)).then((result) => ({ status: status(), items: result?.workflowData?.[0] ?? [] }))
  }
  const sent = async (text: string) =>
    (await emulator.control.deliveries({ gateway })).filter(({ url, body, headers }) => {
      // the headers are there once it was signed
      return url.startsWith(WEBHOOK_URL) && body.includes(text) && Object.keys(headers).length > 0
    })
  return { emulator, fake, hook, deliver, sent, session, plugin }
}

describe.each(Object.values(SUBJECTS))('$gateway trigger', (subject) => {
  it('registers at the gateway, takes what comes from there, and takes itself away', async () => {
    const { emulator, fake, hook, deliver, sent, plugin, session } = await opened(subject)
    expect(await hook('checkExists')).toBe(false)
    expect(await hook('create')).toBe(true)
    expect(await hook('checkExists')).toBe(true)
    // WAHA restarts the session for it
    await plugin.session.waitFor({ session, intervalMs: 5 })
    expect(fake.staticData.secret).toMatch(/^[0-9a-f]{64}$/)

    await emulator.control.message({ from: '12025550177', to: PHONE, text: 'Hello n8n' })
    await expect.poll(() => sent('Hello n8n')).not.toEqual([])
    const [delivery] = await sent('Hello n8n')
    if (!delivery) throw new Error('nothing was delivered')
    const { pathname, search } = new URL(delivery.url)
    const request = { headers: { ...delivery.headers }, body: delivery.body, url: pathname + search }
    const first = await deliver(request)
    expect(first.status).toBe(204)
    expect(first.items).toHaveLength(1)
    expect(first.items[0]?.json).toMatchObject({ event: 'message.received', gateway: subject.gateway, message: { text: 'Hello n8n' } })
    // a repeated delivery starts nothing
    expect(await deliver(request)).toEqual({ status: 204, items: [] })

    expect(await hook('delete')).toBe(true)
    expect(await hook('checkExists')).toBe(false)
    expect(fake.staticData).toEqual({})
    await emulator.control.message({ from: '12025550177', to: PHONE, text: 'Nobody listens' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(await sent('Nobody listens')).toEqual([])
  })

  it('refuses what is not the gateway’s with 401', async () => {
    const { emulator, hook, deliver, sent, plugin, session } = await opened(subject)
    await hook('create')
    await plugin.session.waitFor({ session, intervalMs: 5 })
    await emulator.control.message({ from: '12025550177', to: PHONE, text: 'Hello n8n' })
    await expect.poll(() => sent('Hello n8n')).not.toEqual([])
    const [delivery] = await sent('Hello n8n')
    if (!delivery) throw new Error('nothing was delivered')
    const { pathname, search } = new URL(delivery.url)
    const good = { headers: { ...delivery.headers }, body: delivery.body, url: pathname + search }
    const unsigned = Object.fromEntries(Object.entries(good.headers).filter(([name]) => !/hmac|signature/i.test(name)))
    const refused = { status: 401, items: [] }
    expect(await deliver({ ...good, headers: unsigned, url: pathname })).toEqual(refused)
    // SparkBot signs nothing, and Wawp perhaps not the body
    if (subject.gateway === 'waha' || subject.gateway === 'warest') {
      expect(await deliver({ ...good, body: good.body.replace('Hello', 'Hullo') })).toEqual(refused)
    }
    expect((await deliver(good)).status).toBe(204)
  })
})

describe('WAHA trigger', () => {
  it('leaves webhooks of others as they are', async () => {
    const { hook, session, plugin } = await opened(SUBJECTS.waha)
    await plugin.webhook.create({ session, url: OTHER })
    await hook('create')
    const both = await plugin.webhook.list({ session })
    expect(both.items.map(({ url }) => url)).toEqual([OTHER, WEBHOOK_URL])
    await hook('delete')
    const left = await plugin.webhook.list({ session })
    expect(left.items.map(({ url }) => url)).toEqual([OTHER])
  })

  it('takes over a webhook that was left behind, with a new secret', async () => {
    const { hook, fake, plugin, session } = await opened(SUBJECTS.waha)
    await hook('create')
    const old = fake.staticData.secret
    for (const name of Object.keys(fake.staticData)) delete fake.staticData[name]
    expect(await hook('create')).toBe(true)
    expect(fake.staticData.secret).not.toBe(old)
    expect((await plugin.webhook.list({ session })).items).toHaveLength(1)
  })

  it('refuses an old delivery', async () => {
    const { hook, fake, deliver } = await opened(SUBJECTS.waha)
    await hook('create')
    const at = (time: number) =>
      JSON.stringify({ id: `evt_${time}`, timestamp: time, session: 'default', event: 'session.status', payload: { status: 'WORKING' } })
    const signed = async (body: string) => ({
      headers: { 'x-webhook-hmac': await hmacHex('sha512', String(fake.staticData.secret), body) },
      body,
    })
    expect((await deliver(await signed(at(Date.now() - 3_600_000)))).status).toBe(401)
    expect((await deliver(await signed(at(Date.now())))).status).toBe(204)
  })

  it('takes nothing before it has registered', async () => {
    const { deliver } = await opened(SUBJECTS.waha)
    expect((await deliver({ headers: {}, body: '{}' })).status).toBe(401)
  })
})

describe('the filter', () => {
  const event = (type: string, data: object) =>
    ({ type, data, id: '1', gateway: 'waha', session: 'a', vendorType: type, at: 0, dedupeKey: type, raw: {} }) as GatewayEvent
  const message = (chat: string, fromMe = false) => event('message.received', { message: { chat, fromMe } })
  const filterWith = (nodeOptions: object) =>
    chosenFilter(
      fakeN8n({ ...NOWHERE, parameters: { events: ['message.received', 'message.sent', 'group.updated', 'session.status'], nodeOptions } })
        .hook,
    )

  it.each([
    [{}, message('1@c.us'), true],
    [{}, event('message.ack', { message: 'id' }), false],
    [{ ignoreOwn: true }, message('1@c.us', true), false],
    [{ ignoreOwn: true }, event('message.sent', { message: { chat: '1@c.us' } }), false],
    [{ ignoreOwn: false }, message('1@c.us', true), true],
    [{ chats: 'group' }, message('1@c.us'), false],
    [{ chats: 'group' }, message('1@g.us'), true],
    [{ chats: 'direct' }, message('1@g.us'), false],
    [{ chats: 'direct' }, event('group.updated', { group: '1@g.us' }), false],
    [{ chats: 'group' }, event('session.status', { state: 'connected' }), true],
    [{ chatIds: ['+49 1511 2345678'] }, message('4915112345678@c.us'), true],
    [{ chatIds: ['4915112345678@s.whatsapp.net'] }, message('4915112345678@c.us'), true],
    [{ chatIds: ['120@g.us'] }, message('4915112345678@c.us'), false],
  ])('%j lets %j through: %s', (options, one, passes) => {
    expect(lets(filterWith(options), one)).toBe(passes)
  })

  it('asks for at least one event', () => {
    const { hook } = fakeN8n({ ...NOWHERE, parameters: { events: [] } })
    expect(() => chosenFilter(hook)).toThrow('choose at least one')
  })
})

describe('WARest trigger', () => {
  it('does not take the place of a webhook that is there', async () => {
    const { hook, session, plugin } = await opened(SUBJECTS.warest)
    await plugin.webhook.create({ session, url: OTHER, secret: 'secret-of-others' })
    await expect(hook('create')).rejects.toMatchObject({ message: expect.stringContaining('webhook already') })
    expect((await plugin.webhook.list({ session })).items.map(({ url }) => url)).toEqual([OTHER])
  })
})
