import type { Clock } from '../time/clock.ts'
import { IdleMap } from './idle-map.ts'

// so that a gateway in trouble is not buried under repeats: 20 at once, then one in five seconds for each gateway
const CAPACITY = 100
const COST = 5
const COST_OF_TIMEOUT = 10
const REFILL_PER_SECOND = 1

interface Bucket {
  tokens: number
  at: number
}

// by clock, so that tests with their own time have their own buckets
const buckets = new WeakMap<Clock, IdleMap<Bucket>>()

function bucketsOf(clock: Clock): IdleMap<Bucket> {
  const known =
    buckets.get(clock) ??
    new IdleMap(
      (): Bucket => ({ tokens: CAPACITY, at: clock.now() }),
      (bucket) => refilled(bucket, clock.now()) >= CAPACITY,
    )
  buckets.set(clock, known)
  return known
}

function refilled({ tokens, at }: Bucket, now: number): number {
  return Math.min(CAPACITY, tokens + (Math.max(0, now - at) / 1_000) * REFILL_PER_SECOND)
}

/**
 * Takes a repeat out of a gateway's budget; false when it is used up. One bucket for all clients of the same gateway in this process.
 *
 * @param gateway id and base URL; @param timedOut a repeat after a timeout costs twice
 */
export function takeRepeat(clock: Clock, gateway: string, timedOut: boolean): boolean {
  const now = clock.now()
  const bucket = bucketsOf(clock).get(gateway)
  bucket.tokens = refilled(bucket, now)
  bucket.at = now
  const cost = timedOut ? COST_OF_TIMEOUT : COST
  if (bucket.tokens < cost) return false
  bucket.tokens -= cost
  return true
}
