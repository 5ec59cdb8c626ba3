/**
 * Whether a number is asked for at WhatsApp before something is sent to it. `never`: it is sent to the number as it is given. `check`: it is
 * checked first and the answer is remembered, then the message goes to the form that WhatsApp knows. `always`: it is checked before each send.
 */
export type ResolveNumbers = 'never' | 'check' | 'always'

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Overrides the gateway's deadline, ms. */
  readonly timeoutMs?: number | undefined
  /** Overrides the gateway's attempts. */
  readonly attempts?: number | undefined
  /** Overrides the gateway's `resolveNumbers`, for sends. */
  readonly resolveNumbers?: ResolveNumbers | undefined
}
