import { describe, expect, it } from 'vitest'
import { verbIds } from '../packages/core/src/vocabulary/verb-facts.ts'
import { operations as sparkbot } from '../packages/sparkbot/src/generated/operations.ts'
import { operations as waha } from '../packages/waha/src/generated/operations.ts'
import { operations as warest } from '../packages/warest/src/generated/operations.ts'
import { operations as wawp } from '../packages/wawp/src/generated/operations.ts'
import { read } from './workspace.ts'

const all = (table: typeof waha) => Object.values(table.operations)
const count = (table: typeof waha) => all(table).length
/** Several actions may be uses of one HTTP operation. */
const httpOperations = (table: typeof waha) => new Set(all(table).map(({ id, variantOf }) => variantOf ?? id)).size
const twins = (table: typeof waha) => all(table).flatMap(({ alternateMethods = [] }) => alternateMethods).length
const inferred = (table: typeof waha) => all(table).filter(({ evidence }) => evidence === 'inferred').length

/** Sentences of pages that state a number, and the numbers that the tables have. */
const CLAIMS: readonly (readonly [page: string, sentence: RegExp, numbers: readonly number[]])[] = [
  ['README.md', /^(\d+) verbs:/m, [verbIds().length]],
  ['apps/cli/README.md', /an operation of one gateway, all (\d+) of them/, [count(waha)]],
  ['apps/n8n/README.md', /^\| WAHA .*\| +(\d+) \|/m, [count(waha)]],
  ['apps/n8n/README.md', /^\| Wawp .*\| +(\d+) \|/m, [count(wawp)]],
  ['apps/n8n/README.md', /^\| WARest .*\| +(\d+) \|/m, [count(warest)]],
  ['apps/n8n/README.md', /^\| SparkBot .*\| +(\d+) \|/m, [count(sparkbot)]],
  ['docs/gateways/sparkbot.md', /of (\d+) actions/, [count(sparkbot)]],
  ['docs/gateways/wawp.md', /of the (\d+) operations (\d+) are `inferred`/, [count(wawp), inferred(wawp)]],
  ['packages/sparkbot/README.md', /(\d+) actions over (\d+) operations/, [count(sparkbot), httpOperations(sparkbot)]],
  ['packages/waha/README.md', /all (\d+) operations/, [count(waha)]],
  ['packages/warest/README.md', /all (\d+) operations/, [count(warest)]],
  ['packages/wawp/README.md', /(\d+) operations \((\d+) with their GET twins\)/, [count(wawp), count(wawp) + twins(wawp)]],
  ['packages/wawp/README.md', /^- (\d+) operations are `inferred`/m, [inferred(wawp)]],
]

describe('the numbers on pages', () => {
  it.each(CLAIMS)('%s: %s', (page, sentence, numbers) => {
    expect(sentence.exec(read(page))?.slice(1).map(Number)).toEqual(numbers)
  })
})
