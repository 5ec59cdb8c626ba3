/**
 * What the promises of the outbox cost: messages in a second through each store, against a bare queue on the same store, which marks a job as
 * begun and as done and keeps nothing else. The gateway answers at once. Both take turns, and each ratio is of one round. The bare queue of
 * PostgreSQL is pg-boss. Then 4 workers against 1 on PostgreSQL. Its server is a new one, or that of `WAMUX_TEST_POSTGRES_URL`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GatewayBase } from '@wamux/core'
import { createMemoryStore, createOutbox, type OutboxStore } from '@wamux/outbox'
import { openPostgresStore } from '@wamux/outbox/postgres'
import { openSqliteStore } from '@wamux/outbox/sqlite'
import { noPostgres, startPostgres } from '@wamux/postgres-server'

const MESSAGES = 300
const ROUNDS = Number(process.argv.find((one) => one.startsWith('--rounds='))?.slice(9) ?? 8)
const server = noPostgres === undefined ? await startPostgres() : undefined
const POSTGRES = server?.url

/** One round: resolves when all messages are sent. */
type Round = () => Promise<void>

interface Contest {
  readonly name: string
  /** Prepares a round of each, which is not measured. */
  readonly outbox: (round: number) => Promise<Round>
  readonly bare: (round: number) => Promise<Round>
}

let sent = 0
const sendText = async ({ session, text }: { session: string; text: string }) => {
  sent++
  return { session, id: `${sent}`, to: '', status: 'sent', raw: {}, text }
}
const gateway = {
  manifest: { id: 'fake', name: 'Fake', capabilities: { 'message.sendText': {} } },
  message: { sendText },
} as unknown as GatewayBase
const send = (index: number) => sendText({ session: 'shop', text: `Hello ${index}` })

const MANY = 1e9
const pace = { intervalMs: 0, perHour: MANY, perDay: MANY, newChatsPerHour: MANY, newChatsPerDay: MANY }

const NUMBERS = 8
const WORKERS = [1, 4]

/** As many messages of 8 numbers, and workers that take a number each, with connections of their own, until all are done. */
async function shared(connectionString: string, count: number, round: number): Promise<Round> {
  const schema = `bench_${process.pid}_shared`
  const stores = await Promise.all(Array.from({ length: count }, () => openPostgresStore({ connectionString, schema })))
  const outboxes = Array.from({ length: NUMBERS }, (_, number) => {
    return (store: OutboxStore) => createOutbox({ gateway, session: `s${number}`, store, pace })
  })
  for (const [number, open] of outboxes.entries()) {
    const keys = Array.from({ length: MESSAGES }, (_, index) => index).filter((index) => index % NUMBERS === number)
    const [store] = stores
    if (store) await open(store).add(keys.map((key) => ({ key: `${count}-${round}-${key}`, to: '+12025550101', text: `Hello ${key}` })))
  }
  return async () => {
    const left = [...outboxes]
    const work = async (store: OutboxStore) => {
      for (let open = left.shift(); open; open = left.shift()) await open(store).run(undefined, { until: 'empty' })
      await store.close()
    }
    await Promise.all(stores.map(work))
  }
}

async function outboxOn(store: OutboxStore, round: number): Promise<Round> {
  const outbox = createOutbox({ gateway, session: 'shop', store, pace })
  await outbox.add(
    Array.from({ length: MESSAGES }, (_, index) => ({ key: `${round}-${index}`, to: '+12025550101', text: `Hello ${index}` })),
  )
  return () => outbox.run(undefined, { until: 'empty' })
}

/** What is closed at the end. */
const closing: (() => Promise<unknown>)[] = []
const folder = mkdtempSync(join(tmpdir(), 'wamux-bench-outbox-'))
const contests: Contest[] = [
  {
    name: 'memory',
    outbox: (round) => outboxOn(createMemoryStore(), round),
    bare: async () => {
      const queue = Array.from({ length: MESSAGES }, (_, index) => index)
      return async () => {
        for (const index of queue) await send(index)
      }
    },
  },
  await sqlite(),
  ...(POSTGRES === undefined ? [] : [await postgres(POSTGRES)]),
]
if (POSTGRES === undefined) console.warn(`PostgreSQL is not measured: ${noPostgres}.`)

