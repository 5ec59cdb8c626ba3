import type { Clock } from '@wamux/core/transport'

/** Something with a deadline; it counts the ticks down itself. */
export interface Timed {
  tick(): void
}

const LONGEST_PERIOD_MS = 1_000
const SHORTEST_PERIOD_MS = 5

/**
 * One timer for all deadlines, which are counted in ticks. When the event loop stalls, only one tick passes, so that a response that
 * arrived meanwhile is still read. A jump of the system's clock ends no request.
 */
export class Ticker {
  readonly #clock: Clock
  readonly #period: number
  readonly #entries: Set<Timed> = new Set()
  #cancel: (() => void) | undefined

  /** @param timeouts the deadlines that will be asked for, ms: the shortest decides how often to look */
  constructor(clock: Clock, timeouts: readonly number[]) {
    this.#clock = clock
    const shortest = Math.min(...timeouts.filter((ms) => ms > 0), LONGEST_PERIOD_MS * 8)
    this.#period = Math.max(SHORTEST_PERIOD_MS, Math.min(LONGEST_PERIOD_MS, Math.ceil(shortest / 8)))
  }

  /** Ticks that take at least `ms`; 0 is for ever. */
  ticks(ms: number): number {
    // one tick more, because the first one may come at once
    return ms > 0 ? Math.ceil(ms / this.#period) + 1 : Number.POSITIVE_INFINITY
  }

  add(entry: Timed): void {
    this.#entries.add(entry)
    this.#cancel ??= this.#clock.after(this.#period, this.#tick)
  }

  remove(entry: Timed): void {
    if (!this.#entries.delete(entry) || this.#entries.size > 0) return
    // a timer left behind would keep the process running
    this.#cancel?.()
    this.#cancel = undefined
  }

  readonly #tick = (): void => {
    this.#cancel = undefined
    for (const entry of this.#entries) entry.tick()
    if (this.#entries.size > 0) this.#cancel ??= this.#clock.after(this.#period, this.#tick)
  }
}
