import { afterEach, describe, expect, test } from 'vitest'
import { connectControl } from '../src/control/remote.ts'
import { createEmulator, type Emulator } from '../src/emulator.ts'
import type { Snapshot } from '../src/memory/snapshot.ts'
import type { GatewayId } from '../src/sessions/session.ts'
import { callerOf } from './caller.ts'
import { BEN, goOn, ME, makeEmulator, makeWorld } from './world.ts'

const open: Emulator[] = []
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

async function world(gateway: GatewayId) {
  const made = await makeWorld(gateway)
  open.push(made.emulator)
  return made
}

describe.each(['waha', 'wawp', 'warest', 'sparkbot'] as const)('%s', (gateway) => {
  test('goes on from a snapshot exactly as it went on from the moment itself, again and in another emulator', async () => {
    const { emulator, session, goOn: first } = await world(gateway)
    const snapshot = JSON.parse(JSON.stringify(await emulator.control.snapshot())) as Snapshot
    const expected = await first()
    expect(expected).toContain('the next id')
    expect(snapshot.state).toContain('webhook/retry')
    expect(snapshot.state).toContain('message/device')

    for (let round = 0; round < 2; round++) {
      expect(await emulator.control.restore(snapshot)).toEqual({ now: snapshot.now, paused: true })
      expect(await first()).toBe(expected)
    }

    const other = makeEmulator(7)
    open.push(other.emulator)
    await other.emulator.control.restore(snapshot)
    expect(await goOn(other.emulator, other.clock, gateway, session)).toBe(expected)
  })
})

test('a snapshot is a moment: what happens later does not change it', async () => {
  const { emulator, clock } = await world('waha')
  await clock.advance(0)
  const snapshot = await emulator.control.snapshot()
  const before = JSON.stringify(snapshot)
  await emulator.control.message({ from: BEN, to: ME, text: 'later' })
  expect(JSON.stringify(snapshot)).toBe(before)
  await emulator.control.restore(snapshot)
  expect(await emulator.control.snapshot()).toEqual(JSON.parse(before))
})

test('a session that is about to change stops for good when it is stopped after a restore', async () => {
  const { emulator, clock } = makeEmulator()
  open.push(emulator)
  const waha = callerOf(emulator, 'waha')
  await waha('POST', '/api/sessions', { name: 'a', start: true })
  await clock.advance(10)
  await emulator.control.restore(await emulator.control.snapshot())
  await waha('POST', '/api/sessions/a/stop')
  await clock.advance(20)
  await waha('POST', '/api/sessions/a/start')
  await clock.advance(49)
  const phase = async () => (await emulator.control.state()).sessions.waha[0]?.state
  expect(await phase()).toBe('starting')
  await clock.advance(1)
  expect(await phase()).toBe('pairing')
})

test('event sockets are closed, so that clients connect again', async () => {
  const { emulator } = await world('waha')
  const socket = new emulator.WebSocket(`ws://emulator.invalid/waha/ws?x-api-key=${emulator.gateways.waha.credentials.apiKey}`)
  await new Promise((resolve) => socket.addEventListener('open', resolve))
  const closed = new Promise<{ code?: number }>((resolve) => socket.addEventListener('close', resolve))
  await emulator.control.restore(await emulator.control.snapshot())
  expect(await closed).toMatchObject({ code: 1012 })
})

const damaged: readonly (readonly [string, (snapshot: Snapshot) => unknown, RegExp])[] = [
  ['nothing', () => ({}), /^format: /],
  ['a list', () => [], /^(format: |expected a JSON object)/],
  ['another format', (snapshot) => ({ ...snapshot, format: 'moto/1' }), /^format: expected .*wamux-emulator\/1/],
  ['no time', (snapshot) => ({ ...snapshot, now: 'today' }), /^now: /],
  ['no seed', ({ seed: _, ...snapshot }) => snapshot, /^seed: /],
  ['half of the state', (snapshot) => ({ ...snapshot, state: snapshot.state.slice(0, 500) }), /^state: /],
  ['a number', (snapshot) => ({ ...snapshot, state: '[1]' }), /^state: /],
  [
    'a part of another kind',
    (snapshot) => ({ ...snapshot, state: '[{"network/messages":1},[]]' }),
    /^state: its part network\/messages is damaged/,
  ],
  ['a part that is nothing', (snapshot) => ({ ...snapshot, state: '[{"ids":1},null]' }), /^state: its part ids is damaged/],
]

test.each(damaged)('%s is refused, and all stays as it is', async (_, damage, message) => {
  const { emulator } = await world('waha')
  const before = await emulator.control.snapshot()
  const over = connectControl('http://emulator.invalid', emulator.fetch)
  for (const control of [emulator.control, over]) {
    await expect(control.restore(damage(before) as Snapshot)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(message),
    })
  }
  expect(await emulator.control.snapshot()).toEqual(before)
})

test('a clock that runs goes on, and what fell due meanwhile has happened', async () => {
  const emulator = createEmulator()
  open.push(emulator)
  const { control } = emulator
  await control.pause()
  const sent = await control.message({ from: BEN, to: ME, text: 'Hi' })
  const snapshot = await control.snapshot()
  await control.reset()
  await control.advance(60_000)
  await control.resume()
  const { now } = await control.restore(snapshot)
  expect(now).toBeGreaterThanOrEqual(snapshot.now + 60_000)
  await control.advance(0)
  expect(await control.messages()).toMatchObject([{ id: sent.id, ack: 'READ' }])
})
