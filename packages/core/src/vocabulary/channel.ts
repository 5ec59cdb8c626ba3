import type { CallOptions } from '../schema/call-options.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged, ChannelRef } from './refs.ts'
import type { SessionRef } from './session.ts'

export interface Channel<Raw = unknown> {
  readonly session: string
  /** JID, `…@newsletter`. */
  readonly id: string
  readonly name?: string
  readonly description?: string
  /** Link or code to invite with. */
  readonly invite?: string
  readonly role?: 'owner' | 'admin' | 'subscriber' | 'guest' | 'unknown'
  readonly subscribers?: number
  readonly raw: Raw
}

/** Channels, also called newsletters: one writes, any number reads. Send to one with `message.sendText`. */
export interface ChannelVerbs {
  /** The channels that this account owns or follows. */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Channel>
  /** One channel. Throws `not_found`. */
  get(input: ChannelRef, options?: CallOptions): Promise<Channel>
  /** Makes a channel. Throws `unknown_outcome` when the answer was lost. */
  create(input: SessionRef & { readonly name: string; readonly description?: string }, options?: CallOptions): Promise<Channel>
  /** Removes an own channel for everyone. Never repeated by itself. */
  delete(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /** Follows a channel. */
  follow(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /** Unfollows a channel. */
  unfollow(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /** Mutes a channel. */
  mute(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /** Lets a channel ring again. */
  unmute(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
}
