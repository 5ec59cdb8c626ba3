import { beforeEach, describe, expect, test } from 'vitest'
import { at, type Caller, callerOf } from '../../../test/caller.ts'
import { scanPng } from '../../../test/picture.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

let clock: VirtualClock
let emulator: Emulator
let call: Caller

beforeEach(() => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
  call = callerOf(emulator, 'sparkbot')
})

const status = async (id: string) => at(await call('GET', `/devices/${id}`), 'session.status')

async function pairing(): Promise<string> {
  const made = await call('POST', '/devices', { alias: 'Shop' })
  await clock.advance(50)
  return String(at(made, 'id'))
}

async function online(): Promise<string> {
  const id = await pairing()
  await emulator.control.scan({ gateway: 'sparkbot', session: id, phone: '4915112345678' })
  await clock.advance(50)
  return id
}

describe('auth', () => {
  test('a missing or wrong key is 401 with the one error body', async () => {
    const refused = { status: 401, body: { status: 401, message: expect.any(String), errorCode: expect.any(String) } }
    expect(await call('GET', '/devices', undefined, { anonymous: true })).toMatchObject(refused)
    expect(await call('GET', '/nothing', undefined, { headers: { token: 'wrong' } })).toMatchObject(refused)
  })

  test('the key may stand in the query or as bare authorization', async () => {
    const key = 'emulator-sparkbot-key'
    expect((await call('GET', `/devices?token=${key}`, undefined, { anonymous: true })).status).toBe(200)
    expect((await call('GET', '/devices', undefined, { anonymous: true, headers: { authorization: key } })).status).toBe(200)
  })

  test('an unknown number, an unknown path, and one that is answered with an example', async () => {
    const id = 'f'.repeat(24)
    expect(await call('GET', `/devices/${id}`)).toMatchObject({ status: 404, body: { status: 404 } })
    expect((await call('POST', `/devices/${id}/reset`)).status).toBe(404)
    expect((await call('GET', `/devices/${id}/scan`)).status).toBe(404)
    expect((await call('GET', '/nothing')).status).toBe(404)
    expect(await call('GET', '/campaigns')).toMatchObject({ status: 200, body: [] })
    expect((await call('POST', '/devices', undefined, { raw: '{' })).status).toBe(400)
  })
})

describe('devices', () => {
  test('create, scan, online', async () => {
    const made = await call('POST', '/devices', { alias: 'Shop' })
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^[0-9a-f]{24}$/),
        alias: 'Shop',
        status: 'operative',
        session: { status: 'loading', newNumber: true },
      },
    })
    const id = String(at(made, 'id'))
    await clock.advance(50)
    expect(await status(id)).toBe('authorize')
    await emulator.control.scan({ gateway: 'sparkbot', session: id, phone: '4915112345678' })
    expect(await status(id)).toBe('authorizing')
    await clock.advance(50)
    const device = await call('GET', `/devices/${id}`)
    expect(device.body).toMatchObject({
      phone: '+4915112345678',
      wid: '4915112345678@c.us',
      session: { status: 'online', newNumber: false },
    })
    expect((await call('GET', `/devices/${id}/health`)).body).toEqual({ status: 'online' })
    expect((await call('GET', `/devices/${id}/sync`)).body).toEqual({ status: 'online' })
  })

  test('list by pages from 0', async () => {
    const ids = [await pairing(), await pairing(), await online()]
    const page = async (query: string) => ((await call('GET', `/devices${query}`)).body as { id: string }[]).map(({ id }) => id)
    expect(await page('')).toEqual(ids)
    expect(await page('?size=2')).toEqual(ids.slice(0, 2))
    expect(await page('?size=2&page=1')).toEqual(ids.slice(2))
    expect(await page('?sessionStatus=online')).toEqual(ids.slice(2))
  })

  test('update and delete', async () => {
    const id = await pairing()
    const changed = await call('PATCH', `/devices/${id}`, { alias: 'Other', deliverySpeed: 20 })
    expect(changed.body).toMatchObject({ alias: 'Other', settings: { deliverySpeed: 20 } })
    expect(await call('DELETE', `/devices/${id}`)).toMatchObject({ status: 200, body: { id, status: 'removed' } })
    expect((await call('DELETE', `/devices/${id}`)).status).toBe(404)
  })

  test('reboot keeps the phone, and wait answers when it is back', async () => {
    const id = await online()
    expect(at(await call('POST', `/devices/${id}/reboot`), 'session.status')).toBe('loading')
    await clock.advance(100)
    expect(await status(id)).toBe('online')
    const waited = call('POST', `/devices/${id}/reboot?wait=true`)
    await clock.advance(100)
    expect(at(await waited, 'session.status')).toBe('online')
  })

  test('reset forgets the phone and shows a new QR code', async () => {
    const id = await pairing()
    const first = (await call('GET', `/devices/${id}/scan`)).body
    await emulator.control.scan({ gateway: 'sparkbot', session: id })
    await clock.advance(50)
    const reset = call('POST', `/devices/${id}/reset?wait=true`)
    await clock.advance(50)
    expect(at(await reset, 'session.status')).toBe('authorize')
    expect((await call('GET', `/devices/${id}/scan`)).body).not.toBe(first)
  })

  test('unlinked on the phone it asks for another one', async () => {
    const id = await online()
    await emulator.control.unlink({ gateway: 'sparkbot', session: id })
    await clock.advance(50)
    expect(await status(id)).toBe('authorize')
  })
})

