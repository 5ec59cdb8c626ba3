import { GatewayError } from '../errors/gateway-error.ts'
import { type Clock, systemClock } from '../time/clock.ts'

/**
 * Remembers which events were handled. Several servers need a shared one whose `claim` is atomic, for example Redis with `SET key NX PX
 * ttl`.
 */
export interface DedupeStore {
  /**
   * Reserves a key.
   *
   * @param key of the event: its `dedupeKey`
   * @param ttlMs how long to remember it, ms
   * @returns true when the key was new
   */
  claim(key: string, ttlMs: number): boolean | Promise<boolean>
  /**
   * Forgets a key after its event could not be handled, so that the gateway's next delivery is handled.
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
