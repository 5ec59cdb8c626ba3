/** The functions of a test runner that the suite needs: Vitest's and Jest's fit as they are, `node:test` with an `expect` of three lines. */
export interface Runner {
  /** Groups tests. */
  readonly describe: (name: string, body: () => void) => unknown
  /** Registers a test. */
  readonly it: (name: string, body: () => Promise<void>) => unknown
  /** Compares two values. */
  readonly expect: (actual: unknown) => { toEqual(expected: unknown): unknown }
}

/** Compares two values; the failure message names what was compared, what came, and what was expected. */
export type Check = (what: string, actual: unknown, expected: unknown) => void

/** Longest text of a value in a failure message; the runner's own difference shows all of it. */
const LONGEST_VALUE = 400

/**
 * Makes the comparison of a suite.
 *
 * @param advice what the author of a plugin can do when one fails
 */
export function checkWith({ expect }: Pick<Runner, 'expect'>, advice?: string): Check {
  return (what, actual, expected) => {
    try {
      expect({ [what]: actual }).toEqual({ [what]: expected })
    } catch (error) {
      // runners shorten nested values to {…}, and the difference is then nowhere in the first line
      if (error instanceof Error) {
        error.message = `${what}: came ${written(actual)}, expected ${written(expected)}${advice === undefined ? '' : `\n${advice}`}`
      }
      throw error
    }
  }
}

function written(value: unknown): string {
  const text = typeof value === 'bigint' || value === undefined ? String(value) : (JSON.stringify(value, sets) ?? String(value))
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

function sets(_name: string, value: unknown): unknown {
  return value instanceof Set ? [...value] : value
}

/** A runner that leaves out groups without a test: a gateway that lacks all verbs of a group has nothing to show there. */
export function withoutEmptyGroups(runner: Runner): Runner {
  let open: (() => void)[] | undefined
  const add = (register: () => void) => (open === undefined ? register() : open.push(register))
  return {
    expect: runner.expect,
    it: (name, body) => add(() => void runner.it(name, body)),
    describe(name, body) {
      const around = open
      const own: (() => void)[] = []
      open = own
      try {
        body()
      } finally {
        open = around
      }
      if (own.length === 0) return
      add(
        () =>
          void runner.describe(name, () => {
            for (const register of own) register()
          }),
      )
    },
  }
}
