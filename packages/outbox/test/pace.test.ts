import { describe, expect, it } from 'vitest'
import { createMemoryStore, createOutbox, guessZones, type Pace } from '../src/index.ts'
import { checkPace, Pacer } from '../src/pace/pace.ts'
import { quietHours } from '../src/pace/quiet-hours.ts'
import { message, openScene } from './scene.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 1)

/** Sends as soon as the pace allows, for so many days: when each message was begun. */
function simulate(pace: Pace, days: number, isNew: (index: number) => boolean, random = () => 0.5): { at: number; newChat: boolean }[] {
  const pacer = new Pacer(pace, random, [], undefined)
  const sends: { at: number; newChat: boolean }[] = []
  for (let now = START; ; ) {
    const newChat = isNew(sends.length)
    now = Math.max(now, pacer.earliest(now, newChat))
    if (now >= START + days * DAY) return sends
    pacer.begun(now, newChat)
    sends.push({ at: now, newChat })
  }
}

/** The most sends in any window. */
function mostIn(sends: readonly { at: number }[], windowMs: number): number {
  return sends.reduce((most, { at }, index) => Math.max(most, sends.slice(index).filter((one) => one.at < at + windowMs).length), 0)
}

describe('a pace', () => {
  it('keeps its limits exactly in any hour and any day, and uses them up', () => {
    const pace = { intervalMs: 1_000, perHour: 30, perDay: 100, newChatsPerHour: 5, newChatsPerDay: 20 }
    const sends = simulate(pace, 3, (index) => index % 4 === 0)
    const toNew = sends.filter(({ newChat }) => newChat)
    expect([mostIn(sends, HOUR), mostIn(toNew, HOUR), mostIn(toNew, DAY)]).toEqual([20, 5, 20])
    const known = simulate(pace, 3, () => false)
    expect([mostIn(known, HOUR), mostIn(known, DAY), known.length]).toEqual([30, 100, 300])
  })

  it('varies its pauses within the jitter', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    }
    const sends = simulate({ intervalMs: 10_000, jitter: 0.4, perHour: 1e6, perDay: 1e6 }, 0.05, () => false, random)
    const pauses = sends.slice(1).map(({ at }, index) => at - (sends[index]?.at ?? 0))
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(6_000)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(14_000)
    expect(new Set(pauses).size).toBeGreaterThan(pauses.length * 0.9)
  })

  it('grows day by day while it warms up', () => {
    const sends = simulate({ intervalMs: 0, perHour: 1e6, perDay: 40, warmUp: { perDay: 10, growth: 2 } }, 4, () => false)
    const perDay = [0, 1, 2, 3].map((day) => sends.filter(({ at }) => Math.floor((at - START) / DAY) === day).length)
    expect(perDay).toEqual([10, 20, 40, 40])
  })

  it('waits no longer than its pause when the clock jumps back', () => {
    const pacer = new Pacer({ intervalMs: 8_000, perHour: 10 }, () => 0.5, [{ at: START + 5 * DAY, newChat: false }], START)
    expect(pacer.earliest(START, false)).toBe(START + 8_000)
  })

  it.each([
    ['pace.perHour', { perHour: -1 }],
    ['pace.intervalMs', { intervalMs: Number.NaN }],
    ['pace.jitter', { jitter: 2 }],
    ['pace.warmUp.perDay', { warmUp: { perDay: 0 } }],
    ['pace.warmUp.growth', { warmUp: { perDay: 1, growth: 0.5 } }],
    ['pace.failures', { failures: { of: 0, atMost: 0 } }],
  ])('refuses a wrong %s', (field, pace) => {
    expect(() => checkPace(pace)).toThrow(expect.objectContaining({ kind: 'invalid_request', field }))
  })
})

describe('quiet hours', () => {
  const at = (time: string) => Date.parse(`2026-01-10T${time}:00Z`)
  const quiet = quietHours({ from: '21:00', to: '08:00' })
  it.each([
    // Berlin is an hour ahead of UTC in winter
    ['+4915112345678', '19:59', undefined],
    ['+4915112345678', '20:00', '07:00'],
    ['+4915112345678', '06:59', '07:00'],
    ['+4915112345678', '07:00', undefined],
    // New York is asleep at 02:00 UTC, Hawaii wakes up at 18:00 UTC
    ['+12025550101', '02:00', '18:00'],
    ['+12025550101', '18:00', undefined],
    // a group has no country
    ['120363025246125016@g.us', '20:59', undefined],
    ['120363025246125016@g.us', '21:00', '08:00'],
  ])('of %s at %s UTC end at %s', async (to, now, end) => {
    const until = await quiet(to, at(now))
    expect(until === undefined ? until : new Date(until).toISOString().slice(11, 16)).toBe(end)
  })

  it('end at the right minute when clocks change', async () => {
    // on 2026-03-29 the clocks of Berlin go from 02:00 to 03:00
    const first = await quiet('+4915112345678', Date.parse('2026-03-28T22:00:00Z'))
    // the first answer is an hour late and the message is looked at then: it is not quiet any more
    expect(first).toBe(Date.parse('2026-03-29T07:00:00Z'))
    expect(await quiet('+4915112345678', first ?? 0)).toBeUndefined()
  })

  it.each([
    ['pace.quietHours.from', { from: '25:00', to: '08:00' }],
    ['pace.quietHours.to', { from: '21:00', to: '8' }],
    ['pace.quietHours.fallbackZone', { from: '21:00', to: '08:00', fallbackZone: 'Mars/Base' }],
  ])('refuse a wrong %s', (field, value) => {
    expect(() => quietHours(value)).toThrow(expect.objectContaining({ kind: 'invalid_request', field }))
  })

  it('guess the country of a number', async () => {
    expect(await guessZones('+41791234567')).toEqual({ country: 'CH', zones: ['Europe/Zurich'] })
    expect(await guessZones('15551234567890@lid')).toEqual({ zones: [] })
  })

  it('hold a message back until they are over, and let others pass', async () => {
    // the virtual clock begins at midnight UTC
    const { outbox, arrived, clock } = await openScene({
      pace: { intervalMs: 0, quietHours: { from: '21:00', to: '08:00' } },
      pollMs: 300_000,
    })
    await outbox.add([message(0, { to: '+4915112345678' }), message(1, { to: '+818012345678' })])
    const end = new AbortController()
    const run = outbox.run(end.signal)
    await clock.advance(HOUR)
    expect(await arrived()).toEqual(['Hello 1'])
    await clock.advance(6 * HOUR)
    expect(await arrived()).toEqual(['Hello 1', 'Hello 0'])
    end.abort()
    await run
  })
})

it('a wrong pace is refused when the outbox is made', async () => {
  const { gateway } = await openScene()
  const options = { gateway, session: 'shop', store: createMemoryStore() }
  expect(() => createOutbox({ ...options, pace: { quietHours: { from: '9', to: '8' } } })).toThrow(/quietHours.from/)
  expect(() => createOutbox({ ...options, resend: 'ask' })).toThrow(/ask/)
})
