/** Time as wamux sees it, in milliseconds. Tests and n8n pass their own; nothing else in core or plugins touches global time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Calls back once after `ms`; the answer cancels it. */
  after(ms: number, callback: () => void): () => void
}

/** The clock of the platform: the single place where core reaches for global time (see docs/decisions/0002). */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, callback) {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
}
