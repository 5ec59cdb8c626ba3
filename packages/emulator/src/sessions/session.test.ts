import { expect, test } from 'vitest'
import { defaultTimings } from '../clock/timings.ts'
import type { VirtualClock } from '../clock/virtual-clock.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createMemory } from '../memory/memory.ts'
import { createPeople } from '../network/people/people.ts'
import { createState } from '../state.ts'
import type { AfterUnlink, Session } from './session.ts'

const ACCOUNT = createPeople(createMemory(), () => {}).account('12025550100')

function create(clock: VirtualClock, afterUnlink: AfterUnlink, timings = defaultTimings): Session {
  const state = createState({ seed: 1, clock, timings, origin: () => '', deliver: undefined, fetchFile: undefined })
  return state.sessions('waha').create({ id: 'default', afterUnlink })
}

function setUp(afterUnlink: AfterUnlink = 'fail') {
  const clock = createVirtualClock()
  const session = create(clock, afterUnlink)
  const phases: string[] = []
  session.onChange(() => phases.push(session.phase))
  return { clock, session, phases }
}

async function connected(afterUnlink?: AfterUnlink) {
  const parts = setUp(afterUnlink)
  parts.session.start()
  await parts.clock.advance(50)
  parts.session.link(ACCOUNT)
  await parts.clock.advance(50)
  parts.phases.length = 0
  return parts
}

test('from created to connected', async () => {
  const { clock, session, phases } = setUp()
  expect(session.phase).toBe('stopped')
  expect(session.start()).toBe(true)
  expect(session.start()).toBe(false)
  await clock.advance(50)
  expect(session.link(ACCOUNT)).toBe(true)
  expect(session.link(ACCOUNT)).toBe(false)
  await clock.advance(50)
  expect(phases).toEqual(['starting', 'pairing', 'connecting', 'connected'])
  expect(session.account).toBe(ACCOUNT)
  expect(session.connectedAt).toBe(clock.now())
})

test('a QR code lives for its time, then another takes its place', async () => {
  const { clock, session } = setUp()
  expect(session.qr).toBeUndefined()
  session.start()
  await clock.advance(50)
  const first = session.qr
  expect(first?.value).toMatch(/^2@[\w+/]{88}(,[\w+/]{43}=){3}$/)
  expect(first?.expiresInMs).toBe(20_000)
  await clock.advance(19_999)
  expect(session.qr).toEqual({ value: first?.value, expiresInMs: 1 })
  await clock.advance(1)
  expect(session.qr?.value).not.toBe(first?.value)
  expect(session.qr?.expiresInMs).toBe(20_000)
  expect(session.phase).toBe('pairing')
})

test('a pairing code ends with its time or with the pairing', async () => {
  const { clock, session } = setUp()
  expect(session.requestCode('12025550100')).toBeUndefined()
  session.start()
  await clock.advance(50)
  const code = session.requestCode('12025550100')
  expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(session.codePhone).toBe('12025550100')
  await clock.advance(180_000)
  expect(session.code).toBeUndefined()
  expect(session.requestCode('12025550100')).not.toBe(code)
  session.stop()
  expect(session.code).toBeUndefined()
})

test('stop keeps the pairing: start connects without a QR code', async () => {
  const { clock, session, phases } = await connected()
  session.stop()
  expect(session.account).toBe(ACCOUNT)
  session.start()
  await clock.advance(100)
  expect(phases).toEqual(['stopped', 'starting', 'connecting', 'connected'])
})

test('stop ends what was under way', async () => {
  const { clock, session, phases } = setUp()
  session.start()
  session.stop()
  await clock.advance(1_000)
  expect(phases).toEqual(['starting', 'stopped'])
})

test('unpair forgets the phone: start shows a new QR code', async () => {
  const { clock, session } = setUp()
  session.start()
  await clock.advance(50)
  const before = session.qr?.value
  session.link(ACCOUNT)
  await clock.advance(50)
  session.unpair()
  session.start()
  await clock.advance(50)
  expect(session.phase).toBe('pairing')
  expect(session.qr?.value).not.toBe(before)
  expect(session.account).toBeUndefined()
  expect(session.lastAccount).toBe(ACCOUNT)
})

test('unlinked on the phone: one kind of gateway fails until it is unpaired', async () => {
  const { clock, session, phases } = await connected('fail')
  expect(session.unlink()).toBe(true)
  expect(session.unlink()).toBe(false)
  session.restart()
  await clock.advance(100)
  expect(phases).toEqual(['failed', 'stopped', 'starting', 'connecting', 'failed'])
  session.unpair()
  session.start()
  await clock.advance(50)
  expect(session.phase).toBe('pairing')
})

test('unlinked on the phone: another kind pairs again at once', async () => {
  const { clock, session } = await connected('pair-again')
  session.unlink()
  await clock.advance(50)
  expect(session.phase).toBe('pairing')
})

test('settled waits while it changes by itself, and no longer', async () => {
  const { clock, session } = setUp()
  await session.settled()
  session.start()
  let phase = ''
  void session.settled().then(() => {
    phase = session.phase
  })
  await clock.advance(49)
  expect(phase).toBe('')
  await clock.advance(1)
  expect(phase).toBe('pairing')
  await session.settled()
})

test('without delays everything happens at once', () => {
  const timings = { ...defaultTimings, starting: 0, connecting: 0 }
  const clock = createVirtualClock()
  const session = create(clock, 'fail', timings)
  session.start()
  expect(session.phase).toBe('pairing')
  session.link(ACCOUNT)
  expect(session.phase).toBe('connected')
})
