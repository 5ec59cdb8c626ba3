import { beforeEach, describe, expect, test } from 'vitest'
import { createVirtualClock, type VirtualClock } from '../../src/clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../src/emulator.ts'
import { at, type Caller, callerOf } from '../caller.ts'

let clock: VirtualClock
let emulator: Emulator
let waha: Caller
let warest: Caller

beforeEach(() => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
  waha = callerOf(emulator, 'waha')
  warest = callerOf(emulator, 'warest')
})

const SHOP = { gateway: 'waha', session: 'shop' } as const
const HOOK = { url: 'http://hooks.invalid/x', events: ['session.status'] }
const payloads = async () => (await emulator.control.deliveries()).map(({ body }) => JSON.parse(body).payload ?? JSON.parse(body).data)
const statuses = async () => (await payloads()).map(({ status, tags }) => status ?? tags)

async function pairing(): Promise<void> {
  await waha('POST', '/api/sessions', { name: 'shop', start: true, config: { webhooks: [HOOK] } })
  await clock.advance(50)
}

async function connected(): Promise<void> {
  await pairing()
  await emulator.control.scan({ ...SHOP, phone: '12025550100' })
  await clock.advance(50)
}

async function connectedWarest(): Promise<void> {
  const opened = warest('GET', '/api/v1/session/create?sessionId=shop')
  await clock.advance(50)
  await opened
  await emulator.control.scan({ gateway: 'warest', session: 'shop', phone: '12025550100' })
  await clock.advance(50)
  await warest('POST', '/api/v1/session/shop/config', { webhookUrl: HOOK.url, webhookSecret: 'hook-secret' })
}

describe('WAHA', () => {
  test('tells STARTING every 2 s without a way to WhatsApp, is FAILED after 118 s, and comes back when it has one', async () => {
    await connected()
    await emulator.control.account({ ...SHOP, state: 'stuck' })
    const before = (await statuses()).length
    await clock.advance(117_999)
    expect((await statuses()).slice(before - 1)).toEqual(Array.from({ length: 59 }, () => 'STARTING'))
    expect(at(await waha('GET', '/api/sessions/shop'), 'status')).toBe('STARTING')
    await clock.advance(1)
    expect((await statuses()).at(-1)).toBe('FAILED')
    await waha('POST', '/api/sessions/shop/restart')
    await clock.advance(500)
    expect(at(await waha('GET', '/api/sessions/shop'), 'status')).toBe('STARTING')
    await emulator.control.account({ ...SHOP, state: 'ok' })
    await clock.advance(50)
    expect(at(await waha('GET', '/api/sessions/shop'), 'status')).toBe('WORKING')
  })

  test('shows six codes, each in an event, and fails when nobody scans them', async () => {
    await pairing()
    await emulator.control.account({ ...SHOP, state: 'qr-expired', codes: 6 })
    await clock.advance(119_999)
    expect((await statuses()).filter((one) => one === 'SCAN_QR_CODE')).toHaveLength(6)
    await clock.advance(1)
    expect((await statuses()).at(-1)).toBe('FAILED')
    await clock.advance(60_000)
    expect((await statuses()).at(-1)).toBe('FAILED')
  })

  test('a scan in time is a scan', async () => {
    await pairing()
    await emulator.control.account({ ...SHOP, state: 'qr-expired', codes: 1 })
    await emulator.control.scan(SHOP)
    await clock.advance(60_000)
    expect(at(await waha('GET', '/api/sessions/shop'), 'status')).toBe('WORKING')
  })

  test('asks for a passkey, takes it, asks for its confirmation, and is connected', async () => {
    await pairing()
    const path = '/api/shop/auth/passkey'
    expect(await waha('GET', `${path}/challenge`)).toMatchObject({ status: 422, body: { expected: ['PASSKEY_REQUIRED'] } })
    await emulator.control.account({ ...SHOP, state: 'passkey', phone: '+12025550166' })
    expect(await waha('GET', `${path}/challenge`)).toMatchObject({ status: 200, body: { rpId: 'web.whatsapp.com' } })
    expect(await waha('GET', `${path}/confirmation`)).toMatchObject({ status: 422 })
    expect(await waha('POST', path, { id: 'a' })).toMatchObject({ status: 400 })
    expect(await waha('POST', path, { id: 'a', rawId: 'a', type: 'public-key', response: {} })).toMatchObject({ status: 201 })
    expect(at(await waha('GET', `${path}/confirmation`), 'code')).toMatch(/^\d{6}$/)
    expect(await waha('POST', `${path}/confirm`)).toMatchObject({ status: 201 })
    await clock.advance(50)
    expect(await waha('GET', '/api/sessions/shop')).toMatchObject({ body: { status: 'WORKING', me: { id: '12025550166@c.us' } } })
    expect(await statuses()).toEqual(expect.arrayContaining(['PASSKEY_REQUIRED', 'PASSKEY_CONFIRMATION_REQUIRED', 'WORKING']))
  })

  test('tells a timelock when it comes and when it is over, and shows both limits', async () => {
    await connected()
    expect(await waha('GET', '/api/sessions/shop/timelock')).toMatchObject({ body: { isActive: false, timeEnforcementEnds: null } })
    expect(await waha('GET', '/api/sessions/shop/capping')).toMatchObject({ body: { cappingStatus: 'NONE', totalQuota: -1 } })
    expect(at(await waha('GET', '/api/sessions/shop'), 'me')).not.toHaveProperty('reachoutTimelock')
    await emulator.control.account({ ...SHOP, state: 'timelock', minutes: 10 })
    const ends = Math.floor(clock.now() / 1000) + 600
    const lock = { enforcementType: 'DEFAULT', isActive: true, timeEnforcementEnds: ends }
    expect((await payloads()).at(-1)).toMatchObject({ status: 'WORKING', data: { reachoutTimelock: lock } })
    expect(await waha('GET', '/api/sessions/shop')).toMatchObject({ body: { me: { reachoutTimelock: lock } } })
    expect(await waha('GET', '/api/sessions/shop/timelock')).toMatchObject({ body: lock })
    const refused = await waha('POST', '/api/sendText', { session: 'shop', chatId: '12025550199@c.us', text: 'Hi' })
    expect(refused).toMatchObject({ status: 500, body: { exception: { message: 'server returned error 463' } } })
    await clock.advance(600_000)
    expect((await payloads()).at(-1)).toMatchObject({ status: 'WORKING', data: { reachoutTimelock: { isActive: false } } })
    await emulator.control.account({ ...SHOP, state: 'capping', used: 455, quota: 500 })
    expect(await waha('GET', '/api/sessions/shop/capping')).toMatchObject({
      body: { cappingStatus: 'SECOND_WARNING', usedQuota: 455, totalQuota: 500 },
    })
    expect((await payloads()).at(-1)).toMatchObject({ data: { messageCapping: { cappingStatus: 'SECOND_WARNING' } } })
  })
})

