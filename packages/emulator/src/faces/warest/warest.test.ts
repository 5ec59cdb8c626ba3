import { beforeEach, describe, expect, test } from 'vitest'
import { at, type Caller, callerOf } from '../../../test/caller.ts'
import { scanPng } from '../../../test/picture.ts'
import { expectLike, expectSame, recordings } from '../../../test/shape.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

const recorded = recordings('warest')

let clock: VirtualClock
let emulator: Emulator
let call: Caller

beforeEach(() => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
  call = callerOf(emulator, 'warest')
})

const main = { gateway: 'warest', session: 'main' } as const
const status = async () => at(await call('GET', '/api/v1/session/list'), 'results.0.items.0.status')

/** Create waits for the QR code, so time has to pass meanwhile. */
async function create() {
  const answer = call('GET', '/api/v1/session/create?sessionId=main')
  await clock.advance(100)
  return answer
}

async function open() {
  await create()
  await emulator.control.scan({ ...main, phone: '6281234567890' })
  await clock.advance(50)
}

describe('auth', () => {
  test('no key and a wrong key', async () => {
    const list = '/api/v1/session/list'
    expectSame(await call('GET', list, undefined, { anonymous: true }), recorded('missing-key'))
    expectSame(await call('GET', list, undefined, { headers: { 'x-warest-api-key': 'nope' } }), recorded('wrong-key'))
    expectSame(await call('GET', '/api/v1/nope', undefined, { anonymous: true }), recorded('unknown-route-no-key'))
  })

  test('the key is taken from many places, and ping needs none', async () => {
    const key = 'emulator-warest-key'
    const list = (query: string, headers: Record<string, string> = {}) =>
      call('GET', `/api/v1/session/list${query}`, undefined, { anonymous: true, headers })
    expectSame(await list('', { 'x-api-key': key }), recorded('list-empty'))
    expectSame(await list('', { 'api-key': key }), recorded('list-empty'))
    expectSame(await list('', { authorization: `Bearer ${key}` }), recorded('list-empty'))
    expectSame(await list(`?api_key=${key}`), recorded('list-empty'))
    expectLike(await call('GET', '/api/v1/server/ping', undefined, { anonymous: true }), recorded('ping'))
  })

  test('a path that WARest has not is HTML, one without state is answered with an example', async () => {
    expectSame(await call('GET', '/api/v1/nope'), recorded('unknown-route'))
    expectSame(await call('POST', '/api/v1/session/logout', { sessionId: 'main' }), recorded('logout-post'))
    expect(await call('POST', '/api/v1/misc/uuid/generate', {})).toMatchObject({ status: 200, body: { status: true } })
  })
})

