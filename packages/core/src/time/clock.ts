/** The source of time for core and plugins. Tests and n8n pass their own; no other code of core or a plugin reads the system's time. */
export interface Clock {
  /**
   * The current time.
   *
   * @returns ms since the epoch
   */
  now(): number
  /**
   * Calls a function once, later.
   *
   * @param ms delay in ms, of any length; with Infinity it is never called
   * @param callback what to call
   * @returns a function that cancels the call
   */
  after(ms: number, callback: () => void): () => void
}

// setTimeout treats a delay of 2 ** 31 ms or more as 1 ms
const LONGEST_MS = 2e9

/**
 * The platform's clock: the only place where core uses the global time.
 *
 * @see docs/decisions/0002
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let timer: ReturnType<typeof setTimeout>
    const wait = (left: number) => {
      timer = left > LONGEST_MS ? setTimeout(wait, LONGEST_MS, left - LONGEST_MS) : setTimeout(callback, left)
    }
    wait(ms)
    return () => clearTimeout(timer)
  },
}
