import type { Clock } from '@wamux/core'

/** A clock that stands still until it is told to go on. */
export interface VirtualClock extends Clock {
  /**
   * Lets `ms` pass: fires what falls due in its order, and gives requests under way a turn before and after each.
   * Await it; calls made meanwhile take their turn one after the other.
   */
  advance(ms: number): Promise<void>
}

interface Timer {
  readonly at: number
  readonly callback: () => void
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
  const timers = new Set<Timer>()

  async function advance(ms: number): Promise<void> {
    const end = now + ms
    await turn()
    for (let timer = nextTimer(timers, end); timer; timer = nextTimer(timers, end)) {
      timers.delete(timer)
      now = Math.max(now, timer.at)
      timer.callback()
      await turn()
    }
    now = end
  }

  return {
    now: () => now,
    after(ms, callback) {
      const timer = { at: now + Math.max(0, ms), callback }
      timers.add(timer)
      return () => {
        timers.delete(timer)
      }
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`advance: expected milliseconds, not ${ms}`)
      advancing = advancing.then(() => advance(ms))
      return advancing
    },
  }
}

function nextTimer(timers: ReadonlySet<Timer>, end: number): Timer | undefined {
  let next: Timer | undefined
  for (const timer of timers) if (timer.at <= end && (!next || timer.at < next.at)) next = timer
  return next
}

// requests under way settle in a turn of the event loop; the virtual clock stands still meanwhile
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
