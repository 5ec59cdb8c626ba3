import { IdleMap } from '../memory/idle-map.ts'
import type { Clock } from '../time/clock.ts'

// limits repeats to a gateway in trouble: 20 at once, then one every 5 s
const CAPACITY = 100
const COST = 5
const COST_OF_TIMEOUT = 10
const REFILL_PER_SECOND = 1

interface Bucket {
  tokens: number
  at: number
}

// a map for each clock: tests with a clock of their own do not share budgets
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
 * Asks for permission to repeat a request. Repeats to one gateway share a budget, over all its clients in this process.
 *
 * @param clock the clock; each clock has its own budgets
 * @param gateway id and base URL
 * @param timedOut true: the failed attempt timed out, and repeating it costs twice as much
 * @returns false when the budget is used up
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
