import type { Clock } from '@wamux/core'
import { createTimers, type StartTimer, type Timers } from './clock/timers.ts'
import type { Timings } from './clock/timings.ts'
import { createTimelockEnds, type TimelockEnd } from './faults/limit-ends.ts'
import { createFaults, type Faults } from './faults/wires.ts'
import { createFiles, type Files } from './files/files.ts'
import { createIds, type Ids } from './ids.ts'
import { createMemory, type Memory, type Parts } from './memory/memory.ts'
import { createNetwork, type Network } from './network/network.ts'
import { createReplies, type Replies } from './scenario/replies.ts'
import { type GatewayId, newSessionData, Session, type SessionData, type SessionOptions } from './sessions/session.ts'
import { createSessionEvents, type SessionEvents } from './sessions/session-events.ts'
import { createTranscript, type Transcript } from './transcript/transcript.ts'
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
  /** What snapshots keep. Whatever changes is a part of it. */
  readonly memory: Memory
  /** What is to happen later. */
  readonly timers: Timers
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
  /** Tells the sessions of a phone when its timelock is over. */
  readonly timelockEnds: StartTimer<TimelockEnd>
  readonly settings: Settings
  /** What phones answer by themselves. */
  readonly replies: Replies
  /** What happened. */
  readonly transcript: Transcript
  readonly startedAt: number
  sessions(gateway: GatewayId): SessionStore
  /** All parts, for a snapshot. */
  parts(): Parts
  /** Starts what a snapshot had under way; called when all faces are there. */
  resume(): void
  /** Calls the listener when the state ends: on reset, restore and close. */
  onClose(listener: () => void): void
  /** Ends all timers. */
  close(): void
}

/** What the state is made from. */
export interface StateOptions {
  readonly seed: number
  readonly clock: Clock
  /** Called with work that has to end before time goes on. Default: nothing waits for it. */
  readonly hold?: (work: Promise<unknown>) => void
  /** Parts of a snapshot. Default: all parts start empty. */
  readonly saved?: Parts | undefined
  readonly timings: Timings
  /** Where the emulator is served. */
  readonly origin: () => string
  readonly deliver: Deliver | undefined
  readonly fetchFile: Deliver | undefined
  readonly waha?: WahaOptions | undefined
  readonly warest?: WarestOptions | undefined
}

export function createState({
  seed,
  clock,
  hold,
  saved,
  timings,
  origin,
  deliver,
  fetchFile,
  waha = {},
  warest = {},
}: StateOptions): State {
  const memory = createMemory(saved)
  const timers = createTimers(clock, memory)
  const ids = createIds(seed, memory)
  const network = createNetwork(clock, ids, timings, memory, timers)
  const transcript = createTranscript(memory, network, clock.now)
  const replies = createReplies(network, memory, timers)
  const webhooks = createWebhooks(clock, ids, deliver, memory, timers, { hold, tried: transcript.webhook })
  // the QR codes of a session follow each other for ever: they are no work that ends
  const sessionEvents = createSessionEvents({ network, now: clock.now, after: clock.after })
  const ownClock: Clock = { now: clock.now, after: timers.after }
  const context = { clock: ownClock, ids, timings, timers, memory, transcript }
  const store = (gateway: GatewayId) => createStore(gateway, context, sessionEvents)
  const stores = { waha: store('waha'), wawp: store('wawp'), warest: store('warest'), sparkbot: store('sparkbot') }
  const begun = memory.part('server', () => ({ at: clock.now() }))
  const changed = memory.part('settings', (): Pick<Settings, 'wawpErrors' | 'warestLimits'> => ({}))
  const closing = new Set<() => void>()

  return {
    clock: ownClock,
    memory,
    timers,
    ids,
    timings,
    network,
    sessionEvents,
    webhooks,
    files: createFiles(network.media, origin, fetchFile),
    faults: createFaults(ownClock, ids, memory),
    timelockEnds: createTimelockEnds(timers, { network, sessionEvents, sessions: (gateway) => stores[gateway] }, clock.now),
    settings: {
      waha,
      warest,
      get wawpErrors() {
        return changed.wawpErrors
      },
      set wawpErrors(format) {
        changed.wawpErrors = format
      },
      get warestLimits() {
        return changed.warestLimits
      },
      set warestLimits(limits) {
        changed.warestLimits = limits
      },
    },
    replies,
    transcript,
    startedAt: begun.at,
    sessions: (gateway) => stores[gateway],
    parts: memory.parts,

    resume() {
      timers.resume()
      webhooks.resume()
    },

    onClose(listener) {
      closing.add(listener)
    },

    close() {
      webhooks.close()
      timers.close()
      for (const { list } of Object.values(stores)) for (const session of list()) session.stop()
      for (const listener of closing) listener()
    },
  }
}

type StoreContext = Pick<State, 'clock' | 'ids' | 'timings' | 'timers' | 'memory' | 'transcript'>

/** A phase that ends by itself; a session that has left it meanwhile is left alone. */
interface DuePhase {
  readonly session: string
  readonly phase: string
  readonly since: number
}

function createStore(gateway: GatewayId, context: StoreContext, sessionEvents: SessionEvents): SessionStore {
  const known = context.memory.part(`sessions/${gateway}`, () => new Map<string, SessionData>())
  const sessions = new Map<string, Session>()
  const later = context.timers.kind(`session/${gateway}`, ({ session: id, phase, since }: DuePhase) => {
    const session = sessions.get(id)
    if (session?.phase === phase && session.changedAt === since) session.due()
  })
  const sessionContext = {
    ...context,
    later: (ms: number, { id, phase, changedAt }: Session) => later(ms, { session: id, phase, since: changedAt }),
  }

  function open(data: SessionData): Session {
    const session = new Session(sessionContext, gateway, data)
    sessions.set(data.id, session)
    session.onChange(() => context.transcript.session(session))
    sessionEvents.attach(session)
    return session
  }

  for (const data of known.values()) open(data)

  return {
    get: (id) => sessions.get(id),
    list: () => [...sessions.values()],
    create(options) {
      const data = newSessionData(options, context.clock.now())
      known.set(data.id, data)
      return open(data)
    },
    remove(id) {
      sessions.get(id)?.stop()
      sessions.delete(id)
      known.delete(id)
    },
  }
}
