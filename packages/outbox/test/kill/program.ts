// Sends an outbox and kills itself with SIGKILL at a chosen point: before or after the k-th write to the store or to a socket.

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

const write = Socket.prototype.write as (this: Socket, ...values: unknown[]) => boolean
Socket.prototype.write = function (this: Socket, ...values: unknown[]): boolean {
  point()
  const result = write.call(this, values[0], values[1], values[2])
  point()
  return result
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
