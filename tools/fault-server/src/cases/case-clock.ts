import type { Clock } from '@wamux/core'

/** A deadline that is longer than any pause between tries. */
export const DEADLINE_MS = 30_000

/** The clock of one bench: pauses end at once, the deadline ends when the test says so. */
export interface CaseClock extends Clock {
  /** Ends the deadline. */
  expire(): void
  /** Lets a long time pass, in which the retry budget fills up again. */
  refresh(): void
}

/** Makes the clock of one bench: no test waits, and a busy machine changes no result. */
export function createCaseClock(): CaseClock {
  let now = 1_700_000_000_000
  const deadlines = new Set<() => void>()
  return {
    now: () => now,
    after(ms, callback) {
      if (ms === DEADLINE_MS) {
        deadlines.add(callback)
        return () => deadlines.delete(callback)
      }
      const pause = setImmediate(() => {
        now += ms
        callback()
      })
      return () => clearImmediate(pause)
    },
    expire() {
      for (const end of deadlines) end()
    },
    refresh() {
      deadlines.clear()
      now += 1_000_000
    },
  }
}
