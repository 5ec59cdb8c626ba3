import { expect, it } from 'vitest'
import { files, read } from './workspace.ts'

/** Programs that report CPU time and judge nothing by it, and the one place that judges. */
const MEASURE: readonly string[] = [
  'packages/testkit/src/growth.ts',
  'packages/outbox/test/scale/program.ts',
  'packages/node-transport/test/quick-bench.ts',
]

it('measures CPU time in one place: comparisons of one run fail on a busy machine', () => {
  const sources = files.filter((file) => /^(apps|packages|tools|examples)\/.*\.ts$/.test(file) && !file.includes('/generated/'))
  expect(sources.length).toBeGreaterThan(500)
  expect(sources.filter((file) => read(file).includes('process.cpuUsage(') && !MEASURE.includes(file))).toEqual([])
})
