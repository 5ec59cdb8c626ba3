import type { CallOptions } from '../schema/call-options.ts'
import type { Person } from './person.ts'
import type { Acknowledged, ChatRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** What a person is doing. */
export type PresenceState = 'online' | 'offline' | 'typing' | 'recording' | 'paused' | 'unknown'

/** Who is online or typing in a chat. */
export interface Presence<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** JID of the chat. */
  readonly chat: string
  /** State of each person, and when they were last online, ms since the epoch. One entry for a chat with one person. */
  readonly presences: readonly (Person & { readonly state: PresenceState; readonly lastSeenAt?: number })[]
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Who is online. WhatsApp tells it for subscribed chats only, and as far as privacy settings allow. */
export interface PresenceVerbs {
  /**
   * Shows this account as online or offline. While it is online, its phones get no push notifications.
   *
   * @param input session and state
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  set(input: SessionRef & { readonly presence: 'online' | 'offline' }, options?: CallOptions): Promise<Acknowledged>
  /**
   * Asks WhatsApp to report changes of a chat's presence.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: the session is not connected
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  subscribe(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * The presence of a chat as far as it is known now.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the state of each person
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: ChatRef, options?: CallOptions): Promise<Presence>
}
