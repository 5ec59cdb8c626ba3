import type { HttpMethod, Operation } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { findRequest } from '../src/commands/api/match.ts'
import { plainPath } from '../src/commands/api/plain-path.ts'
import { ownPlugins } from './own-plugins.ts'
import { fewSpellings, growsWithThePath, spellings } from './spelled-paths.ts'

const GATEWAYS = ['waha', 'wawp', 'warest', 'sparkbot'] as const
const tables = new Map(await Promise.all(GATEWAYS.map(async (id) => [id, await ownPlugins.operations(id)] as const)))
const filled = ({ path }: Operation) => path.replace(/\{[^{}]+\}/g, 'thing1')
const dangerous = [...tables].flatMap(([id, { operations }]) =>
  Object.values(operations)
    .filter(({ safety }) => safety === 'danger')
    .map((one) => [id, one.id, one] as const),
)
const numbered = dangerous.map((one, turn) => [...one, turn] as const)

describe('a dangerous operation, however its path is spelled', () => {
  it('has at least 40 spellings, and there are such operations', () => {
    expect(new Set(spellings('/api/sessions/x')).size).toBeGreaterThanOrEqual(40)
    expect(dangerous.length).toBeGreaterThan(70)
  })

  it.each(numbered)('%s %s is found, and asks', (id, _name, operation, turn) => {
    const table = tables.get(id)
    if (!table) throw new Error(id)
    const methods: readonly HttpMethod[] = [operation.method, ...(operation.alternateMethods ?? [])]
    const missed = methods.flatMap((method) =>
      fewSpellings(filled(operation), turn).filter((path) => {
        const { danger, match } = findRequest(table, method, plainPath(path))
        // what is found as no operation asks, too, unless it only reads
        return danger === undefined && (method === 'GET' || match !== undefined)
      }),
    )
    expect(missed).toEqual([])
  })

  it.each(numbered)('%s %s is sent in its plain form', (id, _name, operation, turn) => {
    const table = tables.get(id)
    if (!table) throw new Error(id)
    for (const path of fewSpellings(filled(operation), turn)) {
      const { path: sent } = findRequest(table, operation.method, plainPath(path))
      expect(sent, path).not.toMatch(/\/\/|\/\.{1,2}(\/|$)|[\\#?\n\t]|.\/$/)
    }
  })
})

it('leaves values of placeholders as they are', () => {
  const table = tables.get('waha')
  if (!table) throw new Error('waha')
  for (const value of ['120363041234567890@g.us', 'Shop A', 'ÄÖ', '50%', 'a;b', 'a+b', "it's"]) {
    const { match } = findRequest(table, 'GET', plainPath(`/api/sessions/${encodeURIComponent(value)}`))
    expect(match).toMatchObject({ operation: { id: 'sessions.get' }, values: { session: value } })
  }
})

it('takes work that grows with the path', () => growsWithThePath(5_000))
