import type { ErrorKind, Reached } from '../errors/gateway-error.ts'
import type { Safety } from '../schema/operations.ts'

/** Why one attempt failed. */
export interface Failure {
  readonly kind: ErrorKind
  /** Whether the gateway got the request. */
  readonly reached: Reached
  /** HTTP status of the response. */
  readonly status?: number
  /** True when the gateway documents that it refuses in this way before it does anything. */
  readonly refused?: boolean
  /** How long the gateway asks to wait, ms. */
  readonly retryAfterMs?: number
}

/** How often and how soon requests are repeated. Only what cannot send a message twice is ever repeated. */
export interface RetryOptions {
  /** Attempts in all, the first included. Default 3; 1 switches repeating off. */
  readonly attempts?: number
  /** Longest pause between two attempts, ms. Default 20 000. A longer Retry-After ends the call instead. */
  readonly maxDelayMs?: number
}

const REPEATABLE_STATUS = new Set([408, 425, 429, 500, 502, 503, 504])
const BASE_DELAY_MS = 200
const THROTTLED_DELAY_MS = 1_000

/**
 * Whether an attempt may be repeated. Decided by what the operation means, never by its HTTP method: a `send`, `create`
 * or `danger` is repeated only when the first one certainly had no effect.
 */
export function mayRepeat(safety: Safety, failure: Failure): boolean {
  if (failure.kind === 'aborted' || failure.kind === 'config' || failure.kind === 'auth') return false
  // a logout that was refused as too frequent may still have begun, so a `danger` is repeated only when it was never sent
  if (safety === 'danger') return failure.reached === 'no' && failure.kind === 'network'
  if (safety === 'send' || safety === 'create') {
    return failure.reached === 'no' ? failure.kind === 'network' : isThrottled(failure)
  }
  if (failure.kind === 'network' || failure.kind === 'timeout') return true
  return failure.status !== undefined && REPEATABLE_STATUS.has(failure.status)
}

// true when the gateway itself limited the rate; a request that WhatsApp limited is not repeated
function isThrottled({ kind, refused, status }: Failure): boolean {
  return kind === 'rate_limited' && refused === true && status === 429
}

/**
 * The kind of error to report. It is `unknown_outcome` when something may have been sent or made: the response was lost, a server error
 * does not say how far it got, or a success cannot be read.
 *
 * @param safety of the operation
 * @param failure why the last attempt failed
 */
export function outcomeKind(safety: Safety, failure: Failure): ErrorKind {
  if (safety === 'read' || safety === 'converge') return failure.kind
  if (failure.reached === 'no' || failure.refused) return failure.kind
  if (failure.reached === 'maybe') return 'unknown_outcome'
  if (safety === 'danger') return failure.kind
  const { status = 0 } = failure
  // 501 Not Implemented: nothing was done
  const undecided =
    failure.kind === 'server' ||
    failure.kind === 'timeout' ||
    (status >= 500 && status !== 501) ||
    (status < 400 && failure.kind === 'bad_response')
  return undecided ? 'unknown_outcome' : failure.kind
}

/**
 * The pause before the next attempt: what the gateway asked for, otherwise a random part of a limit that doubles with each attempt.
 *
 * @param attempt number of the failed attempt, from 1
 * @param failure why it failed
 * @param options limits
 * @param random gives numbers from 0 to 1
 * @returns ms; `undefined` when the gateway asks for more than `maxDelayMs`, and the call is to end
 */
export function retryDelay(attempt: number, failure: Failure, options: RetryOptions, random: () => number): number | undefined {
  const longest = options.maxDelayMs ?? 20_000
  if (failure.retryAfterMs !== undefined) {
    return failure.retryAfterMs > longest ? undefined : failure.retryAfterMs
  }
  const base = failure.kind === 'rate_limited' ? THROTTLED_DELAY_MS : BASE_DELAY_MS
  return Math.round(random() * Math.min(longest, base * 2 ** (attempt - 1)))
}

/**
 * Reads a Retry-After header.
 *
 * @param value seconds, or an HTTP date; `null` without a header
 * @param now ms since the epoch
 * @returns ms from now; `undefined` when there is no readable value
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined
  // a header that was sent twice comes as a list: the longest of them counts
  const seconds = value
    .split(',')
    .map(Number)
    .reduce((one, other) => Math.max(one, other))
  // JSON has no Infinity
  if (Number.isFinite(seconds)) return Math.min(Math.max(0, seconds * 1000), Number.MAX_SAFE_INTEGER)
  // without a time of day, `Date.parse` takes any number for a date
  const date = /\d:\d\d/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}
