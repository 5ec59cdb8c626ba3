import type { Clock } from '@wamux/core'
import { createIds, type Ids } from './ids.ts'
import { createNetwork, type Network } from './network.ts'
import { type GatewayId, Session, type SessionOptions } from './session.ts'
import type { Timings } from './timings.ts'

/** How a body says that something went wrong; Wawp uses all four. */
export type ErrorFormat = 'json' | 'xml' | 'text' | 'html'

/** What the control API can change while the emulator runs. */
export interface Settings {
  /** Overrides what Wawp's errors look like; else it follows the `Accept` header. */
  wawpErrors?: ErrorFormat | undefined
}

/** The sessions of one gateway, in the order of their making. */
export interface SessionStore {
  get(id: string): Session | undefined
  list(): readonly Session[]
  create(options: Omit<SessionOptions, 'gateway'>): Session
  remove(id: string): void
}

/** All that the four faces share. */
export interface World {
  readonly clock: Clock
  readonly ids: Ids
  readonly timings: Timings
  readonly network: Network
  readonly settings: Settings
  readonly startedAt: number
  sessions(gateway: GatewayId): SessionStore
  /** Ends all timers. */
  close(): void
}

export function createWorld(seed: number, clock: Clock, timings: Timings): World {
  const ids = createIds(seed)
  const network = createNetwork(clock, ids, timings)
  const stores = new Map<GatewayId, SessionStore>()

  return {
    clock,
    ids,
    timings,
    network,
    settings: {},
    startedAt: clock.now(),

    sessions(gateway) {
      const store = stores.get(gateway) ?? createStore(gateway, { clock, ids, timings })
      stores.set(gateway, store)
      return store
    },

    close() {
      network.close()
      for (const store of stores.values()) for (const session of store.list()) session.stop()
    },
  }
}

function createStore(gateway: GatewayId, context: Pick<World, 'clock' | 'ids' | 'timings'>): SessionStore {
  const sessions = new Map<string, Session>()
  return {
    get: (id) => sessions.get(id),
    list: () => [...sessions.values()],
    create(options) {
      const session = new Session(context, { ...options, gateway })
      sessions.set(session.id, session)
      return session
    },
    remove(id) {
      sessions.get(id)?.stop()
      sessions.delete(id)
    },
  }
}
