import type { Clock } from '@wamux/core'
import type { Timings } from '../clock/timings.ts'
import type { Ids } from '../ids.ts'

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

export interface SessionContext {
  readonly clock: Clock
  readonly ids: Ids
  readonly timings: Timings
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
