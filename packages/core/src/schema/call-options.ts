/**
 * Whether a number is asked for at WhatsApp before something is sent to it. `never`: it is sent to the number as it is given. `check`: it is
 * checked first and the answer is remembered, then the message goes to the form that WhatsApp knows. `always`: it is checked before each send.
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
