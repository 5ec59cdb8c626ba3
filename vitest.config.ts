import { defineConfig } from 'vitest/config'
import { retry } from './vitest.project.ts'

/** Tests of the repository itself; each package has its own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    reporters: ['default', ['json', { outputFile: '.test-results/vitest.json' }]],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    retry,
    // the sources of the whole workspace are read once for all test files
    isolate: false,
  },
})
