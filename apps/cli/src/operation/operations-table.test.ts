import type { Operation } from '@wamux/core'
import { expect, it } from 'vitest'
import { ownPlugins } from '../../test/own-plugins.ts'
import { UsageError } from '../errors/usage-error.ts'
import { paintFor } from '../terminal/terminal.ts'
import { loadTables, operationRows, operationsText } from './operations-table.ts'

const base = {
  resource: 'sessions',
  about: 'Does it.',
  method: 'POST',
  safety: 'converge',
  audience: 'nobody',
  evidence: 'verified',
  produces: [],
} as const
const stop: Operation = { ...base, id: 'sessions.stop', label: 'Stop Session', path: '/s/{id}/stop', capability: 'session.stop' }
const old: Operation = { ...base, id: 'sessions.halt', label: 'Halt', path: '/halt', evidence: 'inferred', deprecated: true }
const wipe: Operation = {
  ...base,
  id: 'chats.wipe',
  resource: 'chats',
  label: 'Wipe Chats',
  path: '/chats',
  safety: 'danger',
  method: 'DELETE',
}
const resources = [
  { name: 'sessions', label: 'WhatsApp Session' },
  { name: 'chats', label: 'Chats' },
]
const operations = Object.fromEntries([stop, old, wipe].map((one) => [one.id, one]))
const tables = [{ gateway: 'waha', table: { resources, operations } }]
const ids = (filter: Parameters<typeof operationRows>[1]) => operationRows(tables, filter).map(({ id }) => id)

it('has all that scripts need in every row', () => {
  expect(operationRows(tables, {}).slice(0, 2)).toEqual([
    {
      gateway: 'waha',
      id: 'sessions.stop',
      resource: 'sessions',
      action: 'Stop Session',
      method: 'POST',
      path: '/s/{id}/stop',
      safety: 'converge',
      audience: 'nobody',
      evidence: 'verified',
      deprecated: false,
      capability: 'session.stop',
    },
    expect.objectContaining({ id: 'sessions.halt', evidence: 'inferred', deprecated: true, capability: null }),
  ])
})

it('tells the other methods of an operation, on Wawp of most', async () => {
  const wawp = operationRows(await loadTables('wawp', ownPlugins), {})
  expect(wawp.filter(({ alternateMethods = [] }) => alternateMethods.length > 0).length).toBeGreaterThan(10)
  expect(wawp.find(({ alternateMethods }) => alternateMethods)).toMatchObject({ alternateMethods: [expect.stringMatching(/^[A-Z]+$/)] })
})

it('filters', () => {
  expect(ids({ resource: 'chats' })).toEqual(['chats.wipe'])
  expect(ids({ resource: 'whatsapp-session' })).toEqual(['sessions.stop', 'sessions.halt'])
  expect(ids({ safety: ['danger', 'send'] })).toEqual(['chats.wipe'])
  expect(ids({ evidence: ['inferred'] })).toEqual(['sessions.halt'])
  expect(ids({ search: 'session STOP' })).toEqual(['sessions.stop'])
  expect(ids({ search: 'delete' })).toEqual(['chats.wipe'])
  expect(() => ids({ resource: 'chat' })).toThrow(UsageError)
})

it('marks what is not sure or not to be used', () => {
  const text = operationsText(operationRows(tables, {}), paintFor({ write: () => true }, {}), 100)
  expect(text.split('\n')).toEqual([
    'ID             ACTION        SAFETY    REQUEST            NOTE',
    'sessions.stop  Stop Session  converge  POST /s/{id}/stop',
    'sessions.halt  Halt          converge  POST /halt         inferred, deprecated',
    'chats.wipe     Wipe Chats    danger    DELETE /chats',
    '',
  ])
})

it('names the gateway where there are several', () => {
  const rows = operationRows([...tables, { gateway: 'wawp', table: { resources, operations: { [stop.id]: stop } } }], { search: 'stop' })
  expect(operationsText(rows, paintFor({ write: () => true }, {}), 60)).toMatch(/^GATEWAY +ID .*\nwaha .*\nwawp /)
})

it('loads what is installed', async () => {
  expect((await loadTables(undefined, ownPlugins)).map(({ gateway }) => gateway)).toEqual(['waha', 'wawp', 'warest', 'sparkbot'])
  expect(operationRows(await loadTables('sparkbot', ownPlugins), {}).length).toBe(153)
  await expect(loadTables('wahq', ownPlugins)).rejects.toThrow(UsageError)
})
