import { noPostgres, type PostgresServer, startPostgres } from '@wamux/postgres-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OutboxChange } from '../../src/index.ts'
import { openPostgresStore } from '../../src/postgres/index.ts'
import { storeCases } from '../../src/store/store-suite.ts'

let server: PostgresServer
beforeAll(async () => {
  if (!noPostgres) server = await startPostgres()
}, 120_000)
afterAll(() => server?.stop())

let schemas = 0
const fresh = () => `t${process.pid}_${schemas++}`
const open = (schema: string, maxConnections = 4) => openPostgresStore({ connectionString: server.url, schema, maxConnections })
const message = (key: string) => ({ key, sender: 's', to: '+12025550101', list: '', text: 'Hi', notBefore: 0 })

describe.skipIf(noPostgres)('the store in PostgreSQL', () => {
  it.each(storeCases)('$name', async ({ run }) => {
    const store = await open(fresh())
    await run(store)
    await store.close()
  })

  it('can be opened by many at once, and has everything when it is opened again', async () => {
    const schema = fresh()
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(schema, 1)))
    const added = await Promise.all(stores.map((store, index) => store.add([message('same'), message(`own${index}`)], 5)))
    expect(added.reduce((sum, one) => sum + one, 0)).toBe(7)
    const leases = await Promise.all(stores.map((store) => store.acquire('s', 5, 100)))
    expect(leases.filter(Boolean)).toHaveLength(1)
    await Promise.all(stores.map((store) => store.close()))
    const again = await open(schema)
    expect(await again.get('same')).toMatchObject({ text: 'Hi', state: 'queued', changedAt: 5 })
    await again.close()
  })

  it('begins a message for one of many that try at once', async () => {
    const schema = fresh()
    const stores = await Promise.all(Array.from({ length: 4 }, () => open(schema, 1)))
    const keys = Array.from({ length: 50 }, (_, index) => `k${index}`)
    await stores[0]?.add(keys.map(message), 1)
    const lease = await stores[0]?.acquire('s', 1, 1_000)
    const begun = await Promise.all(
      keys.flatMap((key) => stores.map((store) => store.move({ key, from: ['queued'], to: 'sending', at: 2, lease }))),
    )
    expect(begun.filter(Boolean)).toHaveLength(keys.length)
    expect((await stores[0]?.history('s', 0))?.sends).toHaveLength(keys.length)
    await Promise.all(stores.map((store) => store.close()))
  })

  it('an owner that lost its number in the middle of a move begins nothing', async () => {
    const schema = fresh()
    const stores = await Promise.all([open(schema, 1), open(schema, 1)])
    const keys = Array.from({ length: 200 }, (_, index) => `k${index}`)
    await stores[0]?.add(keys.map(message), 1)
    const old = await stores[0]?.acquire('s', 1, 1)
    // the second one takes over while the first one is beginning messages as quickly as it can
    const takeOver = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const lease = await stores[1]?.acquire('s', 10, 1_000)
      const begunBefore = await stores[1]?.list({ state: 'sending', limit: 1_000 })
      return { lease, begunBefore: begunBefore?.length ?? 0 }
    }
    const begin = async () => {
      let begun = 0
      for (const key of keys) if (await stores[0]?.move({ key, from: ['queued'], to: 'sending', at: 2, lease: old })) begun++
      return begun
    }
    const [{ lease, begunBefore }, begun] = await Promise.all([takeOver(), begin()])
    expect(lease?.token).toBe(2)
    // what the new owner saw when it had the number is all that the old one ever began
    expect(begun).toBe(begunBefore)
    await Promise.all(stores.map((store) => store.close()))
  })

  it('tells every change to a reader while many write', async () => {
    const schema = fresh()
    const stores = await Promise.all(Array.from({ length: 5 }, () => open(schema, 2)))
    const [reader, ...writers] = stores
    let writing = true
    const write = Promise.all(
      writers.map(async (store, writer) => {
        for (let round = 0; round < 100; round++) await store.add([message(`w${writer}-${round}`), message(`x${writer}-${round}`)], round)
      }),
    ).finally(() => {
      writing = false
    })
    const seen: OutboxChange[] = []
    const read = async () => {
      const page = await (reader as (typeof stores)[number]).changes(seen.at(-1)?.seq ?? 0, 50)
      seen.push(...page)
      return page.length
    }
    while (writing) await read()
    await write
    while ((await read()) > 0);
    expect(seen).toHaveLength(writers.length * 200)
    expect(new Set(seen.map(({ key }) => key)).size).toBe(seen.length)
    await Promise.all(stores.map((store) => store.close()))
  })

  it('says what is wrong with a database, and never its address', async () => {
    const connectionString = 'postgres://me:hidden-word@127.0.0.1:1/none'
    const failure = await openPostgresStore({ connectionString }).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'config', message: expect.stringContaining('PostgreSQL store could not open') })
    expect(JSON.stringify(failure) + String(failure)).not.toContain('hidden-word')
    await expect(openPostgresStore({ connectionString: server.url, schema: 'a"b' })).rejects.toMatchObject({ field: 'schema' })
  })
})
