import type { Clock } from '@wamux/core'
import { type HeldWork, holdWork } from './held-work.ts'
import { createTimerQueue } from './timer-queue.ts'

/** A clock that stands still until somebody advances it. */
export interface VirtualClock extends Clock {
  /**
   * Lets `ms` pass: fires what falls due in its order, and gives requests under way a turn before and after each.
   * Await it; calls made meanwhile take their turn one after the other.
   */
  advance(ms: number): Promise<void>
  /**
   * Sets the time, forward or back, and fires nothing: what waits goes on waiting as long as before.
   *
   * @param now ms since the epoch
   */
  set(now: number): void
  /** Work that belongs to the present moment: `advance` waits for it before it goes on, at most 100 ms of real time. */
  hold(work: Promise<unknown>): void
}

const START = Date.UTC(2026, 0, 1)

/**
 * Makes a virtual clock.
 *
 * @param start milliseconds since the epoch; default the first of January 2026, UTC
 */
export function createVirtualClock(start: number = START): VirtualClock {
  let now = start
  let advancing: Promise<void> = Promise.resolve()
  const timers = createTimerQueue()
  const held: HeldWork = holdWork()

  async function advance(ms: number): Promise<void> {
    let left = ms
    await held.turn()
    for (let timer = timers.first(); timer && timer.at <= now + left; timer = timers.first()) {
      timers.shift()
      const passed = Math.max(0, timer.at - now)
      now += passed
      left -= passed
      timer.callback()
      await held.turn()
    }
    now += left
  }

  return {
    now: () => now,
    after(ms, callback) {
      const timer = timers.add(now + Math.max(0, ms), callback)
      return () => timers.cancel(timer)
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`advance: expected milliseconds, not ${ms}`)
      advancing = advancing.then(() => advance(ms))
      return advancing
    },
    set(time) {
      if (!Number.isFinite(time)) throw new RangeError(`set: expected milliseconds, not ${time}`)
      timers.move(time - now)
      now = time
    },
    hold: held.hold,
  }
}
