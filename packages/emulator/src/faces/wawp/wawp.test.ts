import { beforeEach, describe, expect, test } from 'vitest'
import { at, type Caller, callerOf } from '../../../test/caller.ts'
import { scanPng } from '../../../test/picture.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

const INSTANCE = '3EB0E3017A70'
const TOKEN = 'emulator-wawp-token'
const KEYS = { instance_id: INSTANCE, access_token: TOKEN }
const session = { gateway: 'wawp', session: INSTANCE } as const

let clock: VirtualClock
let emulator: Emulator
let call: Caller

beforeEach(() => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
  call = callerOf(emulator, 'wawp')
})

const post = (path: string, fields: object = {}) => call('POST', `/v2${path}`, { ...KEYS, ...fields })
const status = async () => at(await post('/session/info'), 'status')

async function pairing() {
  await post('/session/start')
  await clock.advance(50)
}

async function working() {
  await pairing()
  await emulator.control.scan({ ...session, phone: '201234567890' })
  await clock.advance(50)
}

describe('auth', () => {
  test('a missing or wrong token is 401, an unknown instance 404', async () => {
    expect(await call('POST', '/v2/session/info', { instance_id: INSTANCE })).toMatchObject({
      status: 401,
      body: { status: 401, code: 'invalid_access_token', message: 'Access token is missing', error: 'Unauthorized' },
    })
    expect((await call('POST', '/v2/session/info', { ...KEYS, access_token: 'wrong' })).status).toBe(401)
    expect((await call('POST', '/v2/nothing/here')).status).toBe(401)
    expect(await call('POST', '/v2/session/info', { ...KEYS, instance_id: 'NOPE' })).toMatchObject({
      status: 404,
      body: { status: 404, code: 'invalid_session' },
    })
    expect((await call('POST', '/v2/session/info', { access_token: TOKEN })).status).toBe(400)
  })

  test('credentials in body, query or header; GET does the same as POST', async () => {
    const query = new URLSearchParams(KEYS)
    expect((await call('GET', `/v2/session/info?${query}`)).status).toBe(200)
    expect((await call('POST', `/v2/session/info?${query}`)).status).toBe(200)
    const headers = { 'access-token': TOKEN }
    expect((await call('GET', `/v2/session/info?instance_id=${INSTANCE}`, undefined, { headers })).status).toBe(200)
    await call('GET', `/v2/session/start?${query}`)
    expect(await status()).toBe('STARTING')
  })

  test('errors come in the form that is accepted, or that is switched on', async () => {
    const wrong = (headers: Record<string, string> = {}) => call('POST', '/v2/session/info', {}, { headers })
    expect((await wrong({ accept: 'application/json, text/plain' })).type).toMatch('application/json')
    const xml = await wrong({ accept: 'application/xml' })
    expect(xml).toMatchObject({ status: 401, type: 'application/xml; charset=utf-8' })
    expect(xml.body).toMatch('<code>invalid_access_token</code><message>Access token is missing</message>')
    expect(await wrong({ accept: 'text/plain' })).toMatchObject({ type: 'text/plain; charset=utf-8', body: 'Access token is missing' })
    expect((await wrong({ 'x-wamux-emulate-error-format': 'html' })).body).toMatch(/^<!DOCTYPE html>/)
    await emulator.control.set({ wawpErrors: 'xml' })
    expect((await wrong()).type).toMatch('xml')
    await emulator.control.set({ wawpErrors: null })
    expect((await wrong()).type).toMatch('json')
  })

  test('an unknown path, and one that is answered with an example', async () => {
    expect(await post('/session/nothing')).toMatchObject({ status: 404, body: { error: 'Not Found' } })
    expect(await post('/send/list')).toMatchObject({ status: 400, body: { error: 'Bad Request' } })
    expect((await call('POST', `/v2/session/info?access_token=${TOKEN}`, undefined, { raw: '{' })).status).toBe(400)
  })
})

