import { expect, it } from 'vitest'
import { LAMP, sourceOf } from '../testing/documents.ts'
import { printNativeVerbs } from './native-verbs.ts'
import { buildTable } from './table.ts'

it('names the verb of every operation and variant that has one, and no other', () => {
  const table = buildTable(sourceOf(LAMP))
  const marked = [...LAMP.matchAll(/x-wamux-capability: (\S+)/g)].map((match) => match[1])
  const printed = printNativeVerbs(table, '// marker')
  expect(marked.length).toBeGreaterThan(1)
  expect([...printed.matchAll(/^ {2}'(\S+)': 'native',$/gm)].map((match) => match[1]).sort()).toEqual(marked.sort())
  expect(printed.split('\n').slice(0, 4)).toEqual([
    '// marker',
    `import type { VerbId } from '@wamux/core'`,
    '',
    `export const nativeVerbs: Readonly<Partial<Record<VerbId, 'native'>>> = {`,
  ])
})

it('is an empty table for a document without verbs', () => {
  expect(printNativeVerbs({ resources: [], operations: {} }, '// marker')).toContain('= {\n}\n')
})
