import { beforeEach, describe, expect, test } from 'vitest'
import { at, type Caller, callerOf } from '../../test/caller.ts'
import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../emulator.ts'
import type { EmulatorControl } from './control.ts'
import { connectControl } from './remote.ts'

let clock: VirtualClock
let emulator: Emulator
let waha: Caller

beforeEach(() => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
  waha = callerOf(emulator, 'waha')
})

const session = { gateway: 'waha', session: 'default' } as const
const create = () => waha('POST', '/api/sessions', { name: 'default', start: true })

const kinds: [string, () => EmulatorControl][] = [
  ['in process', () => emulator.control],
  ['over HTTP', () => connectControl('http://emulator.invalid/', emulator.fetch)],
]

describe.each(kinds)('the control %s', (_name, controlOf) => {
  test('scans with a new number, a given one, or by the text of the QR code', async () => {
    const control = controlOf()
    await create()
    await control.advance(50)
    expect(await control.scan(session)).toEqual({ ...session, state: 'connecting', phone: '12025550100' })
    await waha('POST', '/api/sessions', { name: 'second', start: true })
    await control.advance(50)
    const { sessions } = await control.state()
    const qr = sessions.waha[1]?.qr ?? ''
    expect(await control.scan({ qr, phone: '+49 151 12345678' })).toMatchObject({ session: 'second', phone: '4915112345678' })
  })

  test('says why it cannot scan', async () => {
    const control = controlOf()
    await expect(control.scan(session)).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('it has none') })
    await expect(control.scan({ gateway: 'telegram' as never, session: 'x' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(control.scan({ gateway: 'waha', session: '' })).rejects.toMatchObject({ code: 'invalid' })
    await waha('POST', '/api/sessions', { name: 'default' })
    await expect(control.scan(session)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('start it first') })
    await waha('POST', '/api/sessions/default/start')
    await control.advance(50)
    await expect(control.scan({ ...session, phone: 'abc' })).rejects.toMatchObject({ code: 'invalid' })
    const { sessions } = await control.state()
    await control.advance(20_000)
    await expect(control.scan({ qr: sessions.waha[0]?.qr ?? '' })).rejects.toMatchObject({ code: 'not_found' })
    await control.scan(session)
    await control.advance(50)
    await expect(control.scan(session)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('paired already') })
  })

  test('types codes in and unlinks', async () => {
    const control = controlOf()
    await create()
    await control.advance(50)
    await expect(control.unlink(session)).rejects.toMatchObject({ code: 'conflict' })
    const code = String(at(await waha('POST', '/api/default/auth/request-code', { phoneNumber: '4915112345678' }), 'code'))
    expect((await control.state()).sessions.waha[0]).toMatchObject({ code })
    await expect(control.enterCode({ code: 'AAAA-AAAA' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await control.enterCode({ code })).toMatchObject({ state: 'connecting', phone: '4915112345678' })
    await control.advance(50)
    expect(await control.unlink(session)).toMatchObject({ state: 'failed' })
  })

  test('shows accounts, sessions, messages and inboxes', async () => {
    const control = controlOf()
    await create()
    await control.advance(50)
    await control.scan(session)
    await control.advance(50)
    await waha('POST', '/api/sendText', { session: 'default', chatId: '12025550199@c.us', text: 'Hi' })
    await control.advance(150)
    const [message] = await control.messages()
    expect(message).toMatchObject({ from: '12025550100', to: '12025550199', text: 'Hi', ack: 'DEVICE', via: session })
    expect(await control.messages({ phone: '+12025550199' })).toEqual([message])
    expect(await control.messages({ phone: '12025550100' })).toEqual([])
    const state = await control.state()
    expect(state.now).toBe(clock.now())
    expect(state.accounts.map(({ phone, inbox }) => [phone, inbox.length])).toEqual([
      ['12025550100', 0],
      ['12025550199', 1],
    ])
    expect(state.sessions.wawp).toMatchObject([{ session: emulator.gateways.wawp.credentials.instanceId, state: 'stopped' }])
  })

  test('reset forgets everything', async () => {
    const control = controlOf()
    await create()
    const before = await control.state()
    await control.reset()
    const after = await control.state()
    expect(after.sessions.waha).toEqual([])
    expect(after.sessions.wawp).toEqual(before.sessions.wawp)
  })

  test('refuses settings that it does not know', async () => {
    await expect(controlOf().set({ wawpErrors: 'yaml' as never })).rejects.toMatchObject({ code: 'invalid' })
  })

  test('advances time', async () => {
    expect(await controlOf().advance(1_000)).toEqual({ now: clock.now(), paused: true })
    await expect(controlOf().advance(-1)).rejects.toMatchObject({ code: 'invalid' })
    await expect(controlOf().advance('soon' as never)).rejects.toMatchObject({ code: 'invalid' })
  })
})

test('bad requests to the control are told what to send', async () => {
  const post = (path: string, body?: string) =>
    emulator.fetch(`http://emulator.invalid/_emulator${path}`, {
      method: 'POST',
      ...(body ? { body, headers: { 'content-type': 'application/json' } } : {}),
    })
  const unknown = await post('/scans')
  expect(unknown.status).toBe(404)
  expect(await unknown.json()).toMatchObject({ error: { code: 'not_found', message: expect.stringContaining('POST /scan') } })
  expect((await post('/scan', '[1]')).status).toBe(400)
  expect((await post('/scan', '{')).status).toBe(400)
  expect((await post('/scan')).status).toBe(400)
})
