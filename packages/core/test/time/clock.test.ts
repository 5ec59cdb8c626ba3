import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/time/clock.ts'

const LONGEST = 2 ** 31 - 1
const DAY = 86_400_000

describe('the clock of the platform', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it.each([0, 1, 1_000, LONGEST - 1, LONGEST, LONGEST + 1, 30 * DAY, 3 * LONGEST, 10 * LONGEST + 7])(
    'waits for %d ms, neither less nor more',
    (ms) => {
      const called = vi.fn()
      systemClock.after(ms, called)
      vi.advanceTimersByTime(Math.max(0, ms - 1))
      expect(called).toHaveBeenCalledTimes(ms === 0 ? 1 : 0)
      vi.advanceTimersByTime(1)
      expect(called).toHaveBeenCalledTimes(1)
      vi.advanceTimersByTime(2 * LONGEST)
      expect(called).toHaveBeenCalledTimes(1)
    },
  )

  it('never calls back after Infinity', () => {
    const called = vi.fn()
    systemClock.after(Number.POSITIVE_INFINITY, called)
    vi.advanceTimersByTime(1_000 * DAY)
    expect(called).not.toHaveBeenCalled()
  })

  it.each([1_000, 30 * DAY, Number.POSITIVE_INFINITY])('can be called off: %d ms', (ms) => {
    const called = vi.fn()
    const cancel = systemClock.after(ms, called)
    vi.advanceTimersByTime(Math.min(ms - 1, 26 * DAY))
    cancel()
    expect(vi.getTimerCount()).toBe(0)
    vi.advanceTimersByTime(100 * DAY)
    expect(called).not.toHaveBeenCalled()
  })
})
