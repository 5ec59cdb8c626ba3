import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqliteStore } from '../src/sqlite/index.ts'
import { createMemoryStore } from '../src/store/memory-store.ts'
import { storeCases } from '../src/store/store-suite.ts'
import { hasSqlite } from './has-sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'wamux-outbox-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

const stores = [
  { name: 'memory', open: async () => createMemoryStore() },
  ...(hasSqlite ? [{ name: 'SQLite', open: () => openSqliteStore(join(folder, `${files++}.db`)) }] : []),
]

describe.each(stores)('the store in $name', ({ open }) => {
  it.each(storeCases)('$name', async ({ run }) => {
    const store = await open()
    await run(store)
    await store.close()
  })
})

describe.runIf(hasSqlite)('the SQLite store', () => {
  it('has everything when the file is opened again', async () => {
    const path = join(folder, 'again.db')
    const first = await openSqliteStore(path)
    await first.add([{ key: 'a', sender: 's', to: '+12025550101', list: '', text: 'Hi', notBefore: 0 }], 5)
    const lease = await first.acquire('s', 5, 100)
    await first.close()
    const second = await openSqliteStore(path)
    expect(await second.get('a')).toMatchObject({ text: 'Hi', state: 'queued', changedAt: 5 })
    expect(await second.acquire('s', 50, 100)).toBeUndefined()
    expect(lease && (await second.renew(lease, 900))).toMatchObject({ token: 1, until: 900 })
    await second.close()
  })

  it('says what is wrong with a file that it cannot open', async () => {
    await expect(openSqliteStore(join(folder, 'no', 'such', 'folder.db'))).rejects.toMatchObject({ kind: 'config' })
  })

  it('leaves a file of a newer version alone', async () => {
    const path = join(folder, 'newer.db')
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(path)
    database.exec('PRAGMA user_version = 99')
    database.close()
    await expect(openSqliteStore(path)).rejects.toMatchObject({ kind: 'config', message: expect.stringContaining('newer version') })
  })
})

it.skipIf(hasSqlite)('Node without SQLite is told which one is needed', async () => {
  await expect(openSqliteStore('x.db')).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringContaining('22.13') })
})
