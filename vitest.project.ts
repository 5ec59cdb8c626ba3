import { defineConfig } from 'vitest/config'

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
    passWithNoTests: false,
    // one process for the test files of a package, which is a fifth less work: none of them may change what another one sees
    isolate: false,
  },
})