describe('WARest', () => {
  test('connects again and again while it is banned, with longer pauses, and is open when that ends', async () => {
    await connectedWarest()
    await emulator.control.account({ gateway: 'warest', session: 'shop', state: 'banned' })
    await clock.advance(8_000)
    const tries = (await payloads()).filter(({ status }) => status === 'reconnecting').map(({ attempts }) => attempts)
    expect(tries).toEqual([1, 2, 3, 4])
    await emulator.control.account({ gateway: 'warest', session: 'shop', state: 'ok' })
    await clock.advance(100)
    expect(at(await warest('GET', '/api/v1/session/list'), 'results.0.items.0.status')).toBe('open')
  })

  test('tells that it was replaced, and stays so until it is reconnected', async () => {
    await connectedWarest()
    await emulator.control.account({ gateway: 'warest', session: 'shop', state: 'replaced' })
    expect((await payloads()).at(-1)).toMatchObject({ status: 'replaced', reason: 440, tags: 'conflict_replaced' })
    await clock.advance(3_600_000)
    expect(at(await warest('GET', '/api/v1/session/list'), 'results.0.items.0.status')).toBe('replaced')
    await warest('GET', '/api/v1/session/reconnect?sessionId=shop')
    await clock.advance(100)
    expect(at(await warest('GET', '/api/v1/session/list'), 'results.0.items.0.status')).toBe('open')
  })

  test('has the headers of its limits on every answer while they are on, and counts as the server does', async () => {
    await connectedWarest()
    const { baseUrl, credentials } = emulator.gateways.warest
    const ask = async (path: string, body?: object) => {
      const headers = { 'x-warest-api-key': credentials.apiKey, 'content-type': 'application/json' }
      const { status, headers: told } = await emulator.fetch(
        `${baseUrl}${path}`,
        body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers },
      )
      const [left, limit, quota] = ['x-ratelimit-remaining', 'x-ratelimit-limit', 'x-quota-remaining'].map((name) => told.get(name))
      return { status, left, limit, quota, after: told.get('retry-after') }
    }
    const none = { left: null, limit: null, quota: null, after: null }
    expect(await ask('/api/v1/session/list')).toEqual({ status: 200, ...none })
    await emulator.control.fault({ fault: 'rate-limit', max: 8 })
    await emulator.control.fault({ fault: 'cooldown' })
    expect(await ask('/api/v1/session/list')).toEqual({ ...none, status: 200, left: '7', limit: '8' })
    const send = { sessionId: 'shop', to: '12025550199', message: 'Hi' }
    // messages count twice
    expect(await ask('/api/v1/messages/send/text', send)).toEqual({ status: 200, left: '5', limit: '8', quota: '499', after: null })
    expect(await ask('/api/v1/messages/send/text', send)).toEqual({ status: 429, left: '3', limit: '8', quota: null, after: '3' })
    await clock.advance(3_000)
    expect(await ask('/api/v1/messages/send/text', send)).toMatchObject({ status: 200, left: '1' })
    expect(await ask('/api/v1/chats?sessionId=shop')).toMatchObject({ status: 429, left: '0', after: null })
    await clock.advance(60_000)
    expect(await ask('/api/v1/session/list')).toMatchObject({ status: 200, left: '7' })
  })
})

test('SparkBot: a number that is banned says so, and its queue goes on when the ban ends and it is rebooted', async () => {
  const sparkbot = callerOf(emulator, 'sparkbot')
  const device = String(at(await sparkbot('POST', '/devices', {}), 'id'))
  await clock.advance(50)
  await emulator.control.scan({ gateway: 'sparkbot', session: device })
  await clock.advance(50)
  await emulator.control.account({ gateway: 'sparkbot', session: device, state: 'banned' })
  expect(await sparkbot('GET', `/devices/${device}`)).toMatchObject({ body: { status: 'banned', session: { status: 'blocked' } } })
  expect(await sparkbot('POST', '/messages', { device, phone: '+12025550199', message: 'Hi' })).toMatchObject({ status: 201 })
  expect(await sparkbot('POST', '/messages', { device, phone: '+12025550199', message: 'Hi', enqueue: 'never' })).toMatchObject({
    status: 503,
  })
  await emulator.control.account({ gateway: 'sparkbot', session: device, state: 'ok' })
  await sparkbot('POST', `/devices/${device}/reboot`)
  await clock.advance(1_000)
  expect(await emulator.control.messages()).toMatchObject([{ text: 'Hi' }])
  expect(await sparkbot('GET', `/devices/${device}`)).toMatchObject({ body: { status: 'operative', session: { status: 'online' } } })
})
