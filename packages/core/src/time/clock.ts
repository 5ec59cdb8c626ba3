/** Time as wamux sees it, in milliseconds. Tests and n8n pass their own; nothing else in core or plugins touches global time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once after `ms`, however long that is; with Infinity never. The answer cancels it. */
  after(ms: number, callback: () => void): () => void
}

// timers take what is longer than 2 ** 31 - 1 for nothing, and fire at once
const LONGEST_MS = 2e9

/** The clock of the platform: the single place where core reaches for global time (see docs/decisions/0002). */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    let timer: ReturnType<typeof setTimeout>
    let left = ms
    const wait = () => {
      const part = Math.min(left, LONGEST_MS)
      left -= part
      timer = setTimeout(left > 0 ? wait : callback, part)
    }
    wait()
    return () => clearTimeout(timer)
  },
}
