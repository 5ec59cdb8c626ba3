import { defineConfig, type ViteUserConfig } from 'vitest/config'
import project from './vitest.project.ts'

const { test, ...rest } = project as ViteUserConfig

/** The long suites (`*.long.test.ts`): .ci/run has the time for them, `npm test` has not. */
export default defineConfig({
  ...rest,
  test: {
    ...test,
    include: ['test/**/*.long.test.ts'],
    exclude: ['**/node_modules/**'],
    // some measure memory, or replace global functions
    isolate: true,
    reporters: ['default', ['json', { outputFile: '.test-results/long.json' }]],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
