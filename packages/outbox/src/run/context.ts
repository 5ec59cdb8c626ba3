import type { Clock, GatewayBase, ResolveNumbers } from '@wamux/core'
import type { OutboxMessage } from '../message/message.ts'
import type { Pace } from '../pace/pace.ts'
import type { QuietUntil } from '../pace/quiet-hours.ts'
import type { Move, OutboxStore } from '../store/store.ts'
import type { Bell } from './bell.ts'
import type { Finding } from './find-sent.ts'

/** What happens with a message of which nobody knows whether it was sent. */
export type ResendPolicy = 'never' | 'ask' | 'after-lookup'

/** What the look into the chat showed, for whoever is asked. */
export type LookUp = Finding['seen']

/**
 * Decides about a message that may have been sent.
 *
 * @param message the message
 * @param lookUp what the chat shows: `absent`, or `not_told` when the gateway cannot tell
 * @returns `resend` sends it again, `leave` leaves it `unknown`
 */
export type AskResend = (message: OutboxMessage, lookUp: LookUp) => Promise<'resend' | 'leave'>

/** What a run works with. */
export interface RunContext {
  readonly gateway: GatewayBase
  readonly session: string
  readonly sender: string
  readonly store: OutboxStore
  readonly clock: Clock
  readonly random: () => number
  readonly pace: Pace
  readonly quietUntil: QuietUntil | undefined
  readonly bell: Bell
  readonly resend: ResendPolicy
  readonly ask: AskResend | undefined
  readonly checkNumbers: ResolveNumbers | undefined
  readonly pollMs: number
  /** Changes a message's state, and lets everybody know. */
  readonly move: (move: Move) => Promise<OutboxMessage | undefined>
  /** Makes up for receipts that came before the answer of the send. */
  readonly afterSent: (message: OutboxMessage) => Promise<void>
}
