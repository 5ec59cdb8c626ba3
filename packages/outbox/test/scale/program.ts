// Imports a long list into a SQLite file and sends all of it on a clock that jumps; says what that took.
import { createReadStream } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import type { GatewayBase } from '@wamux/core'
import { createOutbox, importCsv } from '../../src/index.ts'
import { openSqliteStore } from '../../src/sqlite/index.ts'
import { jumpingClock } from './jumping-clock.ts'

/** What the program is told, as JSON in its first argument. */
export interface ScaleInput {
  readonly csv: string
  readonly path: string
  readonly rows: number
}

/** What the program says. */
export interface ScaleOutput {
  /** Rows in a second of CPU time, and in a second. */
  readonly importPerCpuSecond: number
  readonly importPerSecond: number
  readonly sendsPerCpuSecond: number
  readonly sendsPerSecond: number
  readonly virtualDays: number
  readonly arrived: number
  readonly twice: number
  readonly sent: number
  readonly maxRssMb: number
  /** After a tenth of the sends, and at the end, with all garbage. */
  readonly rssMb: readonly number[]
}

// as the command line does
setFlagsFromString('--optimize-for-size')
const input = JSON.parse(process.argv[2] ?? '{}') as ScaleInput
const START = Date.UTC(2026, 0, 1)
const clock = jumpingClock(START)
const arrived = new Uint8Array(input.rows)
const rssMb: number[] = []
let count = 0
let twice = 0
const sendText = async ({ session, text }: { session: string; text: string }) => {
  const index = Number(/\d+$/.exec(text)?.[0])
  if (arrived[index]) twice++
  arrived[index] = 1
  if (++count === input.rows / 10) rssMb.push(Math.round(process.memoryUsage().rss / 1e6))
  return { session, id: `id${index}`, to: '', status: 'sent', raw: {} }
}
const gateway = {
  manifest: { id: 'fake', name: 'Fake', capabilities: { 'message.sendText': {} } },
  message: { sendText },
} as unknown as GatewayBase

async function measured(work: () => Promise<unknown>): Promise<{ perCpuSecond: number; perSecond: number }> {
  const [cpu, time] = [process.cpuUsage(), performance.now()]
  await work()
  const { user, system } = process.cpuUsage(cpu)
  return {
    perCpuSecond: Math.round(input.rows / ((user + system) / 1e6)),
    perSecond: Math.round(input.rows / ((performance.now() - time) / 1e3)),
  }
}

const store = await openSqliteStore(input.path)
const caps = { perHour: 500, perDay: 8_000, newChatsPerHour: 500, newChatsPerDay: 8_000 }
const outbox = createOutbox({ gateway, session: 'shop', store, clock, pace: { intervalMs: 2_000, ...caps } })
const open = () => createReadStream(input.csv)
const imported = await measured(() => importCsv(outbox, open, { text: 'Hello {name}, this is {id}', key: 'order-{id}' }))
const run = await measured(() => outbox.run(undefined, { until: 'empty' }))
rssMb.push(Math.round(process.memoryUsage().rss / 1e6))
const output: ScaleOutput = {
  importPerCpuSecond: imported.perCpuSecond,
  importPerSecond: imported.perSecond,
  sendsPerCpuSecond: run.perCpuSecond,
  sendsPerSecond: run.perSecond,
  virtualDays: (clock.now() - START) / 86_400_000,
  arrived: arrived.reduce((sum, one) => sum + one, 0),
  twice,
  sent: (await store.count()).sent,
  maxRssMb: Math.round(process.resourceUsage().maxRSS / 1e3),
  rssMb,
}
await store.close()
console.log(JSON.stringify(output))
