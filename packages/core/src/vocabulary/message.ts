import type { CallOptions } from '../transport.ts'
import type { SessionRef } from './session.ts'

export interface SendTextInput extends SessionRef {
  /** E.164 number (`+4915112345678`) or JID (`…@c.us`, `…@g.us`, `…@newsletter`, `…@lid`). */
  readonly to: string
  readonly text: string
  /** Id of the message that this one answers. */
  readonly replyTo?: string
}

export interface SentMessage<Raw = unknown> {
  readonly session: string
  /** The gateway's id of the message; absent when its answer has none. */
  readonly id?: string
  /** JID that it went to, as far as known. */
  readonly to: string
  /** How far it got: `queued` by the gateway, `sent` to WhatsApp, or the gateway does not say. */
  readonly status: 'queued' | 'sent' | 'unknown'
  readonly raw: Raw
}

/**
 * Sending. wamux never sends a message twice: it repeats a send only when the first one certainly never reached the gateway, and
 * everything that may have been sent ends as `unknown_outcome`.
 */
export interface MessageVerbs {
  /**
   * Sends a text.
   * Throws `conflict` when the session is not connected, `unknown_outcome` when it may have been sent.
   */
  sendText(input: SendTextInput, options?: CallOptions): Promise<SentMessage>
}
