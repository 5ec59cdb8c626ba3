import type { Clock } from '@wamux/core/transport'
import { expect, it } from 'vitest'
import { Ticker } from './ticker.ts'

function handClock(): Clock & { pending: { ms: number; callback: () => void }[]; fire(): void } {
  const pending: { ms: number; callback: () => void }[] = []
  return {
    pending,
    now: () => 0,
    after(ms, callback) {
      const entry = { ms, callback }
      pending.push(entry)
      return () => void pending.splice(pending.indexOf(entry), 1)
    },
    fire: () => pending.shift()?.callback(),
  }
}

it('has one timer while there is something to watch, and none otherwise', () => {
  const clock = handClock()
  const ticker = new Ticker(clock, [10_000, 0, 30_000])
  const [one, two] = [{ tick: () => {} }, { tick: () => {} }]
  ticker.add(one)
  ticker.add(two)
  expect(clock.pending).toHaveLength(1)
  clock.fire()
  expect(clock.pending).toHaveLength(1)
  ticker.remove(one)
  ticker.remove(two)
  ticker.remove(two)
  expect(clock.pending).toHaveLength(0)
})

it.each([
  [[10_000, 30_000], 1_000, 10_000, 11],
  [[80], 10, 80, 9],
  [[1], 5, 1, 2],
  [[0], 1_000, 0, Number.POSITIVE_INFINITY],
])('for %j it looks every %i ms, and waits for %i ms at least', (timeouts, period, ms, ticks) => {
  const clock = handClock()
  const ticker = new Ticker(clock, timeouts)
  ticker.add({ tick: () => {} })
  expect(clock.pending[0]?.ms).toBe(period)
  expect(ticker.ticks(ms)).toBe(ticks)
})

it('stops when the last entry takes itself away', () => {
  const clock = handClock()
  const ticker = new Ticker(clock, [100])
  const entry = { tick: () => ticker.remove(entry) }
  ticker.add(entry)
  clock.fire()
  expect(clock.pending).toHaveLength(0)
})
