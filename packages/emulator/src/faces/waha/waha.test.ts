import { beforeEach, describe, expect, test } from 'vitest'
import { at, type Caller, callerOf } from '../../../test/caller.ts'
import { scanPng } from '../../../test/picture.ts'
import { expectLike, expectSame, recordings } from '../../../test/shape.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

const recorded = recordings('waha')
const CONFIG = recorded('put-config').request.body?.config
const SCAN_CONFIG = at({ status: 200, type: '', body: recorded('get-scan').body }, 'config')
// the recorded server knew no push name
const NAME = ['me.pushName:string']

let clock: VirtualClock
let emulator: Emulator
let call: Caller

beforeEach(() => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
  call = callerOf(emulator, 'waha')
})

const session = { gateway: 'waha', session: 'default' } as const
const status = async () => at(await call('GET', '/api/sessions/default'), 'status')

async function pairing(config: unknown = SCAN_CONFIG) {
  await call('POST', '/api/sessions', { name: 'default', start: true, config })
  await clock.advance(50)
}

async function working(config?: unknown) {
  await pairing(config)
  await emulator.control.scan({ ...session, phone: '12132132130' })
  await clock.advance(50)
}

describe('auth', () => {
  test('a missing or wrong key is 401 before anything else, also on unknown paths', async () => {
    expectSame(await call('GET', '/api/sessions', undefined, { anonymous: true }), recorded('auth-wrong'))
    expectSame(await call('GET', '/api/sessions', undefined, { headers: { 'x-api-key': 'wrong' } }), recorded('auth-wrong'))
    expectSame(await call('PATCH', '/api/sessions', undefined, { anonymous: true }), recorded('auth-wrong'))
  })

  test('the key may stand in the query, and ping needs none', async () => {
    expect((await call('GET', '/api/sessions?x-api-key=emulator-waha-key', undefined, { anonymous: true })).status).toBe(200)
    expect(await call('GET', '/ping', undefined, { anonymous: true })).toMatchObject({ status: 200, body: { message: 'pong' } })
  })

  test('a path that WAHA has not is its 404, one without state is answered with an example', async () => {
    expectSame(await call('PATCH', '/api/sessions'), recorded('wrong-method'))
    expect(await call('POST', '/api/server/stop', { force: false })).toMatchObject({ status: 201, body: { stopping: true } })
    expect(await call('GET', '/api/keys')).toMatchObject({ status: 200, body: [] })
  })
})

