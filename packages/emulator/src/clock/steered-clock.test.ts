import { expect, test } from 'vitest'
import { createSteeredClock } from './steered-clock.ts'

/** A clock whose one wait is ended by hand, at any time. */
function baseClock() {
  let time = 0
  const waits = new Set<() => void>()
  return {
    now: () => time,
    after(_ms: number, callback: () => void) {
      waits.add(callback)
      return () => {
        waits.delete(callback)
      }
    },
    waits,
    wakeAt(now: number) {
      time = now
      for (const callback of [...waits]) {
        waits.delete(callback)
        callback()
      }
    },
  }
}

test('waits for the next timer only, and calls at once all that is due when it wakes late', () => {
  const base = baseClock()
  const clock = createSteeredClock(base)
  const called: string[] = []
  clock.after(30, () => called.push('third'))
  clock.after(10, () => {
    called.push('first')
    // due at once, but not in this turn: it could go on for ever
    clock.after(0, () => called.push('added'))
  })
  clock.after(20, () => called.push('second'))
  clock.after(100, () => called.push('later'))
  expect(base.waits.size).toBe(1)
  base.wakeAt(50)
  expect(called).toEqual(['first', 'second', 'third'])
  base.wakeAt(50)
  expect(called.slice(3)).toEqual(['added'])
  expect(base.waits.size).toBe(1)
})

test('a timer that is cancelled leaves no wait behind, which would keep the process running', () => {
  const base = baseClock()
  const clock = createSteeredClock(base)
  const [one, other] = [clock.after(10, () => {}), clock.after(20, () => {})]
  one()
  expect(base.waits.size).toBe(1)
  other()
  expect(base.waits.size).toBe(0)
})

test('one that stops the clock is the last of its turn; one that throws leaves the others waiting', () => {
  const base = baseClock()
  const clock = createSteeredClock(base)
  const called: string[] = []
  clock.after(1, () => {
    throw new Error('odd')
  })
  clock.after(2, () => clock.pause())
  clock.after(3, () => called.push('third'))
  expect(() => base.wakeAt(5)).toThrow('odd')
  base.wakeAt(6)
  expect([clock.paused, called, base.waits.size]).toEqual([true, [], 0])
  clock.resume()
  base.wakeAt(7)
  expect(called).toEqual(['third'])
})
