/** Options of one call; each replaces the setting of the gateway's configuration. */
export interface CallOptions {
  /** Ends the call early, with `aborted` or, when a message may have been sent already, `unknown_outcome`. */
  readonly signal?: AbortSignal | undefined
  /** Longest duration of the call over all its attempts, ms. 0 and Infinity: no limit. Default: the gateway's `timeoutMs`. */
  readonly timeoutMs?: number | undefined
  /** Attempts in all, the first one included. Default: the gateway's `retry.attempts`. */
  readonly attempts?: number | undefined
}