describe('sessions', () => {
  test('an unknown session', async () => {
    expectSame(await call('GET', '/api/sessions/default'), recorded('get-deleted'))
    expectSame(await call('POST', '/api/sessions/default/restart'), recorded('restart-deleted'))
    expectSame(await call('POST', '/api/sessions/default/logout'), recorded('logout-deleted'))
    expect((await call('POST', '/api/sessions/default/start')).status).toBe(404)
    expect((await call('POST', '/api/sessions/default/stop')).status).toBe(404)
    expect((await call('PUT', '/api/sessions/default', { config: {} })).status).toBe(404)
    expectSame(await call('GET', '/api/sessions/default/me'), recorded('me-not-running'))
    expectSame(await call('GET', '/api/default/auth/qr?format=raw'), recorded('qr-no-session'))
    expectSame(await call('DELETE', '/api/sessions/default'), recorded('delete-running'))
  })

  test('create leaves a session stopped unless start is true', async () => {
    const made = await call('POST', '/api/sessions', { name: 'default' })
    expectLike({ ...made, status: 200 }, recorded('get-stopped'))
    expect(at(made, 'status')).toBe('STOPPED')
    expectSame(await call('POST', '/api/sessions', { name: 'default' }), recorded('create-exists'))
    const started = await call('POST', '/api/sessions', { name: 'other', start: true, config: CONFIG })
    expectLike(started, recorded('create-after-delete-start'))
    expect(at(await call('POST', '/api/sessions', {}), 'name')).toMatch(/^session_[0-9a-z]{26}$/)
  })

  test('bad input', async () => {
    expectSame(await call('POST', '/api/sessions', { name: 'bad name!' }), recorded('create-bad-name'))
    expectSame(await call('POST', '/api/sessions', undefined, { raw: '{"name":' }), recorded('create-malformed-json'))
    expectSame(await call('GET', '/api/sessions?all=maybe'), recorded('list-bad-query'))
    expectSame(await call('GET', '/api/sessions?all=true&expand=apps'), recorded('list-expand'))
    expectSame(await call('GET', '/api/sessions?expand=zzz'), recorded('list-expand-bad'))
  })

  test('the list leaves stopped sessions out unless all is true', async () => {
    await pairing(CONFIG)
    expectLike(await call('GET', '/api/sessions'), recorded('list-running'))
    await call('POST', '/api/sessions/default/stop')
    expect(at(await call('GET', '/api/sessions'), 'length')).toBe(0)
    expectLike(await call('GET', '/api/sessions?all=true'), recorded('list-after-stop-all'))
  })

  test('start, scan, connected', async () => {
    await call('POST', '/api/sessions', { name: 'default', config: SCAN_CONFIG })
    const started = await call('POST', '/api/sessions/default/start')
    expectLike({ ...started }, { ...recorded('get-scan'), status: 201 })
    expect(at(started, 'status')).toBe('STARTING')
    await clock.advance(50)
    expectLike(await call('GET', '/api/sessions/default'), recorded('get-scan'))
    expectSame(await call('POST', '/api/sessions/default/start'), recorded('start-while-scan'))
    expectSame(await call('GET', '/api/sessions/default/me'), recorded('me-scan'))
    await emulator.control.scan({ ...session, phone: '12132132130' })
    expect(await status()).toBe('STARTING')
    await clock.advance(50)
    expect(await status()).toBe('WORKING')
    const me = await call('GET', '/api/sessions/default/me')
    expectLike(me, recorded('me-working'), ['pushName:string'])
    expect(me.body).toMatchObject(recorded('me-working').body as object)
  })

  test('stop and start without a new QR code', async () => {
    await working(CONFIG)
    const stopped = await call('POST', '/api/sessions/default/stop')
    expectLike(stopped, recorded('stop'))
    expect(at(stopped, 'status')).toBe('STOPPED')
    expectLike(await call('POST', '/api/sessions/default/stop'), recorded('stop-again'))
    expectLike(await call('POST', '/api/sessions/default/start'), recorded('start'))
    await clock.advance(100)
    expect(await status()).toBe('WORKING')
  })

  test('restart keeps the pairing and starts a stopped session', async () => {
    await working(CONFIG)
    expectLike(await call('POST', '/api/sessions/default/restart'), recorded('restart'))
    await clock.advance(100)
    expect(await status()).toBe('WORKING')
    await call('POST', '/api/sessions/default/stop')
    expectLike(await call('POST', '/api/sessions/default/restart'), recorded('restart-stopped'))
  })

  test('logout of a running session ends in a new QR code, of a stopped one in nothing', async () => {
    await pairing(CONFIG)
    const first = at(await call('GET', '/api/default/auth/qr?format=raw'), 'value')
    await emulator.control.scan(session)
    await clock.advance(50)
    const out = await call('POST', '/api/sessions/default/logout')
    expectLike(out, recorded('logout-running'))
    expect(at(out, 'status')).toBe('STARTING')
    await clock.advance(50)
    expect(await status()).toBe('SCAN_QR_CODE')
    expect(at(await call('GET', '/api/default/auth/qr?format=raw'), 'value')).not.toBe(first)
    await call('POST', '/api/sessions/default/stop')
    const stopped = await call('POST', '/api/sessions/default/logout')
    expectLike(stopped, recorded('logout-stopped'))
    expect(at(stopped, 'status')).toBe('STOPPED')
  })

  test('a running session starts again when its config changes', async () => {
    await working()
    const changed = await call('PUT', '/api/sessions/default', { config: { metadata: { 'user.id': '43' } } })
    expect(changed).toMatchObject({ status: 200, body: { status: 'STARTING', config: { metadata: { 'user.id': '43' } } } })
  })

  test('delete removes it, however often', async () => {
    await working()
    expectSame(await call('DELETE', '/api/sessions/default'), recorded('delete-running'))
    expectSame(await call('DELETE', '/api/sessions/default'), recorded('delete-running'))
    expectSame(await call('GET', '/api/sessions/default'), recorded('get-deleted'))
  })

  test('unlinked on the phone it fails, and restart does not help', async () => {
    await working()
    await emulator.control.unlink(session)
    expectLike(await call('GET', '/api/sessions/default'), recorded('get-after-remote-unlink'), NAME)
    await call('POST', '/api/sessions/default/restart')
    await clock.advance(100)
    expectLike(await call('GET', '/api/sessions/default'), recorded('get-after-unlink-restart'), NAME)
    await call('POST', '/api/sessions/default/logout')
    await clock.advance(50)
    expect(await status()).toBe('SCAN_QR_CODE')
  })

  test('the deprecated calls name the session in the body', async () => {
    expect(at(await call('POST', '/api/sessions/start', { name: 'default' }), 'status')).toBe('STARTING')
    expectSame(await call('POST', '/api/sessions/stop', { name: 'default' }), recorded('deprecated-stop'))
    expect(await status()).toBe('STOPPED')
    expect((await call('POST', '/api/sessions/logout', {})).status).toBe(400)
  })
})

