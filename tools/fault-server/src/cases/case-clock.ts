import type { Clock } from '@wamux/core'

/** A deadline no pause is as long as. */
export const DEADLINE_MS = 30_000

/** Time of one bench: pauses pass at once, the deadline when it is told to. */
export interface CaseClock extends Clock {
  /** The deadline is over. */
  expire(): void
  /** A long time goes by, in which the budget for repeats fills up. */
  refresh(): void
}

/** Makes the time of one bench, so that nothing has to be waited for and a busy machine changes nothing. */
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
