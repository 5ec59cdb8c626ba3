/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined
  /** Overrides the gateway's deadline, ms. */
  readonly timeoutMs?: number | undefined
  /** Overrides the gateway's attempts. */
  readonly attempts?: number | undefined
}