describe('pairing', () => {
  test('the QR code in all encodings', async () => {
    const id = await pairing()
    const scan = (encoding: string) => call('GET', `/devices/${id}/scan?encoding=${encoding}`)
    expect(await call('GET', `/devices/${id}/scan`)).toMatchObject({ status: 200, type: 'image/svg+xml; charset=utf-8' })
    const { value } = (await scan('json')).body as { value: string }
    const png = await scan('image')
    expect(png.type).toBe('image/png')
    expect(scanPng(png.body as Uint8Array)).toBe(value)
    const text = String((await scan('base64')).body)
    expect(atob(text).slice(1, 4)).toBe('PNG')
    expect((await scan('base64_uri')).body).toBe(`data:image/png;base64,${text}`)
    await clock.advance(20_000)
    expect(((await scan('json')).body as { value: string }).value).not.toBe(value)
  })

  test('force makes a new one', async () => {
    const id = await pairing()
    const { body } = await call('GET', `/devices/${id}/scan`)
    const forced = call('GET', `/devices/${id}/scan?force=true`)
    await clock.advance(50)
    expect((await forced).body).not.toBe(body)
  })

  test('JSON when there is nothing to scan', async () => {
    const id = await online()
    expect(await call('GET', `/devices/${id}/scan`)).toMatchObject({ status: 409, body: { status: 409 } })
  })

  test('a code, and with force also for a linked phone', async () => {
    const id = await pairing()
    expect((await call('POST', `/devices/${id}/authcode`)).status).toBe(400)
    const answer = await call('POST', `/devices/${id}/authcode`, { phone: '+4915112345678' })
    await emulator.control.enterCode({ code: String(at(answer, 'code')) })
    await clock.advance(50)
    expect(await status(id)).toBe('online')
    expect((await call('POST', `/devices/${id}/authcode`)).status).toBe(409)
    const forced = call('POST', `/devices/${id}/authcode?force=true`)
    await clock.advance(50)
    expect(at(await forced, 'code')).toMatch(/^\w{4}-\w{4}$/)
  })
})

