import { defineConfig } from 'vitest/config'

/** How every workspace package runs its tests: against source, with a JSON result that .ci/run adds up. */
export default defineConfig({
  resolve: { conditions: ['@wamux/source', 'import', 'module', 'default'] },
  ssr: { resolve: { conditions: ['@wamux/source', 'import', 'module', 'default'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
    testTimeout: 20_000,
    passWithNoTests: false,
    typecheck: { enabled: true, include: ['src/**/*.test-d.ts', 'test/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
  },
})
