import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectControl } from '@wamux/emulator'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { noPostgres, type PostgresServer, startPostgres } from '@wamux/postgres-server'
import { createWaha } from '@wamux/waha'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMemoryStore, createOutbox, type OutboxStore } from '../src/index.ts'
import { openPostgresStore } from '../src/postgres/index.ts'
import { openSqliteStore } from '../src/sqlite/index.ts'
import { hasSqlite } from './has-sqlite.ts'
import { cuttingProxy } from './kill/cutting-proxy.ts'
import { quickClock } from './kill/quick-clock.ts'
import { FAST, message, SENDER_PHONE, SESSION } from './scene.ts'

const MESSAGES = 50

let server: EmulatorServer
let postgres: PostgresServer | undefined
let folder: string
/** Why there is no small disk; undefined when there is one. */
const noDisk = mountRefused()
const disk = join(tmpdir(), `wamux-small-disk-${process.pid}`)

function mountRefused(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root can mount a small file system'
  const place = mkdtempSync(join(tmpdir(), 'wamux-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place], { stdio: 'pipe' })
    execFileSync('umount', [place], { stdio: 'pipe' })
    return undefined
  } catch {
    return 'mounting is refused here'
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
if (noDisk) console.warn(`The test with a full disk is skipped: ${noDisk}.`)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-faults-'))
  server = await serveEmulator({ timings: { starting: 0, connecting: 0 } })
  const waha = gatewayAt(server.gateways.waha.baseUrl)
  await waha.session.create({ session: SESSION })
  await waha.session.waitFor({ session: SESSION, state: 'pairing', intervalMs: 20 })
  await connectControl(server.url).scan({ gateway: 'waha', session: SESSION, phone: SENDER_PHONE })
  await waha.session.waitFor({ session: SESSION, intervalMs: 20 })
})
afterAll(async () => {
  await server?.close()
  // also after a test that failed
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const gatewayAt = (baseUrl: string) =>
  createWaha({ baseUrl, apiKey: String((server.gateways.waha.credentials as { apiKey?: string }).apiKey) })

/** Numbers that are the same in each run. */
function chanceFrom(seed: number): () => number {
  let chance = seed
  return () => {
    chance = (chance * 16_807) % 2_147_483_647
    return chance / 2_147_483_647
  }
}

/** An outbox with 50 messages that no other test has; it runs as often as the store fails. */
async function scene(name: string, baseUrl = server.gateways.waha.baseUrl) {
  const gateway = gatewayAt(baseUrl)
  const clock = quickClock(Date.now(), 200)
  let late = 0
  const later = { now: () => clock.now() + late, after: clock.after }
  const texts = Array.from({ length: MESSAGES }, (_, index) => `${name} ${index}`)
  const outboxOn = (store: OutboxStore) => {
    // an owner that failed keeps its lease
    late += 60_000
    return createOutbox({ gateway, session: SESSION, store, pace: { ...FAST, failures: false }, clock: later, pollMs: 500 })
  }
  const fill = (store: OutboxStore) => outboxOn(store).add(texts.map((text, index) => message(index, { text })))
  async function problemsIn(store: OutboxStore): Promise<string[]> {
    const arrived = (await connectControl(server.url).messages()).map(({ text }) => text)
    const messages = await store.list({ limit: 1_000 })
    return messages.flatMap(({ text, state, reason }) => {
      const times = arrived.filter((one) => one === text).length
      const fine = (state === 'sent' && times === 1) || (state === 'unknown' && times <= 1 && reason)
      return fine ? [] : [`${text} is ${state} (${reason}) and arrived ${times} times`]
    })
  }
  return { outboxOn, fill, problemsIn }
}

it('the network to the gateway is cut again and again: no message twice, none lost without being told', async () => {
  const { hostname, port, pathname } = new URL(server.gateways.waha.baseUrl)
  const chance = chanceFrom(11)
  const proxy = await cuttingProxy({ host: hostname, port: Number(port) }, () => 3 + Math.floor(chance() * 9))
  const { outboxOn, fill, problemsIn } = await scene('cut', `http://127.0.0.1:${proxy.port}${pathname === '/' ? '' : pathname}`)
  const store = createMemoryStore()
  await fill(store)
  await outboxOn(store).run(undefined, { until: 'empty' })
  const { sent, unknown } = await store.count()
  console.log(`${proxy.cuts()} cuts: ${sent} sent, ${unknown} unknown`)
  await proxy.close()
  expect(proxy.cuts()).toBeGreaterThan(10)
  expect(await problemsIn(store)).toEqual([])
  expect(sent).toBeGreaterThan(0)
})

it.skipIf(noPostgres)('the network to PostgreSQL is cut again and again: the same', async () => {
  postgres = await startPostgres()
  const chance = chanceFrom(7)
  const path = join(new URL(postgres.url).searchParams.get('host') ?? '', '.s.PGSQL.5432')
  const proxy = await cuttingProxy({ path }, () => 20 + Math.floor(chance() * 60))
  const direct = { connectionString: postgres.url, schema: 'cut' }
  const { outboxOn, fill, problemsIn } = await scene('database')
  const whole = await openPostgresStore(direct)
  await fill(whole)
  let runs = 0
  const left = async () => {
    const { queued, sending } = await whole.count()
    return queued + sending
  }
  for (; (await left()) > 0 && runs < 500; runs++) {
    try {
      const store = await openPostgresStore({ ...direct, connectionString: `postgres://wamux@127.0.0.1:${proxy.port}/postgres` })
      await outboxOn(store)
        .run(undefined, { until: 'empty' })
        .finally(() => store.close())
    } catch (error) {
      expect(error).toMatchObject({ kind: 'config', message: expect.stringContaining('PostgreSQL store could not') })
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  // what is unknown is looked for, without a cut
  await outboxOn(whole).run(undefined, { until: 'empty' })
  const { sent, unknown } = await whole.count()
  console.log(`${proxy.cuts()} cuts, ${runs} runs: ${sent} sent, ${unknown} unknown`)
  const problems = await problemsIn(whole)
  await proxy.close()
  await whole.close()
  expect(proxy.cuts()).toBeGreaterThan(10)
  expect(problems).toEqual([])
})

describe.skipIf(noDisk || !hasSqlite)('a disk that is full', () => {
  beforeAll(() => {
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk])
  })
  afterAll(() => {
    // lazily: a test that failed has its file still open
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  it('with any room that is left: the run says it, nothing arrives twice, and the next run goes on', async () => {
    const filler = join(disk, 'filler')
    let failed = 0
    for (let pages = 0; pages <= 60; pages += 4) {
      const path = join(disk, `full${pages}.db`)
      const { outboxOn, fill, problemsIn } = await scene(`full ${pages}`)
      const store = await openSqliteStore(path)
      await fill(store)
      const { bavail, bsize } = statfsSync(disk)
      writeFileSync(filler, Buffer.alloc(Math.max(0, (Number(bavail) - pages) * Number(bsize))))
      const error = await outboxOn(store)
        .run(undefined, { until: 'empty' })
        .catch((one: unknown) => one)
      if (error !== undefined) {
        failed++
        expect(error).toMatchObject({ kind: 'config', message: expect.stringMatching(/could not write: .*full|disk I\/O/) })
      }
      rmSync(filler)
      await outboxOn(store).run(undefined, { until: 'empty' })
      expect(await problemsIn(store)).toEqual([])
      expect((await store.count()).unknown).toBeLessThanOrEqual(1)
      await store.close()
      for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
    }
    console.log(`${failed} of 16 runs met a full disk`)
    expect(failed).toBeGreaterThan(8)
  })
})