describe('sessions', () => {
  test('the documented answer of stop', async () => {
    const stopped = await post('/session/stop')
    expect(stopped).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      body: { name: expect.stringMatching(/^wawp-\d{8}$/), status: 'STOPPED', config: { webhooks: [], proxy: null } },
    })
  })

  test('create makes one more instance with an id of its own', async () => {
    const made = await call('POST', '/v2/session/create', { access_token: TOKEN })
    expect(made).toMatchObject({
      status: 200,
      body: { instance_id: expect.stringMatching(/^[0-9A-F]{12}$/), session_name: expect.stringMatching(/^wawp-\d{8}$/) },
    })
    const id = at(made, 'instance_id')
    expect(at(await post('/session/info', { instance_id: id }), 'status')).toBe('STOPPED')
    const gone = await call('DELETE', '/v2/session/delete', { ...KEYS, instance_id: id })
    expect(gone.body).toEqual({ name: at(made, 'session_name'), status: 'DELETED', instance_id: id })
    expect(await post('/session/info', { instance_id: id })).toMatchObject({ status: 404, body: { code: 'invalid_session' } })
  })

  test('start, scan, connected, me', async () => {
    expect(at(await post('/session/start'), 'status')).toBe('STARTING')
    await clock.advance(50)
    const info = await post('/session/info')
    expect(info.body).toMatchObject({ status: 'SCAN_QR_CODE', qr: expect.any(String) })
    expect((await call('GET', `/v2/session/me?${new URLSearchParams(KEYS)}`)).status).toBe(404)
    await emulator.control.scan({ ...session, phone: '201234567890' })
    await clock.advance(50)
    expect(await status()).toBe('WORKING')
    expect(at(await post('/session/start'), 'status')).toBe('WORKING')
    const me = await call('GET', `/v2/session/me?${new URLSearchParams(KEYS)}`)
    expect(me.body).toEqual({ id: '201234567890@c.us', pushName: expect.any(String), platform: 'android' })
  })

  test('stop and start, and restart, without a new QR code', async () => {
    await working()
    expect(at(await post('/session/stop'), 'status')).toBe('STOPPED')
    await post('/session/start')
    await clock.advance(100)
    expect(await status()).toBe('WORKING')
    expect(at(await post('/session/restart'), 'status')).toBe('STARTING')
    await clock.advance(100)
    expect(await status()).toBe('WORKING')
  })

  test('logout gives a new QR code', async () => {
    await pairing()
    const first = at(await post('/auth/qr'), 'data')
    await emulator.control.scan(session)
    await clock.advance(50)
    await post('/session/logout')
    await clock.advance(50)
    expect(await status()).toBe('SCAN_QR_CODE')
    expect(at(await post('/auth/qr'), 'data')).not.toBe(first)
  })
})

describe('pairing', () => {
  test('the QR code as text and as picture', async () => {
    await pairing()
    const { mimetype, data } = (await post('/auth/qr', { format: 'raw' })).body as { mimetype: string; data: string }
    expect(mimetype).toBe('application/json')
    const { value, expiry } = JSON.parse(atob(data))
    expect(expiry).toBe(Math.floor((clock.now() + 20_000) / 1000))
    const png = await call('GET', `/v2/auth/qr-image?${new URLSearchParams(KEYS)}`, undefined, { headers: { accept: 'image/png' } })
    expect(scanPng(png.body as Uint8Array)).toBe(value)
    expect((await post('/auth/qr-image')).body).toMatchObject({ mimetype: 'image/png', data: expect.any(String) })
    await clock.advance(20_000)
    expect(at(await post('/auth/qr'), 'data')).not.toBe(data)
  })

  test('none when there is nothing to pair', async () => {
    expect((await post('/auth/qr')).status).toBe(400)
    await working()
    expect((await post('/auth/qr')).status).toBe(400)
    await emulator.control.unlink(session)
    expect(await post('/auth/qr')).toMatchObject({ status: 404, body: { code: 'invalid_session' } })
  })

  test('a pairing code', async () => {
    await pairing()
    expect((await post('/auth/request-code')).status).toBe(400)
    const answer = await post('/auth/request-code', { phone_number: '201145202826' })
    await emulator.control.enterCode({ code: String(at(answer, 'code')) })
    await clock.advance(50)
    expect(at(await post('/session/info'), 'me.id')).toBe('201145202826@c.us')
  })
})

describe('sending', () => {
  const hello = { chatId: '201234567891@c.us', message: 'Hi' }

  test('a text, by POST and GET', async () => {
    await working()
    const sent = await post('/send/text', hello)
    expect(sent).toMatchObject({ status: 200, body: { id: expect.stringMatching(/^true_201234567891@c\.us_3EB0[0-9A-F]{18}$/), ack: 0 } })
    expect(at(sent, '_data.id._serialized')).toBe(at(sent, 'id'))
    expect((await call('GET', `/v2/send/text?${new URLSearchParams({ ...KEYS, ...hello })}`)).status).toBe(200)
  })

  test('not without a phone, a chat or a text', async () => {
    expect((await post('/send/text', hello)).status).toBe(400)
    await working()
    expect((await post('/send/text', { chatId: hello.chatId })).status).toBe(400)
    expect((await post('/send/text', { message: 'Hi' })).status).toBe(400)
    expect((await post('/send/text', { ...hello, chatId: '120363000000000000@g.us' })).status).toBe(404)
    await emulator.control.unlink(session)
    expect(await post('/send/text', hello)).toMatchObject({ status: 404, body: { code: 'invalid_session' } })
  })
})
