import { afterEach, describe, expect, test } from 'vitest'
import { callerOf } from '../../test/caller.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import { connectControl } from './remote.ts'

const open: Emulator[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

function made(options: Parameters<typeof createEmulator>[0] = {}) {
  const emulator = createEmulator(options)
  open.push(emulator)
  return emulator
}

const MESSAGE = { from: '12025550101', to: '12025550102', text: 'Hi' }

describe('an emulator in real time', () => {
  test('stands still while it is paused, is moved on, and runs again from there', async () => {
    const { control } = made({ timings: { device: 1, server: 1, read: 5 } })
    const { now, paused } = await control.pause()
    expect(paused).toBe(true)
    const { id } = await control.message(MESSAGE)
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(await control.clock()).toEqual({ now, paused: true })
    const ack = async () => (await control.messages()).find((one) => one.id === id)?.ack
    expect(await ack()).toBe('PENDING')
    expect(await control.advance(1)).toEqual({ now: now + 1, paused: true })
    expect(await ack()).toBe('DEVICE')
    await control.resume()
    await expect.poll(ack).toBe('READ')
    expect((await control.clock()).now).toBeLessThan(now + 60_000)
  })

  test('jumps ahead without a pause', async () => {
    const { control } = made()
    const before = Date.now()
    await control.message(MESSAGE)
    const { now, paused } = await control.advance(3_600_000)
    expect([now >= before + 3_600_000, paused]).toEqual([true, false])
    expect((await control.messages())[0]?.ack).toBe('READ')
    expect((await control.state()).now).toBeGreaterThanOrEqual(now)
  })
})

test('a virtual clock does not run by itself', async () => {
  await expect(made({ clock: createVirtualClock() }).control.resume()).rejects.toMatchObject({ code: 'conflict' })
})

describe.each([
  ['a virtual clock', () => createVirtualClock()],
  ['the clock of the machine', () => undefined],
])('run to idle with %s', (_, clockOf) => {
  const options = () => {
    const clock = clockOf()
    return clock ? { clock } : {}
  }

  test('waits for acknowledgements, sessions that start and tries of webhooks', async () => {
    const attempts: number[] = []
    const emulator = made({
      ...options(),
      deliver: async () => {
        attempts.push(1)
        return new Response('', { status: attempts.length < 5 ? 500 : 200 })
      },
    })
    const { control } = emulator
    const waha = callerOf(emulator, 'waha')
    const webhooks = [{ url: 'http://hooks.invalid/', events: ['session.status'], retries: { delaySeconds: 600, attempts: 9 } }]
    await waha('POST', '/api/sessions', { name: 'a', start: true, config: { webhooks } })
    const { now } = await control.clock()
    const idle = await control.runToIdle()
    expect(idle.idle).toBe(true)
    expect(idle.now).toBeGreaterThanOrEqual(now + 600_000)
    expect((await control.state()).sessions.waha[0]?.state).toBe('pairing')
    expect(new Set((await control.deliveries()).map(({ state }) => state))).toEqual(new Set(['delivered']))
    // the QR codes of a session that waits for a scan follow each other for ever
    expect(await control.runToIdle()).toMatchObject({ idle: true })
  })

  test('waits for an answer that a fault delays, and for one that never comes', async () => {
    const emulator = made({ ...options(), deliver: () => new Promise(() => {}) })
    const { control } = emulator
    await control.fault({ operation: 'sessions.list', delayMs: 5_000 })
    const listed = callerOf(emulator, 'waha')('GET', '/api/sessions')
    await control.runToIdle()
    expect((await listed).status).toBe(200)
    const webhooks = [{ url: 'http://hooks.invalid/', events: ['session.status'], retries: { attempts: 0 } }]
    await callerOf(emulator, 'waha')('POST', '/api/sessions', { name: 'a', start: true, config: { webhooks } })
    await control.runToIdle()
    expect((await control.deliveries()).map(({ state }) => state)).toEqual(['failed', 'failed'])
  })

  test('ends at its limit', async () => {
    const { control } = made(options())
    await control.message(MESSAGE)
    expect(await control.runToIdle({ limitMs: 60 })).toMatchObject({ idle: false })
    expect((await control.messages())[0]?.ack).toBe('SERVER')
    await expect(control.runToIdle({ limitMs: -1 })).rejects.toMatchObject({ code: 'invalid', message: 'limitMs: expected milliseconds' })
  })
})

describe('namespaces', () => {
  test('share neither phones nor ids nor time nor faults', async () => {
    const emulator = made({ clock: createVirtualClock() })
    const [one, other] = [emulator.namespace('one'), emulator.namespace('other')]
    const first = await one.control.message(MESSAGE)
    await one.control.fault({ status: 500 })
    await one.control.advance(10_000)
    for (const { control } of [other, emulator]) {
      const state = await control.state()
      expect([state.accounts, state.messages, await control.faults()]).toEqual([[], [], []])
      expect(state.now).toBe((await one.control.clock()).now - 10_000)
    }
    // the same seed, and nothing that the other had used up
    expect(await other.control.message(MESSAGE)).toMatchObject({ id: first.id, sentAt: first.sentAt })
  })

  test('are reached through a prefix of the path, also with plain requests, files and sockets', async () => {
    const emulator = made()
    const { gateways, control } = emulator.namespace('a.b-1')
    expect(gateways.waha.baseUrl).toBe('http://emulator.invalid/@a.b-1/waha')
    expect(emulator.namespace('a.b-1').gatewaysAt('http://127.0.0.1:1/').sparkbot.baseUrl).toBe('http://127.0.0.1:1/@a.b-1/sparkbot/v1')
    const headers = { 'x-api-key': gateways.waha.credentials.apiKey, 'content-type': 'application/json' }
    await emulator.fetch(`${gateways.waha.baseUrl}/api/sessions`, { method: 'POST', headers, body: '{"name":"a"}' })
    expect((await control.state()).sessions.waha).toMatchObject([{ session: 'a' }])
    expect((await emulator.control.state()).sessions.waha).toEqual([])
    const { url } = await control.file({ base64: 'AAAA', mimetype: 'image/png' })
    expect((await emulator.fetch(url)).status).toBe(200)
    expect((await emulator.fetch(url.replace('/@a.b-1', ''))).status).toBe(404)
    const socket = new emulator.WebSocket(`ws://emulator.invalid/@a.b-1/waha/ws?x-api-key=${headers['x-api-key']}`)
    await new Promise((resolve) => socket.addEventListener('open', resolve))
    socket.close()
    const remote = connectControl('http://emulator.invalid/@a.b-1', emulator.fetch)
    expect((await remote.state()).sessions.waha).toMatchObject([{ session: 'a' }])
  })

  test('are listed and removed', async () => {
    const emulator = made()
    const remote = connectControl('http://emulator.invalid', emulator.fetch)
    await emulator.namespace('a').control.message(MESSAGE)
    expect(await remote.namespaces()).toEqual({ namespaces: ['a'] })
    await remote.removeNamespace({ namespace: 'a' })
    await expect(remote.removeNamespace({ namespace: 'a' })).rejects.toMatchObject({ code: 'not_found' })
    expect((await emulator.namespace('a').control.state()).messages).toEqual([])
  })

  test.each(['', 'a b', '..%2f', 'x'.repeat(65), '@', 'a/b'])('%j is no name', async (name) => {
    const emulator = made()
    expect(() => emulator.namespace(name)).toThrow(expect.objectContaining({ code: 'invalid' }))
    const { status } = await emulator.fetch(`http://emulator.invalid/@${name}/_emulator/state`)
    expect([400, 404]).toContain(status)
    expect(await emulator.control.namespaces()).toEqual({ namespaces: name === 'a/b' ? ['a'] : [] })
  })

  test('more than 100 are refused', async () => {
    const emulator = made()
    for (let index = 0; index < 100; index++) emulator.namespace(`n${index}`)
    expect((await emulator.fetch('http://emulator.invalid/@more/_emulator/state')).status).toBe(409)
    expect((await emulator.fetch('http://emulator.invalid/@n99/_emulator/state')).status).toBe(200)
  })
})

test('two emulators of one process share nothing', async () => {
  const [one, other] = [made(), made()]
  const sent = await one.control.message(MESSAGE)
  await one.control.fault({ status: 500 })
  one.namespace('a')
  const state = await other.control.state()
  expect([state.accounts, state.messages, await other.control.faults(), await other.control.namespaces()]).toEqual([
    [],
    [],
    [],
    { namespaces: [] },
  ])
  expect((await other.control.message(MESSAGE)).id).toBe(sent.id)
})
