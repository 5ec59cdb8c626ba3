/** The functions of a test runner that the suite needs: Vitest's and Jest's fit as they are, `node:test` with an `expect` of three lines. */
export interface Runner {
  /** Groups tests. */
  readonly describe: (name: string, body: () => void) => unknown
  /** Registers a test. */
  readonly it: (name: string, body: () => Promise<void>) => unknown
  /** Compares two values. */
  readonly expect: (actual: unknown) => { toEqual(expected: unknown): unknown }
}

/** Compares two values; the failure message names what was compared. */
export type Check = (what: string, actual: unknown, expected: unknown) => void

export function checkWith({ expect }: Pick<Runner, 'expect'>): Check {
  return (what, actual, expected) => {
    expect({ [what]: actual }).toEqual({ [what]: expected })
  }
}
