import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectControl } from '@wamux/emulator'
import { type EmulatorServer, serveEmulator } from '@wamux/emulator/server'
import { noPostgres, type PostgresServer, startPostgres } from '@wamux/postgres-server'
import { createWaha } from '@wamux/waha'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOutbox, type OutboxState } from '../../src/index.ts'
import { hasSqlite } from '../has-sqlite.ts'
import { FAST, message, SENDER_PHONE, SESSION } from '../scene.ts'
import { openStore, type StorePlace } from './open-store.ts'
import type { KillInput } from './program.ts'
import { quickClock } from './quick-clock.ts'

const MESSAGES = 50
const SPEED = 200
/** The lease of a killed program ends after 3 s of the system's clock. */
const RACE_SPEED = 10
const PROGRAM = join(import.meta.dirname, 'program.ts')

let server: EmulatorServer
let postgres: PostgresServer | undefined
let waha: ReturnType<typeof createWaha>
let access: { baseUrl: string; apiKey: string }
const folder = mkdtempSync(join(tmpdir(), 'wamux-outbox-kill-'))

beforeAll(async () => {
  if (!noPostgres) postgres = await startPostgres()
  server = await serveEmulator({ timings: { starting: 0, connecting: 0 } })
  const { baseUrl, credentials } = server.gateways.waha
  access = { baseUrl, apiKey: String((credentials as { apiKey?: string }).apiKey) }
  waha = createWaha(access)
  await waha.session.create({ session: SESSION })
  await waha.session.waitFor({ session: SESSION, state: 'pairing', intervalMs: 20 })
  await connectControl(server.url).scan({ gateway: 'waha', session: SESSION, phone: SENDER_PHONE })
  await waha.session.waitFor({ session: SESSION, intervalMs: 20 })
})
afterAll(async () => {
  await server?.close()
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs the program: how many points it passed, or undefined when it was killed. */
function run(input: KillInput): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=@wamux/source', '--no-warnings', PROGRAM, JSON.stringify(input)])
    let output = ''
    let errors = ''
    child.stdout.on('data', (data) => (output += data))
    child.stderr.on('data', (data) => (errors += data))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(undefined)
      else if (code === 0) resolve((JSON.parse(output) as { points: number }).points)
      else reject(new Error(`the program ended with ${code}: ${errors}`))
    })
  })
}

/** A new outbox with 50 messages that no other run has. */
async function fill(place: StorePlace, run: string) {
  const store = await openStore(place)
  const texts = Array.from({ length: MESSAGES }, (_, index) => `${run} message ${index}`)
  await createOutbox({ gateway: waha, session: SESSION, store }).add(texts.map((text, index) => message(index, { text })))
  await store.close()
  return texts
}

/** Goes on with the outbox in this process, a minute later, and then compares it with what arrived. */
async function finish(place: StorePlace, texts: readonly string[]): Promise<{ states: OutboxState[]; problems: string[] }> {
  const store = await openStore(place)
  const clock = quickClock(Date.now(), SPEED)
  const late = { now: () => clock.now() + 60_000, after: clock.after }
  const outbox = createOutbox({ gateway: waha, session: SESSION, store, pace: FAST, clock: late })
  await outbox.run(undefined, { until: 'empty' })
  const messages = await outbox.list({ limit: 1_000 })
  const arrived = (await connectControl(server.url).messages()).map(({ text }) => text)
  await store.close()
  const problems = messages.flatMap(({ key, text, state, reason }, index) => {
    const times = arrived.filter((one) => one === text).length
    const fine = text === texts[index] && ((state === 'sent' && times === 1) || (state === 'unknown' && times <= 1 && reason))
    return fine ? [] : [`${key} is ${state} (${reason ?? 'no reason'}) and arrived ${times} times`]
  })
  if (messages.length !== MESSAGES) problems.push(`${messages.length} messages of ${MESSAGES} are left`)
  return { states: messages.map(({ state }) => state), problems }
}

const input = (store: StorePlace, killAt: number, speed = 1): KillInput => ({ store, ...access, killAt, since: Date.now(), speed })

/** Does some work for every number, two at a time. */
async function twoAtATime(numbers: readonly number[], work: (number: number) => Promise<void>): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < numbers.length) await work(numbers[next++] ?? 0)
  }
  await Promise.all([lane(), lane()])
}

const STORES = [
  {
    name: 'SQLite',
    missing: !hasSqlite,
    // a message has 6 points, so every 7th point covers each of them in turn
    every: 7,
    place: (run: string): StorePlace => ({ path: join(folder, `${run}.db`) }),
  },
  {
    name: 'PostgreSQL',
    missing: noPostgres !== undefined,
    // what is written to the database's socket is a point, too: a message has 14, so every 17th covers each of them in turn
    every: 17,
    place: (run: string): StorePlace => ({ connectionString: postgres?.url ?? '', schema: `kill_${run}` }),
  },
]
// WAMUX_KILL_EVERY=1 takes all points: about half an hour on two quiet cores
const asked = process.env.WAMUX_KILL_EVERY

describe.each(STORES)(`kill -9 in a run of ${MESSAGES} messages, $name`, ({ name, missing, every, place }) => {
  it.skipIf(missing)(
    'at every write to the store and to a socket: no message twice, none lost without being told',
    async () => {
      const whole = place('whole')
      const wholeTexts = await fill(whole, `${name} whole`)
      const points = (await run(input(whole, 0))) ?? 0
      expect(points).toBeGreaterThan(MESSAGES * 6)
      expect((await finish(whole, wholeTexts)).problems).toEqual([])
      const step = Number(asked ?? every)
      const numbers = Array.from({ length: Math.ceil(points / step) }, (_, index) => index * step + 1)
      let killed = 0
      let unknown = 0
      const problems: string[] = []
      await twoAtATime(numbers, async (killAt) => {
        const store = place(`k${killAt}`)
        const texts = await fill(store, `${name} ${killAt}`)
        if ((await run(input(store, killAt))) === undefined) killed++
        const result = await finish(store, texts)
        const left = result.states.filter((state) => state === 'unknown').length
        unknown += left
        if (left > 1) problems.push(`killed at ${killAt}: ${left} messages are unknown`)
        problems.push(...result.problems.map((one) => `killed at ${killAt}: ${one}`))
        if ('path' in store) rmSync(store.path, { force: true })
      })
      console.log(`${name}: ${points} points; ${killed} runs were killed, ${unknown} messages stayed unknown, ${problems.length} problems`)
      expect(problems).toEqual([])
      // a run passes a few points more or less, by when its lease is renewed
      expect(killed).toBeGreaterThan(numbers.length * 0.95)
    },
    3_600_000,
  )

  it.skipIf(missing)(
    'of one of two programs that race for the number: the other one goes on',
    async () => {
      const numbers = Array.from({ length: 8 }, (_, index) => 1 + index * 37)
      const problems: string[] = []
      let killed = 0
      for (const killAt of numbers) {
        const store = place(`race${killAt}`)
        const texts = await fill(store, `${name} race ${killAt}`)
        const since = Date.now()
        const first = { ...input(store, killAt, RACE_SPEED), since }
        const [ended] = await Promise.all([run(first), run({ ...input(store, 0, RACE_SPEED), since })])
        if (ended === undefined) killed++
        problems.push(...(await finish(store, texts)).problems.map((one) => `killed at ${killAt}: ${one}`))
      }
      console.log(`${name}: ${numbers.length} races, ${killed} of them with a kill, ${problems.length} problems`)
      expect(problems).toEqual([])
    },
    1_200_000,
  )
})
