import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectControl } from '@wamux/emulator'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { noPostgres, type PostgresServer, startPostgres } from '@wamux/postgres-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onTerminal } from './pseudo-terminal.ts'
import { type Running, start, wamux } from './spawned.ts'

// the built program: signals, kill -9, a terminal
const hasSqlite = await import('node:sqlite').then(
  () => true,
  () => false,
)
const MESSAGES = 20
const PACE = ['--interval', '100ms', '--per-hour', '9999', '--per-day', '9999', '--new-per-hour', '9999', '--new-per-day', '9999']

let emulator: EmulatorServer
let postgres: PostgresServer | undefined
let folder: string
let base: Record<string, string>
beforeAll(async () => {
  if (!noPostgres) postgres = await startPostgres()
  emulator = await serveEmulator({ timings: { starting: 0, connecting: 0 } })
  folder = mkdtempSync(join(tmpdir(), 'wamux-outbox-'))
  base = { ...emulator.gateways.waha.env, HOME: folder, NODE_NO_WARNINGS: '1' }
  await wamux(['session', 'create', 'shop'], base)
  await wamux(['session', 'wait-for', 'shop', '--state', 'pairing', '--interval', '20ms'], base)
  await wamux(['emulate', 'scan', 'shop', '--phone', '+4915100000001'], base)
  await wamux(['session', 'wait-for', 'shop', '--interval', '20ms'], base)
}, 60_000)
afterAll(async () => {
  await emulator.close()
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const STORES = [
  { store: 'SQLite', missing: !hasSqlite },
  { store: 'PostgreSQL', missing: noPostgres !== undefined },
]
let lists = 0

/** Where a list is that no other test has. */
function placeOf(store: string): Record<string, string> {
  const name = `list_${lists++}`
  if (store === 'SQLite') return { WAMUX_DATA_DIR: join(folder, name) }
  return { WAMUX_OUTBOX_STORE: 'postgres', WAMUX_OUTBOX_POSTGRES_URL: postgres?.database(name) ?? '' }
}

/** A list of 20 messages that no other test has, and the program on it. */
async function list(name: string, store: string) {
  const csv = join(folder, `${store} ${name}.csv`)
  const rows = Array.from({ length: MESSAGES }, (_, index) => `+120255510${String(index).padStart(2, '0')},${index}`)
  writeFileSync(csv, `phone,id\n${rows.join('\n')}\n`)
  const env = { ...base, ...placeOf(store) }
  const text = `${store} ${name} {id}`
  const imported = await wamux(['outbox', 'import', csv, '--text', text, '--key', 'k-{id}', '--from', 'shop', '--json'], env)
  expect(JSON.parse(imported.stdout)).toMatchObject({ added: MESSAGES })
  if (env.WAMUX_DATA_DIR !== undefined) expect(existsSync(join(env.WAMUX_DATA_DIR, 'outbox.db'))).toBe(true)
  const run = (...more: string[]) => start(['outbox', 'run', '--from', 'shop', ...PACE, ...more], env)
  const counts = async () =>
    JSON.parse((await wamux(['outbox', 'status', '--from', 'shop', '--json'], env)).stdout).counts as Record<string, number>
  const arrived = async () =>
    (await connectControl(emulator.url).messages()).map(({ text: one = '' }) => one).filter((one) => one.startsWith(`${store} ${name} `))
  return { env, run, counts, arrived }
}

/** Resolves when so many messages have arrived. */
async function atLeast(count: number, arrived: () => Promise<string[]>, { ended }: Running): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  while ((await arrived()).length < count) {
    if (over) throw new Error(`it ended early: ${(await ended).stderr}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe.each(STORES)('wamux outbox run, the list in $store', ({ store, missing }) => {
  it.skipIf(missing).each(['SIGINT', 'SIGTERM'] as const)(
    '%s: what was sent is sent, the rest is queued, and the next run sends it',
    async (signal) => {
      const { run, counts, arrived } = await list(signal, store)
      const running = run()
      await atLeast(5, arrived, running)
      running.child.kill(signal)
      const { code, stderr } = await running.ended
      expect({ code, stderr }).toEqual({ code: 130, stderr: expect.stringContaining('is finished first') })
      const left = await counts()
      const sent = (left.sent ?? 0) + (left.delivered ?? 0) + (left.read ?? 0)
      expect({ ...left, sent }).toMatchObject({ sent: (await arrived()).length, queued: MESSAGES - sent, sending: 0, unknown: 0 })
      expect((await run().ended).code).toBe(0)
      expect(new Set(await arrived()).size).toBe(MESSAGES)
      expect(await arrived()).toHaveLength(MESSAGES)
    },
  )

  it.skipIf(missing)('kill -9: at most one message is unknown, exit code 8 says so, and none arrives twice', async () => {
    const { run, counts, arrived } = await list('kill', store)
    const running = run()
    await atLeast(5, arrived, running)
    running.child.kill('SIGKILL')
    await running.ended
    const { code, stderr } = await run('--verbose').ended
    const { unknown = 0, queued } = await counts()
    expect([code, queued]).toEqual([unknown > 0 ? 8 : 0, 0])
    if (unknown > 0) expect(stderr).toContain('wamux outbox resolve')
    expect(unknown).toBeLessThanOrEqual(1)
    const texts = await arrived()
    expect(new Set(texts).size).toBe(texts.length)
    expect(texts.length).toBeGreaterThanOrEqual(MESSAGES - unknown)
  })

  it.skipIf(missing)('hears of receipts, and writes every change as JSON', async () => {
    const { run } = await list('receipts', store)
    const running = run('--keep-running', '--output', 'ndjson')
    let told = ''
    running.child.stdout.on('data', (text: string) => {
      told += text
    })
    const delivered = () => told.split('\n').filter((line) => line.includes('"to":"delivered"')).length
    while (delivered() < MESSAGES) await new Promise((resolve) => setTimeout(resolve, 20))
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(0)
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ key: expect.any(String), sender: 'waha:shop' })
  })

  it.skipIf(missing)('two programs at once send every message once between them', async () => {
    const { run, counts, arrived } = await list('two', store)
    const ended = await Promise.all([run('--receipts', 'none').ended, run('--receipts', 'none').ended])
    expect(ended.map(({ code }) => code)).toEqual([0, 0])
    expect(await counts()).toMatchObject({ sent: MESSAGES, queued: 0, sending: 0, unknown: 0 })
    const texts = await arrived()
    expect([texts.length, new Set(texts).size]).toEqual([MESSAGES, MESSAGES])
  })

  it.skipIf(missing)('draws how far it is on a terminal, and leaves a summary', async () => {
    const { env, arrived } = await list('terminal', store)
    const terminal = onTerminal(['outbox', 'run', '--from', 'shop', '--no-color', '--receipts', 'none', ...PACE], env)
    await terminal.shows('[█')
    await terminal.shows('an hour')
    await terminal.shows('left')
    await terminal.shows('100 %  20 of 20')
    expect(await terminal.ended).toBe(0)
    expect(await arrived()).toHaveLength(MESSAGES)
  })
})

it.skipIf(hasSqlite)('Node without SQLite is told which one is needed', async () => {
  const csv = join(folder, 'one.csv')
  writeFileSync(csv, 'phone\n+12025551001\n')
  const ended = await wamux(['outbox', 'import', csv, '--text', 'Hi', '--from', 'shop'], base)
  expect(ended).toMatchObject({ code: 7, stderr: expect.stringContaining('22.13') })
})