async function sqlite(): Promise<Contest> {
  const { DatabaseSync } = await import('node:sqlite')
  const store = await openSqliteStore(join(folder, 'outbox.db'))
  const bare = new DatabaseSync(join(folder, 'bare.db'))
  bare.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  bare.exec('CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT NOT NULL, text TEXT NOT NULL); CREATE INDEX states ON jobs (state, id)')
  const add = bare.prepare(`INSERT INTO jobs (state, text) VALUES ('queued', ?)`)
  const begin = bare.prepare(
    `UPDATE jobs SET state = 'active' WHERE id = (SELECT id FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1) RETURNING id`,
  )
  const end = bare.prepare(`UPDATE jobs SET state = 'done' WHERE id = ?`)
  return {
    name: 'SQLite',
    outbox: (round) => outboxOn(store, round),
    bare: async () => {
      bare.exec('BEGIN')
      for (let index = 0; index < MESSAGES; index++) add.run(`Hello ${index}`)
      bare.exec('COMMIT')
      return async () => {
        for (let job = begin.get(); job; job = begin.get()) {
          await send(Number(job.id))
          end.run(Number(job.id))
        }
      }
    },
  }
}

async function postgres(connectionString: string): Promise<Contest> {
  const { PgBoss } = await import('pg-boss')
  const store = await openPostgresStore({ connectionString, schema: `bench_${process.pid}` })
  const boss = new PgBoss({ connectionString, schema: `bench_${process.pid}_bare`, supervise: false })
  await boss.start()
  await boss.createQueue('jobs')
  closing.push(
    () => store.close(),
    () => boss.stop({ graceful: false }),
  )
  return {
    name: 'PostgreSQL',
    outbox: (round) => outboxOn(store, round),
    bare: async () => {
      await boss.insert(
        'jobs',
        Array.from({ length: MESSAGES }, (_, index) => ({ data: { index } })),
      )
      return async () => {
        for (;;) {
          const [job] = await boss.fetch<{ index: number }>('jobs')
          if (!job) return
          await send(job.data.index)
          await boss.complete('jobs', job.id)
        }
      }
    },
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

async function perSecond(round: Round): Promise<number> {
  const before = sent
  const began = performance.now()
  await round()
  if (sent - before !== MESSAGES) throw new Error(`${sent - before} messages were sent, not ${MESSAGES}`)
  return MESSAGES / ((performance.now() - began) / 1_000)
}

console.log(`${ROUNDS} rounds of ${MESSAGES} messages each, interleaved; medians.\n`)
console.log('| store | messages/s | bare queue, jobs/s | outbox : bare queue |')
console.log('| ----- | ---------: | -----------------: | ------------------: |')
const rounds = new Map(contests.map(({ name }) => [name, { outbox: [] as number[], bare: [] as number[] }]))
// the first round warms up and is left out
for (let round = 0; round <= ROUNDS; round++) {
  for (const { name, outbox, bare } of contests) {
    const figures = { outbox: await perSecond(await outbox(round)), bare: await perSecond(await bare(round)) }
    if (round === 0) continue
    rounds.get(name)?.outbox.push(figures.outbox)
    rounds.get(name)?.bare.push(figures.bare)
  }
}
for (const [name, { outbox, bare }] of rounds) {
  const ratio = median(outbox.map((one, index) => one / (bare[index] ?? one)))
  console.log(`| ${name} | ${Math.round(median(outbox))} | ${Math.round(median(bare))} | ${ratio.toFixed(2)} |`)
}
if (POSTGRES !== undefined) {
  const figures = new Map(WORKERS.map((count) => [count, [] as number[]]))
  for (let round = 0; round <= ROUNDS; round++) {
    for (const count of WORKERS) {
      const figure = await perSecond(await shared(POSTGRES, count, round))
      if (round > 0) figures.get(count)?.push(figure)
    }
  }
  console.log('\n| PostgreSQL, 8 numbers | messages/s |\n| --------------------- | ---------: |')
  for (const [count, all] of figures) console.log(`| ${count} ${count === 1 ? 'worker' : 'workers'} | ${Math.round(median(all))} |`)
}
for (const close of closing) await close()
await server?.stop()
rmSync(folder, { recursive: true, force: true })
