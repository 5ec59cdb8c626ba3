import type { Gateway, Hooks } from '@wamux/core'
import { createEmulator, createVirtualClock, type Emulator, type VirtualClock } from '@wamux/emulator'
import { createWaha } from '@wamux/waha'
import { createMemoryStore, createOutbox, type Outbox, type OutboxMessage, type OutboxOptions, type OutboxStore } from '../src/index.ts'

/** No pause between messages and no limits, for tests of other things. */
export const FAST = { intervalMs: 0, perHour: 1e6, perDay: 1e6, newChatsPerHour: 1e6, newChatsPerDay: 1e6 } as const

export const SESSION = 'shop'
const WARM_UP = '+12025559999'
export const SENDER_PHONE = '12025550100'

/** A connected session of the emulator on a virtual clock, and an outbox that sends through it. */
export interface Scene {
  readonly emulator: Emulator
  readonly clock: VirtualClock
  readonly gateway: Gateway
  readonly store: OutboxStore
  readonly outbox: Outbox
  /** Makes another outbox on the same store and gateway. */
  another(options?: Partial<OutboxOptions>): Outbox
  /** The texts that arrived at WhatsApp, in order. */
  arrived(): Promise<string[]>
  /** Runs until the outbox is empty, letting time pass, at most so long (ms). */
  runFor(ms: number, outbox?: Outbox): Promise<void>
  states(): Promise<Record<string, OutboxMessage['state']>>
}

export async function openScene(options: Partial<OutboxOptions> = {}, hooks: Hooks = {}): Promise<Scene> {
  const clock = createVirtualClock()
  const emulator = createEmulator({ clock })
  const { baseUrl, credentials } = emulator.gateways.waha
  const gateway = createWaha({ baseUrl, ...credentials, fetch: emulator.fetch, clock, hooks })
  await gateway.session.create({ session: SESSION })
  await clock.advance(10_000)
  await emulator.control.scan({ gateway: 'waha', session: SESSION, phone: SENDER_PHONE })
  await clock.advance(10_000)
  await loadVerbs(gateway)
  const store = options.store ?? createMemoryStore()
  const base = { gateway, session: SESSION, store, clock, pace: FAST, random: () => 0.5 }
  const outbox = createOutbox({ ...base, ...options })

  return {
    ...{ emulator, clock, gateway, store, outbox },
    another: (more = {}) => createOutbox({ ...base, ...options, ...more }),
    arrived: async () => (await emulator.control.messages()).map(({ text = '' }) => text).filter((text) => text !== 'warm-up'),
    async runFor(ms, one = outbox) {
      const end = new AbortController()
      let running = true
      const run = one.run(end.signal, { until: 'empty' }).finally(() => {
        running = false
      })
      const step = Math.max(1_000, Math.floor(ms / 200))
      for (let passed = 0; running && passed < ms; passed += step) await clock.advance(step)
      await new Promise((resolve) => setImmediate(resolve))
      end.abort()
      await run
    },
    states: async () => Object.fromEntries((await outbox.list({ limit: 1_000 })).map(({ key, state }) => [key, state])),
  }
}

/** Verbs are loaded when they are first used, which takes time that the virtual clock knows nothing of. */
async function loadVerbs({ message }: Gateway): Promise<void> {
  await message?.sendText?.({ session: SESSION, to: WARM_UP, text: 'warm-up' })
  await message?.list?.({ session: SESSION, chat: WARM_UP })
}

/** A message to one of a thousand numbers. */
export const message = (index: number, more: object = {}): { key: string; to: string; text: string } => ({
  key: `m${index}`,
  to: `+1202555${String(1_001 + index)}`,
  text: `Hello ${index}`,
  ...more,
})
