// Sends an outbox and kills itself with SIGKILL at a chosen point: before or after a write to the store or to a socket.

import { Socket } from 'node:net'
import { createWaha } from '@wamux/waha'
import { createOutbox, type OutboxStore } from '../../src/index.ts'
import { FAST, SESSION } from '../scene.ts'
import { openStore, type StorePlace } from './open-store.ts'
import { quickClock } from './quick-clock.ts'

/** What the program is told, as JSON in its first argument. */
export interface KillInput {
  readonly store: StorePlace
  readonly baseUrl: string
  readonly apiKey: string
  /** At which point it kills itself; 0 never. */
  readonly killAt: number
  /** When the quick clock began, ms since the epoch, and how many times as fast as the system's it is. */
  readonly since: number
  readonly speed: number
}

const WRITES: readonly (keyof OutboxStore)[] = ['move', 'defer', 'acquire', 'renew', 'release', 'setPause', 'addChats']

const input = JSON.parse(process.argv[2] ?? '{}') as KillInput
let points = 0

function point(): void {
  points++
  if (points === input.killAt) process.kill(process.pid, 'SIGKILL')
}

/**
 * What Node hands to the system. A driver may call `write` several times for one statement and hold it back until all of it is there
 * (`cork`): only here do bytes leave.
 */
interface SystemWrites {
  _write(data: unknown, encoding: unknown, done: unknown): void
  _writev(data: unknown, done: unknown): void
}
const socket = Socket.prototype as unknown as SystemWrites
const { _write, _writev } = socket
socket._write = function (this: SystemWrites, ...values): void {
  point()
  _write.apply(this, values)
  point()
}
socket._writev = function (this: SystemWrites, ...values): void {
  point()
  _writev.apply(this, values)
  point()
}

const store = await openStore(input.store)
const counted = new Proxy(store, {
  get(target, name: keyof OutboxStore) {
    const method = target[name] as (value: unknown, ...more: unknown[]) => Promise<unknown>
    if (!WRITES.includes(name)) return method.bind(target)
    return async (one: unknown, two: unknown, three: unknown) => {
      point()
      const result = await method.call(target, one, two, three)
      point()
      return result
    }
  },
})
const gateway = createWaha({ baseUrl: input.baseUrl, apiKey: input.apiKey })
const clock = quickClock(input.since, input.speed)
await createOutbox({ gateway, session: SESSION, store: counted, pace: FAST, clock, pollMs: 500 }).run(undefined, { until: 'empty' })
await store.close()
// the gateway's connection is kept open for a while
process.stdout.write(JSON.stringify({ points }), () => process.exit(0))