describe('sessions', () => {
  test('an unknown session, and no session', async () => {
    expectSame(await call('GET', '/api/v1/session/devices?sessionId=ghost'), recorded('devices-unknown'))
    expectSame(await call('GET', '/api/v1/session/reconnect?sessionId=ghost'), recorded('reconnect-unknown'))
    expectSame(await call('GET', '/api/v1/session/logout'), recorded('logout-no-session-id'))
    expect((await call('DELETE', '/api/v1/session/delete?sessionId=ghost')).body).toMatchObject({ code: 1101 })
    expect((await call('GET', '/api/v1/session/create?sessionId=bad%20id')).body).toMatchObject({ code: 1100 })
    expect((await call('POST', '/api/v1/session/ghost/config', {})).status).toBe(404)
  })

  test('create shows the QR code, scanning opens the session, create again tells so', async () => {
    const made = await create()
    expectLike(made, recorded('create-qr'))
    const qr = String(at(made, 'results.0.qr'))
    const png = Uint8Array.from(atob(qr.replace('data:image/png;base64,', '')), (character) => character.charCodeAt(0))
    expect(scanPng(png)).toBe(at(made, 'results.0.qrString'))
    expect(await status()).toBe('connecting')
    await emulator.control.scan({ qr: String(at(made, 'results.0.qrString')), phone: '6281234567890' })
    await clock.advance(50)
    const list = await call('GET', '/api/v1/session/list')
    expectLike(list, recorded('list-open'))
    expect(at(list, 'results.0.items.0.me.id')).toBe('6281234567890:7@s.whatsapp.net')
    expectLike(await create(), recorded('create-open'))
  })

  test('the QR code changes with time', async () => {
    const first = await create()
    await clock.advance(13_000)
    expect(at(await create(), 'results.0')).toMatchObject({ qrString: at(first, 'results.0.qrString'), qrDuration: 7 })
    await clock.advance(7_000)
    expect(at(await create(), 'results.0.qrString')).not.toBe(at(first, 'results.0.qrString'))
  })

  test('a pairing code, which makes the session when needed', async () => {
    const path = '/api/v1/session/create/pair-code?sessionId=main'
    expectSame(await call('GET', path), recorded('pair-code-no-phone'))
    const asked = call('GET', `${path}&phone=%2B62%20812-3456-7890`)
    await clock.advance(50)
    expectLike(await asked, recorded('pair-code'))
    await emulator.control.enterCode({ code: String(at(await asked, 'results.0.pairCode')) })
    await clock.advance(50)
    expect(await status()).toBe('open')
    expect((await call('GET', `${path}&phone=6281234567890`)).body).toMatchObject({ code: 1104, results: [{ status: 'open' }] })
  })

  test('reconnect keeps the pairing', async () => {
    await open()
    expectSame(await call('GET', '/api/v1/session/reconnect?sessionId=main'), recorded('reconnect'))
    expect(await status()).toBe('starting')
    await clock.advance(100)
    expect(await status()).toBe('open')
  })

  test('logout stops, forgets the phone, and create gives a new QR code', async () => {
    const first = await create()
    await emulator.control.scan(main)
    await clock.advance(50)
    expectSame(await call('GET', '/api/v1/session/logout?sessionId=main'), recorded('logout'))
    expectSame(await call('GET', '/api/v1/session/logout?sessionId=main'), recorded('logout-twice'))
    expectLike(await call('GET', '/api/v1/session/list'), recorded('list-after-logout'))
    expectLike(await call('GET', '/api/v1/session/devices?sessionId=main'), recorded('devices'))
    const again = await create()
    expectLike(again, recorded('create-after-logout'))
    expect(at(again, 'results.0.qrString')).not.toBe(at(first, 'results.0.qrString'))
  })

  test('unlinked on the phone it asks for another one at once', async () => {
    await open()
    await emulator.control.unlink(main)
    await clock.advance(50)
    expectLike(await call('GET', '/api/v1/session/list'), recorded('list-unlinked'))
    expect(await status()).toBe('connecting')
  })

  test('delete, with the id in query or body', async () => {
    await open()
    const gone = await call('DELETE', '/api/v1/session/delete', { sessionId: 'main' })
    expectLike(gone, recorded('delete'))
    expectSame(await call('GET', '/api/v1/session/list'), recorded('list-empty'))
  })

  test('who it is becomes known when it is connected, and devices have one entry even before', async () => {
    await create()
    const devices = () => call('GET', '/api/v1/session/devices?sessionId=main')
    expect(at(await devices(), 'results')).toEqual([{ name: null, phone: null, device: 'WARest' }])
    await emulator.control.scan({ gateway: 'warest', session: 'main', phone: '6281234567890' })
    const listed = async () => at(await call('GET', '/api/v1/session/list'), 'results.0.items.0')
    expect(await listed()).toMatchObject({ status: 'connecting', me: null, pushName: null, lastConn: null })
    await clock.advance(50)
    expect(await listed()).toMatchObject({ status: 'open', me: { id: '6281234567890:7@s.whatsapp.net' } })
    expect(at(await devices(), 'results.0.phone')).toBe('6281234567890')
  })

  test('config', async () => {
    await create()
    const set = await call('POST', '/api/v1/session/main/config', { webhookUrl: 'http://127.0.0.1:9/hook' })
    expectLike(set, recorded('config'))
    expect(at(set, 'results.0.webhookSecret')).toMatch(/^\w{13}$/)
    const broken = await call('POST', '/api/v1/session/main/config', undefined, { raw: '{not json' })
    expectLike(broken, recorded('malformed-json'))
  })
})

describe('sending', () => {
  const path = '/api/v1/messages/send/text'
  const hello = { sessionId: 'main', to: '6281111111111', message: 'x' }

  test('a text, by POST and GET, to one and to several', async () => {
    await open()
    const sent = await call('POST', path, hello)
    expectLike(sent, recorded('send'))
    expect(at(sent, 'results.0')).toMatchObject({ phone: '6281234567890', toJid: '6281111111111@s.whatsapp.net' })
    expectLike(await call('GET', `${path}?${new URLSearchParams(hello)}`), recorded('send'))
    const both = await call('POST', path, { ...hello, to: '6281111111111, 6282222222222@s.whatsapp.net' })
    expect(at(both, 'results.length')).toBe(2)
  })

  test('a session that is not open looks unknown', async () => {
    expectSame(await call('POST', path, hello), recorded('send-not-open'))
    await create()
    expectSame(await call('POST', path, hello), recorded('send-not-open'))
  })

  test('bad input', async () => {
    await open()
    expectSame(await call('POST', path, { ...hello, to: ['6281111111111'] }), recorded('send-array'))
    expectSame(await call('POST', path, { sessionId: 'main', to: '6281111111111' }), recorded('send-no-message'))
    expectSame(await call('POST', path, { ...hello, to: 'abc' }), recorded('send-invalid-to'))
  })
})

test('the server tells how it is', async () => {
  expectLike(await call('GET', '/api/v1/server/healthz'), recorded('health'))
  expectLike(await call('GET', '/api/v1/server/ready'), recorded('ready'))
  await open()
  expect(at(await call('GET', '/api/v1/server/info'), 'results.0.sessions')).toEqual({ total: 1, byStatus: { open: 1 } })
})
