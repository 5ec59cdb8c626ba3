import { expect, it } from 'vitest'
import { takeRepeat } from './retry-budget.ts'

function clockAt(now: number) {
  return { time: now, now: () => clock.time, after: () => () => undefined }
}
let clock = clockAt(0)

it('allows a burst for each gateway, then what time gives back', () => {
  clock = clockAt(0)
  const taken = () => Array.from({ length: 50 }, () => takeRepeat(clock, 'a', false)).filter(Boolean).length
  expect(taken()).toBe(20)
  expect(taken()).toBe(0)
  expect(takeRepeat(clock, 'b', false)).toBe(true)
  clock.time = 10_000
  expect(taken()).toBe(2)
  clock.time = 10_000_000
  expect(taken()).toBe(20)
})

it('counts a timeout twice', () => {
  clock = clockAt(0)
  expect(Array.from({ length: 50 }, () => takeRepeat(clock, 'a', true)).filter(Boolean)).toHaveLength(10)
})
