import type { Clock } from '@wamux/core'
import type { Timings } from './clock/timings.ts'
import { createFaults, type Faults } from './faults/wires.ts'
import { createFiles, type Files } from './files/files.ts'
import { createIds, type Ids } from './ids.ts'
import { createNetwork, type Network } from './network/network.ts'
import { type GatewayId, Session, type SessionOptions } from './sessions/session.ts'
import { createSessionEvents, type SessionEvents } from './sessions/session-events.ts'
import { createWebhooks, type Deliver, type Webhooks } from './webhooks/webhooks.ts'

/** Format of error bodies; Wawp uses all four. */
export type ErrorFormat = 'json' | 'xml' | 'text' | 'html'

/** How the emulated WAHA differs from the usual one. */
export interface WahaOptions {
  /**
   * `plus`: everything, as the image has it since 2026.6.1. `core`: the free edition before, with one session `default` and without media.
   * Default `plus`.
   */
  readonly edition?: 'plus' | 'core'
}

/** How the emulated WARest differs from the usual one. */
export interface WarestOptions {
  /** Key of a second user, who is no admin and may not touch the sessions of others. Default: there is none. */
  readonly userKey?: string
  /** Limits of requests. Default: none. */
  readonly limits?: WarestLimits
}

/** WARest's limits of requests. */
export interface WarestLimits {
  /** Largest number of requests of one key within `windowMs`; others are answered 429. */
  readonly max: number
  readonly windowMs: number
  /** Pause between two messages to one recipient, ms; 429 before. */
  readonly cooldownMs: number
}

/** What the control API can change while the emulator runs. */
export interface Settings {
  readonly waha: WahaOptions
  readonly warest: WarestOptions
  /** Limits of WARest that a fault set; they come before those that it was made with. */
  warestLimits?: WarestLimits | undefined
  /** Format of Wawp's errors. Default: what the `Accept` header asks for. */
  wawpErrors?: ErrorFormat | undefined
}

/** The sessions of one gateway, oldest first. */
export interface SessionStore {
  get(id: string): Session | undefined
  list(): readonly Session[]
  create(options: Omit<SessionOptions, 'gateway'>): Session
  remove(id: string): void
}

/** Everything that the faces share: clock, network, sessions, webhooks, files. */
export interface State {
  readonly clock: Clock
  readonly ids: Ids
  readonly timings: Timings
  readonly network: Network
  /** Events of sessions and their accounts. */
  readonly sessionEvents: SessionEvents
  /** Delivers events to webhook addresses. */
  readonly webhooks: Webhooks
  /** Files that gateways fetch, and addresses of files that they show. */
  readonly files: Files
  readonly faults: Faults
  readonly settings: Settings
  readonly startedAt: number
  sessions(gateway: GatewayId): SessionStore
  /** Ends all timers. */
  close(): void
}

/** What the state is made from. */
export interface StateOptions {
  readonly seed: number
  readonly clock: Clock
  readonly timings: Timings
  /** Where the emulator is served. */
  readonly origin: () => string
  readonly deliver: Deliver | undefined
  readonly fetchFile: Deliver | undefined
  readonly waha?: WahaOptions | undefined
  readonly warest?: WarestOptions | undefined
}

export function createState({ seed, clock, timings, origin, deliver, fetchFile, waha = {}, warest = {} }: StateOptions): State {
  const ids = createIds(seed)
  const network = createNetwork(clock, ids, timings)
  const webhooks = createWebhooks(clock, ids, deliver)
  const stores = new Map<GatewayId, SessionStore>()
  const sessionEvents = createSessionEvents({ network, timings, now: clock.now, after: clock.after })

  return {
    clock,
    ids,
    timings,
    network,
    sessionEvents,
    webhooks,
    files: createFiles(network.media, origin, fetchFile),
    faults: createFaults(clock, ids),
    settings: { waha, warest },
    startedAt: clock.now(),

    sessions(gateway) {
      const store = stores.get(gateway) ?? createStore(gateway, { clock, ids, timings }, sessionEvents)
      stores.set(gateway, store)
      return store
    },

    close() {
      network.close()
      webhooks.close()
      for (const store of stores.values()) for (const session of store.list()) session.stop()
    },
  }
}

function createStore(gateway: GatewayId, context: Pick<State, 'clock' | 'ids' | 'timings'>, sessionEvents: SessionEvents): SessionStore {
  const sessions = new Map<string, Session>()
  return {
    get: (id) => sessions.get(id),
    list: () => [...sessions.values()],
    create(options) {
      const session = new Session(context, { ...options, gateway })
      sessions.set(session.id, session)
      sessionEvents.attach(session)
      return session
    },
    remove(id) {
      sessions.get(id)?.stop()
      sessions.delete(id)
    },
  }
}
