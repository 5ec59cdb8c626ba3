import { createVirtualClock, type VirtualClock } from '../clock/virtual-clock.ts'
import type { EmulatorControl } from '../control/control.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts'
import type { Scenario } from '../scenario/types.ts'

/** Options of {@link emulatorFixtures}: those of `createEmulator`, with a virtual clock unless another is given. */
export interface EmulatorFixtureOptions extends EmulatorOptions {
  /** What each test begins with: the text of a YAML file, or the scenario itself. Default: nothing. */
  readonly scenario?: string | Scenario
}

/** What a test gets that asks for it. */
export interface EmulatorFixtureValues {
  /** An emulator of this test alone; it is closed after the test. */
  readonly emulator: Emulator
  /** Its clock, which stands still until the test advances it. */
  readonly emulatorClock: VirtualClock
  /** Its phones, faults and time. */
  readonly phones: EmulatorControl
}

type Use<Value> = (value: Value) => Promise<void>

/** Fixtures for `test.extend`. */
export interface EmulatorFixtures {
  /** A virtual clock for each test. */
  emulatorClock(context: object, use: Use<VirtualClock>): Promise<void>
  /** An emulator for each test, closed after it. */
  emulator(context: { readonly emulatorClock: VirtualClock }, use: Use<Emulator>): Promise<void>
  /** The control of that emulator. */
  phones(context: { readonly emulator: Emulator }, use: Use<EmulatorControl>): Promise<void>
}

/**
 * Fixtures for Vitest's `test.extend`: each test that asks for one gets an emulator and a virtual clock of its own, so tests may run at the
 * same time.
 *
 * @example
 * import { test as base } from 'vitest'
 * import { emulatorFixtures } from '@wamux/emulator/vitest'
 *
 * const test = base.extend(emulatorFixtures())
 *
 * test('answers', async ({ emulator, phones }) => {})
 * @param options of the emulator, and a scenario
 */
export function emulatorFixtures({ scenario, ...options }: EmulatorFixtureOptions = {}): EmulatorFixtures {
  return {
    // Vitest reads what a fixture needs out of its first parameter, which must be a pattern
    // biome-ignore lint/correctness/noEmptyPattern: this one needs nothing
    async emulatorClock({}, use) {
      await use(createVirtualClock())
    },

    async emulator({ emulatorClock }, use) {
      const emulator = createEmulator({ clock: emulatorClock, ...options })
      try {
        if (typeof scenario === 'string') await emulator.control.scenario({ yaml: scenario })
        else if (scenario) await emulator.control.scenario({ scenario })
        await use(emulator)
      } finally {
        emulator.close()
      }
    },

    async phones({ emulator }, use) {
      await use(emulator.control)
    },
  }
}