describe('pairing', () => {
  test('the QR code as text, picture and base64', async () => {
    await pairing()
    const raw = await call('GET', '/api/default/auth/qr?format=raw')
    expectLike(raw, recorded('qr-raw-2'))
    const json = await call('GET', '/api/default/auth/qr?format=image', undefined, { headers: { accept: 'application/json' } })
    expectLike(json, recorded('qr-image-json'))
    const png = await call('GET', '/api/default/auth/qr?format=zzz')
    expect(png).toMatchObject({ status: 200, type: recorded('qr-format-bad').contentType })
    expect(scanPng(png.body as Uint8Array)).toBe(at(raw, 'value'))
    const shot = await call('GET', '/api/screenshot?session=default')
    expect(shot).toMatchObject({ status: 200, type: recorded('screenshot-scan').contentType, body: png.body })
  })

  test('the QR code changes with time', async () => {
    await pairing()
    const first = at(await call('GET', '/api/default/auth/qr?format=raw'), 'value')
    await clock.advance(20_000)
    expect(at(await call('GET', '/api/default/auth/qr?format=raw'), 'value')).not.toBe(first)
  })

  test('no QR code for a connected session; a starting one is waited for', async () => {
    await call('POST', '/api/sessions', { name: 'default', start: true })
    const early = call('GET', '/api/default/auth/qr?format=raw')
    await clock.advance(50)
    expectLike(await early, recorded('qr-raw-2'))
    await emulator.control.scan(session)
    await clock.advance(50)
    expectSame(await call('GET', '/api/default/auth/qr?format=raw'), recorded('qr-working'))
  })

  test('a pairing code, typed in on the phone', async () => {
    await pairing()
    const answer = await call('POST', '/api/default/auth/request-code', { phoneNumber: '12132132130' })
    expect(answer).toMatchObject({ status: 201, body: { code: expect.stringMatching(/^\w{4}-\w{4}$/) } })
    await emulator.control.enterCode({ code: String(at(answer, 'code')).toLowerCase() })
    await clock.advance(50)
    expect(at(await call('GET', '/api/sessions/default/me'), 'id')).toBe('12132132130@c.us')
    expect(await call('POST', '/api/default/auth/request-code', { phoneNumber: '12132132130' })).toMatchObject({
      status: 422,
      body: { statusCode: 422, message: expect.stringContaining('WORKING') },
    })
  })
})

describe('sending', () => {
  const hello = { session: 'default', chatId: '11111111111@c.us', text: 'hello' }

  test('a text', async () => {
    await working()
    const sent = await call('POST', '/api/sendText', hello)
    expectLike(sent, recorded('sendText'))
    expect(sent.body).toMatchObject({ key: { remoteJid: '11111111111@s.whatsapp.net', fromMe: true }, status: 'PENDING' })
  })

  test('not in other states, to nobody, or with nothing', async () => {
    expectSame(await call('POST', '/api/sendText', { ...hello, session: 'default' }), recorded('sendText-no-session'))
    expectSame(await call('POST', '/api/sendText', {}), recorded('sendText-empty'))
    await pairing()
    expectSame(await call('POST', '/api/sendText', hello), recorded('sendText-scan'))
    await emulator.control.scan(session)
    await clock.advance(50)
    const group = await call('POST', '/api/sendText', { ...hello, chatId: '120363000000000000@g.us' })
    expect(group).toMatchObject({ status: 500, body: { exception: { message: 'item-not-found', data: 404 } } })
    expectLike(await call('POST', '/api/sendText', { session: 'default', chatId: hello.chatId }), recorded('sendText-no-text'))
  })
})

test('the server tells its version', async () => {
  expectLike(await call('GET', '/api/server/version'), recorded('server-version'))
  expectLike(await call('GET', '/api/version'), recorded('server-version'))
  expect(await call('GET', '/health')).toMatchObject({ status: 200, body: { status: 'ok' } })
})
