import { manifest } from '@wamux/waha/manifest'
import { expect, it } from 'vitest'
import { serverCheck } from './server-check.ts'

const table = { resources: [], operations: { 'server.version': {} } } as never
const { signal } = new AbortController()
const tell = async (data: unknown, known: object = { table }) => {
  const gateway = { call: async () => ({ data }) } as never
  const [told] = await serverCheck('waha', gateway, { manifest: { ...manifest, api: { version: '2026.9.2' } }, table, signal, ...known })
  return told && [told.status, told.about]
}

it.each([
  [{ version: '2026.9.2', tier: 'PLUS', engine: 'GOWS' }, 'WAHA 2026.9.2 (PLUS, GOWS); wamux is made for this version'],
  [{ version: '2026.10.1', engine: 'WPP' }, 'WAHA 2026.10.1 (WPP); wamux is made for 2026.9.2, and does not know what is newer'],
  // as a real server was seen to answer
  [
    { version: '2026.2.1', engine: 'NOWEB', tier: 'CORE', browser: null },
    'WAHA 2026.2.1 (CORE, NOWEB); wamux is made for 2026.9.2: what this server lacks ends as "unsupported"',
  ],
  [{ results: [{ serviceVersion: '2026.9.2' }] }, 'WAHA 2026.9.2; wamux is made for this version'],
  [{ version: '2026.9.2', tier: '\u001b[2J', engine: { a: 1 } }, 'WAHA 2026.9.2; wamux is made for this version'],
])('%j', async (data, about) => {
  expect(await tell(data)).toEqual(['ok', about])
})

it.each([{}, [], null, 'OK', { version: 7 }, { version: 'a b' }, { results: [] }])('%j tells nothing', async (data) => {
  expect(await tell(data)).toEqual(['skipped', 'its answer has no version'])
})

it('asks nothing where no operation tells', async () => {
  expect(await tell({ version: '1' }, { table: { resources: [], operations: {} } })).toBeUndefined()
})
