/**
 * Whether wamux asks WhatsApp about a number before it sends to it. `never`: it sends to the number as it is given. `check`: it asks once,
 * remembers the answer, and sends to the form of the number that WhatsApp knows. `always`: it asks before each send.
 */
export type ResolveNumbers = 'never' | 'check' | 'always'

/** Options of one call; each replaces the setting of the gateway's configuration. */
export interface CallOptions {
  /** Ends the call early, with `aborted` or, when a message may have been sent already, `unknown_outcome`. */
  readonly signal?: AbortSignal | undefined
  /** Longest duration of the call over all its attempts, ms. 0 and Infinity: no limit. Default: the gateway's `timeoutMs`. */
  readonly timeoutMs?: number | undefined
  /** Attempts in all, the first one included. Default: the gateway's `retry.attempts`. */
  readonly attempts?: number | undefined
  /** Overrides the gateway's `resolveNumbers`, for sends. */
  readonly resolveNumbers?: ResolveNumbers | undefined
}
