import type { Clock } from '@wamux/core'
import type { Timings } from '../clock/timings.ts'
import type { Ids } from '../ids.ts'
import type { Account } from '../network/types.ts'

/** Ids of the emulated gateways. */
export type GatewayId = 'waha' | 'wawp' | 'warest' | 'sparkbot'

/**
 * Where a session is in its life, in the words of `@wamux/core`; with the two last ones it waits for the passkey of the phone that scanned.
 */
export type SessionPhase =
  | 'stopped'
  | 'starting'
  | 'pairing'
  | 'connecting'
  | 'connected'
  | 'disconnected'
  | 'conflict'
  | 'failed'
  | 'passkey'
  | 'passkey_confirmation'

/** What the gateway makes of a phone that removed it from its linked devices. */
export type AfterUnlink = 'fail' | 'pair-again'

/** What a timer of a session needs of it. */
export interface TimedSession {
  readonly id: string
  readonly phase: SessionPhase
  readonly changedAt: number
}

export interface SessionContext {
  readonly clock: Clock
  readonly ids: Ids
  readonly timings: Timings
  /** Calls `due` of the session when so many ms are over, and it is in the same phase as now. */
  later(ms: number, session: TimedSession): () => void
}

export interface SessionOptions {
  readonly gateway: GatewayId
  readonly id: string
  /** The name it shows, where that is not its id. */
  readonly name?: string
  readonly afterUnlink: AfterUnlink
  /** Settings that the gateway's face stores with the session. */
  readonly settings?: Record<string, unknown>
}

interface PairingCode {
  readonly value: string
  readonly phone: string
  readonly expiresAt: number
}

/** What is known of a session: what a snapshot keeps. */
export interface SessionData {
  readonly id: string
  readonly name: string
  readonly afterUnlink: AfterUnlink
  readonly createdAt: number
  readonly settings: Record<string, unknown>
  phase: SessionPhase
  changedAt: number
  account: Account | undefined
  lastAccount: Account | undefined
  /** The phone unlinked the session while it was stopped; the gateway notices when it connects. */
  revoked: boolean
  connectedAt: number | undefined
  pairings: number
  phases: readonly { readonly phase: SessionPhase; readonly at: number }[]
  codes: number
  code: PairingCode | undefined
  /** The phone that scanned, and has to show its passkey. */
  scanned: Account | undefined
  /** How often in a row it has tried to connect. */
  attempts: number
}

/** A session as it begins. */
export function newSessionData({ id, name = id, afterUnlink, settings = {} }: Omit<SessionOptions, 'gateway'>, now: number): SessionData {
  const account = { account: undefined, lastAccount: undefined, revoked: false, connectedAt: undefined, scanned: undefined, attempts: 0 }
  const codes = { pairings: 0, codes: 0, code: undefined }
  return { id, name, afterUnlink, createdAt: now, settings, phase: 'stopped', changedAt: now, phases: [], ...account, ...codes }
}
