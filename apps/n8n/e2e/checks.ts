/** Counts what was found. */
export interface Checks {
  passed: number
  failed: number
  /** Does one thing; what it throws is a failure, and the others go on. */
  check(name: string, action: () => Promise<unknown>): Promise<boolean>
}

export function createChecks(): Checks {
  const checks: Checks = {
    passed: 0,
    failed: 0,
    async check(name, action) {
      const started = performance.now()
      const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`
      try {
        const more = await action()
        checks.passed += 1
        console.log(`ok      ${name}${typeof more === 'string' ? `: ${more}` : ''} (${seconds()})`)
        return true
      } catch (error) {
        checks.failed += 1
        console.log(`FAILED  ${name} (${seconds()})\n        ${error instanceof Error ? error.message : String(error)}`)
        return false
      }
    },
  }
  return checks
}

/** @throws Error with the text when it is not so */
export function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}
