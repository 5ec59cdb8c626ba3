/** The command line or the configuration is wrong. Nothing was sent. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError'
  /** What to type instead. */
  readonly hint: string | undefined

  constructor(message: string, hint?: string) {
    super(message)
    this.hint = hint
  }

  /** Plain data for `--json`. */
  toJSON(): Record<string, unknown> {
    const { name, message, hint } = this
    return { name, kind: 'usage', message, ...(hint ? { hint } : {}), retryable: false, reached: 'no' }
  }
}
