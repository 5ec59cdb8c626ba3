/** The result of one check. */
export interface Check {
  /** What was checked: `node`, `plugin waha`, `work: sessions`. */
  readonly check: string
  /** What set up the gateway that the check is about. */
  readonly from?: 'environment' | 'profile'
  readonly status: 'ok' | 'warn' | 'fail' | 'skipped'
  /** One sentence. */
  readonly about: string
  /** What to do about it. */
  readonly next?: string
}

/** Runs a check. When it throws, the result is one failed check with the message of the error. */
export async function runCheck(name: string, run: () => Promise<readonly Check[]>): Promise<readonly Check[]> {
  try {
    return await run()
  } catch (error) {
    const { message, hint } = error as { message?: string; hint?: string }
    return [{ check: name, status: 'fail', about: message ?? String(error), ...(hint ? { next: hint } : {}) }]
  }
}
