import { GatewayError } from '../errors/gateway-error.ts'
import { type Clock, systemClock } from '../time/clock.ts'

/**
 * What a claim found. `claimed`: nobody had the key, the caller handles the event now. `busy`: somebody handles it right now, and may still
 * fail. `done`: it was handled.
 */
export type DedupeClaim = 'claimed' | 'busy' | 'done'

/**
 * Remembers which events were handled. A key is free, claimed or done: whoever claims a free key handles the event, and then says `done`, or
 * `release` when that failed. With several servers the store has to be shared, and `claim` has to be atomic (Redis: `SET key claimed NX PX
 * leaseMs`, and a `GET` when that sets nothing).
 */
export interface DedupeStore {
  /** Claims a free key. @param leaseMs how long the claim holds, ms: after that the key is free again, so that an event is not lost with the process that handled it */
  claim(key: string, leaseMs: number): DedupeClaim | Promise<DedupeClaim>
  /** The event was handled. @param ttlMs how long to remember that, ms */
  done(key: string, ttlMs: number): void | Promise<void>
  /** Handling failed: the key is free again, so that the gateway's next try gets through. */
  release(key: string): void | Promise<void>
}

/**
 * Remembers in memory.
 *
 * @param options `size`: how many keys, the oldest go first; default 10 000
 */
export function memoryDedupe({ size = 10_000, clock = systemClock }: { size?: number; clock?: Clock } = {}): DedupeStore {
  if (!(size >= 1)) throw new GatewayError('size: expected a whole number from 1 on', { kind: 'config', field: 'size' })
  const entries = new Map<string, { readonly until: number; readonly state: 'busy' | 'done' }>()
  const set = (key: string, state: 'busy' | 'done', forMs: number) => {
    // put at the end again: a map keeps the order of insertion
    entries.delete(key)
    entries.set(key, { until: clock.now() + forMs, state })
    const [oldest] = entries.keys()
    if (entries.size > size && oldest !== undefined) entries.delete(oldest)
  }
  return {
    claim(key, leaseMs) {
      const entry = entries.get(key)
      if (entry && entry.until > clock.now()) return entry.state
      set(key, 'busy', leaseMs)
      return 'claimed'
    },
    done(key, ttlMs) {
      set(key, 'done', ttlMs)
    },
    release(key) {
      entries.delete(key)
    },
  }
}
