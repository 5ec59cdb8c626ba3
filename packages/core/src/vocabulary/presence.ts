import type { CallOptions } from '../schema/call-options.ts'
import type { Person } from './person.ts'
import type { Acknowledged, ChatRef } from './refs.ts'
import type { SessionRef } from './session.ts'

export type PresenceState = 'online' | 'offline' | 'typing' | 'recording' | 'paused' | 'unknown'

export interface Presence<Raw = unknown> {
  readonly session: string
  /** JID of the chat. */
  readonly chat: string
  /** What each person in it does; one entry for a chat with one person. */
  readonly presences: readonly (Person & { readonly state: PresenceState; readonly lastSeenAt?: number })[]
  readonly raw: Raw
}

/** Who is online. WhatsApp tells only of chats that were subscribed to, and only what privacy settings allow. */
export interface PresenceVerbs {
  /** Shows this account as online or offline. While it is online, phones get no push notifications. */
  set(input: SessionRef & { readonly presence: 'online' | 'offline' }, options?: CallOptions): Promise<Acknowledged>
  /** Asks WhatsApp to tell when a chat's presence changes. */
  subscribe(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /** What is known of a chat's presence now. */
  get(input: ChatRef, options?: CallOptions): Promise<Presence>
}
