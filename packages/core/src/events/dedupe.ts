import { GatewayError } from '../errors/gateway-error.ts'
import { type Clock, systemClock } from '../time/clock.ts'

/** Remembers which events were handled. With several servers it has to be shared, and `claim` has to be atomic (`SET key NX PX ttl`). */
export interface DedupeStore {
  /** True for a key that was not there; it is from now on. @param ttlMs how long to remember it, ms */
  claim(key: string, ttlMs: number): boolean | Promise<boolean>
  /** Forgets a key: handling it failed, so that the gateway's next try has to get through. */
  release(key: string): void | Promise<void>
}

/**
 * Remembers in memory.
 *
 * @param options `size`: how many keys, the oldest go first; default 10 000
 */
export function memoryDedupe({ size = 10_000, clock = systemClock }: { size?: number; clock?: Clock } = {}): DedupeStore {
  if (!(size >= 1)) throw new GatewayError('size: expected a whole number from 1 on', { kind: 'config', field: 'size' })
  const until = new Map<string, number>()
  return {
    claim(key, ttlMs) {
      const now = clock.now()
      if ((until.get(key) ?? 0) > now) return false
      // put at the end again: a map keeps the order of insertion
      until.delete(key)
      until.set(key, now + ttlMs)
      const [oldest] = until.keys()
      if (until.size > size && oldest !== undefined) until.delete(oldest)
      return true
    },
    release(key) {
      until.delete(key)
    },
  }
}
