import { defineConfig } from 'vitest/config'

/** `.ci/run` repeats a failed test once, and its summary names each one that passed only then: such a test has to be mended. */
export const retry = process.env.WAMUX_REPEAT_FAILED === '1' ? 1 : 0

/**
 * How every workspace package runs its tests: against source, with a JSON result that .ci/run adds up. Type tests (`*.test-d.ts`) are
 * part of the type check, which fails where an expectation or an expected error is missed.
 */
export default defineConfig({
  resolve: { conditions: ['@wamux/source', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['@wamux/source', 'import', 'module', 'default'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
    // a test waits for its event, however busy the machine is; only one that hangs takes this long
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry,
    passWithNoTests: false,
    // one process for the test files of a package, which is a fifth less work: none of them may change what another one sees
    isolate: false,
  },
})
