import { expect, test } from 'vitest'
import { at, callerOf } from '../test/caller.ts'
import { createVirtualClock } from './clock/virtual-clock.ts'
import { createEmulator, type EmulatorOptions } from './emulator.ts'

/** A connected session on each of the four gateways. */
async function connectAll(options: EmulatorOptions = {}) {
  const clock = createVirtualClock()
  const emulator = createEmulator({ clock, ...options })
  const [waha, wawp, warest, sparkbot] = (['waha', 'wawp', 'warest', 'sparkbot'] as const).map((gateway) => callerOf(emulator, gateway))
  if (!waha || !wawp || !warest || !sparkbot) throw new Error('four gateways expected')
  const { instanceId, accessToken } = emulator.gateways.wawp.credentials
  const keys = { instance_id: instanceId, access_token: accessToken }
  await waha('POST', '/api/sessions', { name: 'default', start: true })
  await wawp('POST', '/v2/session/start', keys)
  const created = warest('GET', '/api/v1/session/create?sessionId=main')
  const device = String(at(await sparkbot('POST', '/devices', {}), 'id'))
  await clock.advance(50)
  await created
  await emulator.control.scan({ gateway: 'waha', session: 'default', phone: '12025550101' })
  await emulator.control.scan({ gateway: 'wawp', session: instanceId, phone: '12025550102' })
  await emulator.control.scan({ gateway: 'warest', session: 'main', phone: '12025550103' })
  await emulator.control.scan({ gateway: 'sparkbot', session: device, phone: '12025550104' })
  await clock.advance(50)
  return { clock, emulator, waha, wawp, warest, sparkbot, keys, device }
}

test('a text from the WAHA account arrives at the WARest account, acknowledged step by step', async () => {
  const { clock, emulator, waha } = await connectAll()
  const sent = await waha('POST', '/api/sendText', { session: 'default', chatId: '12025550103@c.us', text: 'Hello over there' })
  const ack = async () => (await emulator.control.messages())[0]?.ack
  expect(await ack()).toBe('PENDING')
  await clock.advance(50)
  expect(await ack()).toBe('SERVER')
  expect(await emulator.control.messages({ phone: '12025550103' })).toEqual([])
  await clock.advance(100)
  expect(await ack()).toBe('DEVICE')
  expect(await emulator.control.messages({ phone: '12025550103' })).toMatchObject([
    { id: at(sent, 'key.id'), from: '12025550101', text: 'Hello over there', ack: 'DEVICE' },
  ])
  await clock.advance(250)
  expect(await ack()).toBe('READ')
})

test('every gateway reaches every other', async () => {
  const { clock, emulator, waha, wawp, warest, sparkbot, keys, device } = await connectAll()
  await waha('POST', '/api/sendText', { session: 'default', chatId: '12025550102@c.us', text: 'to wawp' })
  await wawp('POST', '/v2/send/text', { ...keys, chatId: '12025550103@c.us', message: 'to warest' })
  await warest('POST', '/api/v1/messages/send/text', { sessionId: 'main', to: '12025550104', message: 'to sparkbot' })
  await sparkbot('POST', '/messages', { device, phone: '+12025550101', message: 'to waha' })
  await clock.advance(500)
  const { messages, accounts } = await emulator.control.state()
  expect(messages.map(({ to, text, ack }) => [to, text, ack])).toEqual([
    ['12025550102', 'to wawp', 'READ'],
    ['12025550103', 'to warest', 'READ'],
    ['12025550104', 'to sparkbot', 'READ'],
    ['12025550101', 'to waha', 'READ'],
  ])
  expect(accounts.every(({ inbox }) => inbox.length === 1)).toBe(true)
})

test('a hidden number leads to its phone', async () => {
  const { emulator, waha } = await connectAll()
  await waha('POST', '/api/sendText', { session: 'default', chatId: '912025550103@lid', text: 'Hi' })
  expect((await emulator.control.messages())[0]?.to).toBe('12025550103')
})

test('the same seed gives the same run, another seed other ids', async () => {
  async function run(seed: number) {
    const { clock, emulator, waha, device } = await connectAll({ seed })
    await waha('POST', '/api/sendText', { session: 'default', chatId: '12025550103@c.us', text: 'Hi' })
    await clock.advance(500)
    return { device, state: await emulator.control.state() }
  }
  const first = await run(3)
  expect(await run(3)).toEqual(first)
  const other = await run(4)
  expect(other.device).not.toBe(first.device)
  expect(other.state.messages[0]?.id).not.toBe(first.state.messages[0]?.id)
})

test('after a reset ids begin anew', async () => {
  const { emulator, sparkbot, device } = await connectAll()
  await emulator.control.reset()
  expect(at(await sparkbot('POST', '/devices', {}), 'id')).toBe(device)
})

test('where the gateways are, and how to reach them', () => {
  const emulator = createEmulator({ credentials: { waha: { apiKey: 'mine' } } })
  expect(emulator.gateways.waha).toEqual({
    baseUrl: 'http://emulator.invalid/waha',
    credentials: { apiKey: 'mine' },
    env: { WAMUX_WAHA_BASE_URL: 'http://emulator.invalid/waha', WAMUX_WAHA_API_KEY: 'mine' },
  })
  const { wawp, warest, sparkbot } = emulator.gatewaysAt('http://127.0.0.1:4010/')
  expect(wawp.env).toEqual({
    WAMUX_WAWP_BASE_URL: 'http://127.0.0.1:4010/wawp',
    WAMUX_WAWP_INSTANCE_ID: wawp.credentials.instanceId,
    WAMUX_WAWP_ACCESS_TOKEN: wawp.credentials.accessToken,
  })
  expect(Object.keys(warest.env)).toEqual(['WAMUX_WAREST_BASE_URL', 'WAMUX_WAREST_API_KEY'])
  expect(sparkbot.baseUrl).toBe('http://127.0.0.1:4010/sparkbot/v1')
})

test('fetch takes what fetch takes, and hears of an abort', async () => {
  const emulator = createEmulator({ clock: createVirtualClock() })
  const { baseUrl, credentials } = emulator.gateways.warest
  const headers = { 'x-warest-api-key': credentials.apiKey }
  expect((await emulator.fetch(`${baseUrl}/api/v1/session/list`, { headers })).status).toBe(200)
  expect((await emulator.fetch(new URL(`${baseUrl}/api/v1/session/list`), { headers })).status).toBe(200)
  expect((await emulator.fetch(new Request(`${baseUrl}/api/v1/session/list`, { headers }))).status).toBe(200)
  const abort = new AbortController()
  const waiting = emulator.fetch(`${baseUrl}/api/v1/session/create?sessionId=main`, { headers, signal: abort.signal })
  abort.abort(new Error('no more patience'))
  await expect(waiting).rejects.toThrow('no more patience')
})

test('a path of no gateway says which there are', async () => {
  const response = await createEmulator().fetch('http://emulator.invalid/telegram/me')
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { message: expect.stringContaining('/sparkbot/v1') } })
})
