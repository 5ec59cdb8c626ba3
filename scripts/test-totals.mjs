// Adds up what vitest left in .test-results/ of the root and of every package.
//
//   node scripts/test-totals.mjs                       the total in one line
//   node scripts/test-totals.mjs --failed-steps=1 log  for .ci/run: adds failed steps and the {"suite": …} lines of a log,
//                                                      and ends with "N passed, N failed"

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const total = { passed: 0, failed: 0, skipped: 0, suites: 0 }

/** What a report tells first; the whole stands where the test ran. @param {string} [message] */
function firstLine(message = '') {
  return (stripVTControlCharacters(message).split('\n')[0] ?? '').slice(0, 200)
}

/** @param {{ suite: string, passed: number, failed: number, skipped?: number }} result */
function add(result) {
  total.suites += 1
  total.passed += result.passed
  total.failed += result.failed
  total.skipped += result.skipped ?? 0
  if (result.failed > 0) console.log(`${result.suite}: ${result.failed} of ${result.passed + result.failed} failed`)
  if (result.skipped) console.log(`${result.suite}: ${result.skipped} skipped`)
}

const groups = ['packages', 'apps', 'tools'].filter((group) => existsSync(join(root, group)))
for (const folder of ['.', 'examples', ...groups.flatMap((group) => readdirSync(join(root, group)).map((name) => join(group, name)))]) {
  const manifest = join(root, folder, 'package.json')
  if (!existsSync(manifest)) continue
  const { name, scripts } = JSON.parse(readFileSync(manifest, 'utf8'))
  // the long suites count where they ran, in .ci/run
  if ((scripts?.['repo:test:long'] ?? scripts?.['test:long'])?.startsWith('vitest') && process.argv.length > 2)
    addResults(`${name} (long)`, join(folder, '.test-results', 'long.json'))
  if ((scripts?.['repo:test'] ?? scripts?.test)?.startsWith('vitest')) addResults(name, join(folder, '.test-results', 'vitest.json'))
}

/** @param {string} name @param {string} path */
function addResults(name, path) {
  const file = join(root, path)
  if (existsSync(file)) {
    const result = JSON.parse(readFileSync(file, 'utf8'))
    const skipped = result.numPendingTests + (result.numTodoTests ?? 0)
    // a file that cannot be loaded, or whose hooks failed, has no failed test, so it would not count as a failure
    const broken = result.testResults.filter(
      (/** @type {any} */ one) =>
        one.status === 'failed' && one.assertionResults.every((/** @type {any} */ { status }) => status !== 'failed'),
    )
    add({ suite: name, passed: result.numPassedTests, failed: result.numFailedTests + broken.length, skipped })
    for (const { name: source, assertionResults, message } of result.testResults) {
      const where = relative(root, source)
      if (message) console.log(`  ${where}: ${firstLine(message)}`)
      for (const { status, fullName, failureMessages } of assertionResults)
        if (status === 'failed') console.log(`  ${where}: ${fullName}: ${firstLine(failureMessages[0])}`)
        else if (failureMessages.length > 0)
          console.log(`  ${where}: ${fullName}: passed when repeated, after ${firstLine(failureMessages[0])}`)
    }
  } else {
    console.log(`${name}: has no ${path}, so its tests did not run`)
    total.failed += 1
  }
}

const [failedSteps, log] = process.argv.slice(2)
if (failedSteps === undefined) {
  console.log(`Tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped in ${total.suites} suites`)
} else {
  total.failed += Number(failedSteps.replace('--failed-steps=', ''))
  const lines = log !== undefined && existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []
  for (const line of lines) if (line.startsWith('{"suite":')) add(JSON.parse(line))
  if (total.passed === 0) {
    console.log('no test ran')
    total.failed += 1
  }
  console.log(`${total.passed} passed, ${total.failed} failed`)
}
process.exitCode = total.failed > 0 ? 1 : 0
