import type { CallOptions } from '../schema/call-options.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged, ChannelRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** A channel. */
export interface Channel<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** JID, `…@newsletter`. */
  readonly id: string
  /** Name of the channel. */
  readonly name?: string
  /** Description of the channel. */
  readonly description?: string
  /** Invite link, or its code. */
  readonly invite?: string
  /** Rights of this account in the channel. */
  readonly role?: 'owner' | 'admin' | 'subscriber' | 'guest' | 'unknown'
  /** Number of subscribers. */
  readonly subscribers?: number
  /** The gateway's channel, unchanged. */
  readonly raw: Raw
}

/** Channels, also called newsletters: the owner writes, and any number of people read. Send to one with `message.sendText`. */
export interface ChannelVerbs {
  /**
   * The channels that this account owns or follows.
   *
   * @param input session, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Channel>
  /**
   * One channel.
   *
   * @param input session and channel
   * @param options signal, deadline and attempts of this call
   * @returns the channel
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or channel
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: ChannelRef, options?: CallOptions): Promise<Channel>
  /**
   * Makes a channel.
   *
   * @param input session, name and description
   * @param options signal, deadline and attempts of this call
   * @returns the channel
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been made
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  create(input: SessionRef & { readonly name: string; readonly description?: string }, options?: CallOptions): Promise<Channel>
  /**
   * Removes an own channel for everyone. wamux never repeats it.
   *
   * @param input session and channel
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or channel
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  delete(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Follows a channel.
   *
   * @param input session and channel
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or channel
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  follow(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Stops following a channel.
   *
   * @param input session and channel
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or channel
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  unfollow(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Mutes a channel.
   *
   * @param input session and channel
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or channel
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  mute(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Unmutes a channel.
   *
   * @param input session and channel
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or channel
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  unmute(input: ChannelRef, options?: CallOptions): Promise<Acknowledged>
}
