import { GatewayError } from '../errors/gateway-error.ts'
import { keepLatest } from '../memory/keep-latest.ts'
import { type Clock, systemClock } from '../time/clock.ts'

/**
 * The result of a claim. `claimed`: the key was free, and the caller handles the event now. `busy`: another caller handles it now, and
 * may still fail. `done`: it was handled.
 */
export type DedupeClaim = 'claimed' | 'busy' | 'done'

/**
 * Remembers which events were handled. A key is free, claimed or done: a caller that claims a free key handles the event, and then calls
 * `done`, or `release` after a failure. Several servers need a shared store whose `claim` is atomic (Redis: `SET key claimed NX PX
 * leaseMs`, and a `GET` when that sets nothing).
 */
export interface DedupeStore {
  /**
   * Claims a key.
   *
   * @param key of the event: its `dedupeKey`
   * @param leaseMs how long the claim is valid, ms. Then the key is free again, so that an event is not lost when the process that
   *   handled it ends
   */
  claim(key: string, leaseMs: number): DedupeClaim | Promise<DedupeClaim>
  /**
   * Marks an event as handled.
   *
   * @param key of the event
   * @param ttlMs how long to remember it, ms
   */
  done(key: string, ttlMs: number): void | Promise<void>
  /**
   * Frees a key after its event could not be handled, so that the gateway's next delivery is handled.
   *
   * @param key of the event
   */
  release(key: string): void | Promise<void>
}

/**
 * Makes a store in memory, for a single process.
 *
 * @param options `size`: most keys, the oldest are removed first, default 10 000; `clock`: default the system's
 * @returns the store
 * @throws {GatewayError} `config`: `size` is less than 1
 */
export function memoryDedupe({ size = 10_000, clock = systemClock }: { size?: number; clock?: Clock } = {}): DedupeStore {
  if (!(size >= 1)) throw new GatewayError('size: expected a whole number from 1 on', { kind: 'config', field: 'size' })
  const entries = new Map<string, { readonly until: number; readonly state: 'busy' | 'done' }>()
  const set = (key: string, state: 'busy' | 'done', forMs: number) => keepLatest(entries, key, { until: clock.now() + forMs, state }, size)
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
