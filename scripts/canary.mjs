// Searches everything that a test run wrote for the canary secrets that the tests use as credentials: test results, fixtures, and the
// logs that are named. Plain, URL-encoded or double-encoded: there must be none.
//
//   node scripts/canary.mjs [--root=folder] [log...]
//
// Ends with a line that scripts/test-totals.mjs adds up: {"suite":"canary","passed":files without one,"failed":files with one}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

// of the fault and conformance suites, and of core's own tests
const CANARIES = ['c4n4ry', 'canary-7f3e', 'hook-canary']
const SEARCHED = new Set(['.test-results', 'fixtures'])
const SKIPPED = new Set(['node_modules', '.git', '.turbo', 'dist'])

const args = process.argv.slice(2)
const root = args.find((arg) => arg.startsWith('--root='))?.slice('--root='.length) ?? dirname(dirname(fileURLToPath(import.meta.url)))
const logs = args.filter((arg) => !arg.startsWith('--'))

const pattern = new RegExp(CANARIES.map((canary) => [...canary].map(anyWriting).join('')).join('|'), 'gi')

/** A character as it is, or percent-encoded any number of times. @param {string} character */
function anyWriting(character) {
  return `(?:${character}|%(?:25)*${character.charCodeAt(0).toString(16)})`
}

/** @param {string} folder @param {boolean} inside a folder whose files are searched @returns {string[]} */
function filesIn(folder, inside) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : filesIn(path, inside || SEARCHED.has(entry.name))
    return inside && entry.isFile() ? [path] : []
  })
}

let passed = 0
let failed = 0
for (const file of [...filesIn(root, false), ...logs]) {
  if (!existsSync(file)) {
    console.log(`${file}: is not there to be searched`)
    failed += 1
    continue
  }
  const text = readFileSync(file, 'latin1')
  const hits = [...text.matchAll(pattern)]
  if (hits.length === 0) passed += 1
  else failed += 1
  const lines = hits.slice(0, 5).map(({ index }) => text.slice(0, index).split('\n').length)
  // where, and not what
  if (hits.length > 0) console.log(`${relative(root, file)}: ${hits.length} times a secret, first in line ${lines.join(', ')}`)
}
if (passed + failed === 0) {
  console.log('there is nothing to search: run the tests first')
  failed += 1
}
console.log(JSON.stringify({ suite: 'canary', passed, failed }))
process.exitCode = failed > 0 ? 1 : 0