describe('messages', () => {
  const hello = { phone: '+4915112345679', message: 'Hi' }

  test('a text is queued, goes out and is read', async () => {
    const device = await online()
    const sent = await call('POST', '/messages', { ...hello, device, reference: 'order 7' })
    expect(sent).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^[0-9a-f]{24}$/), status: 'queued', deliveryStatus: 'queued', device, reference: 'order 7' },
    })
    const seen = async () => {
      const { status: queue, deliveryStatus } = (await call('GET', `/messages/${at(sent, 'id')}`)).body as Record<string, string>
      return [queue, deliveryStatus]
    }
    await clock.advance(50)
    expect(await seen()).toEqual(['processed', 'processing'])
    await clock.advance(50)
    expect(await seen()).toEqual(['processed', 'sent'])
    await clock.advance(100)
    expect(await seen()).toEqual(['processed', 'delivered'])
    await clock.advance(250)
    expect(await seen()).toEqual(['processed', 'read'])
  })

  test('it waits in the queue while the phone is away', async () => {
    const device = await pairing()
    const sent = await call('POST', '/messages', { ...hello, device })
    await clock.advance(1_000)
    expect(at(await call('GET', `/devices/${device}`), 'queue.messages')).toBe(1)
    await emulator.control.scan({ gateway: 'sparkbot', session: device })
    await clock.advance(50)
    expect(at(await call('GET', `/messages/${at(sent, 'id')}`), 'status')).toBe('processed')
  })

  test('reset can empty the queue and delete what there was', async () => {
    const device = await pairing()
    const sent = await call('POST', '/messages', { ...hello, device })
    await call('POST', `/devices/${device}/reset?emptyQueue=true`)
    const path = `/messages/${at(sent, 'id')}`
    expect((await call('GET', path)).body).toMatchObject({ status: 'removed', deliveryStatus: 'cancelled' })
    await call('POST', `/devices/${device}/reset?data=true`)
    expect((await call('GET', path)).status).toBe(404)
  })

  test('live goes past the queue, and needs the phone', async () => {
    const device = await pairing()
    expect((await call('POST', '/messages', { ...hello, device, enqueue: 'never' })).status).toBe(503)
    await emulator.control.scan({ gateway: 'sparkbot', session: device })
    await clock.advance(50)
    expect(at(await call('POST', '/messages', { ...hello, device, enqueue: 'never' }), 'status')).toBe('processed')
  })

  test('bad input', async () => {
    const device = await online()
    expect((await call('POST', '/messages', { device, phone: hello.phone })).body).toMatchObject({
      status: 400,
      errors: [{ code: 'message' }],
    })
    expect((await call('POST', '/messages', { device, message: 'Hi' })).status).toBe(400)
    expect((await call('POST', '/messages', { device, message: 'Hi', phone: 'abc' })).status).toBe(400)
    expect((await call('POST', '/messages', { ...hello, device: 'f'.repeat(24) })).status).toBe(404)
    expect((await call('POST', '/messages', { device, message: 'Hi', group: '120363000000000000@g.us' })).status).toBe(404)
    expect((await call('POST', '/messages', { ...hello, device, product: 'p1' })).status).toBe(201)
    expect((await call('GET', `/messages/${'f'.repeat(24)}`)).status).toBe(404)
  })
})

describe('what the account keeps', () => {
  const lists = [
    ['labels', { name: 'VIP', color: 'red' }],
    ['quickReplies', { shortcut: 'hi', message: 'Hello' }],
    ['departments', { name: 'Sales', color: 'red', agents: [] }],
    ['meeting-links', { kind: 'video', message: 'Join' }],
  ] as const

  test.each(lists)('%s are made and listed', async (path, body) => {
    const device = await pairing()
    expect((await call('GET', `/devices/${device}/${path}`)).body).toEqual([])
    const made = await call('POST', `/devices/${device}/${path}`, body)
    expect(made).toMatchObject({ status: 201 })
    expect((await call('GET', `/devices/${device}/${path}`)).body).toEqual([made.body])
  })

  test('labels are changed and removed by name, once each', async () => {
    const path = `/devices/${await pairing()}/labels`
    await call('POST', path, { name: 'VIP', color: 'red' })
    expect((await call('POST', path, { name: 'VIP', color: 'red' })).status).toBe(409)
    expect((await call('POST', path, { name: 'VIP' })).status).toBe(400)
    expect(await call('PATCH', path, { name: 'VIP', color: 'blue' })).toMatchObject({ status: 200, body: { name: 'VIP', color: 'blue' } })
    expect((await call('DELETE', path, { name: 'None' })).status).toBe(404)
    expect((await call('DELETE', path, { name: 'VIP' })).status).toBe(200)
    expect((await call('GET', path)).body).toEqual([])
  })

  test('campaigns with their contacts', async () => {
    const device = await pairing()
    const made = await call('POST', '/campaigns', { name: 'News', device, message: 'Hi', contacts: [{ phone: '+12025550101' }] })
    const path = `/campaigns/${String(at(made, 'id'))}`
    expect(await call('PUT', `${path}/status`, { action: 'start' })).toMatchObject({ status: 200, body: { startedAt: expect.any(String) } })
    await call('POST', `${path}/contacts`, [{ phone: '+12025550102' }])
    expect((await call('GET', `${path}/contacts`)).body).toMatchObject([{ phone: '+12025550101' }, { phone: '+12025550102' }])
    await call('DELETE', `${path}/contacts?phones=%2B12025550101`)
    expect((await call('GET', `${path}/contacts`)).body).toMatchObject([{ phone: '+12025550102' }])
    expect((await call('DELETE', path)).status).toBe(200)
    expect((await call('GET', path)).status).toBe(404)
  })
})
