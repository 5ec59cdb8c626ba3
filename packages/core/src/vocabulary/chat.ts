import type { CallOptions } from '../schema/call-options.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged, ChatRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** Whom a chat is with. */
export type ChatKind = 'person' | 'group' | 'channel' | 'broadcast' | 'unknown'

/** A chat in this account's list. */
export interface Chat<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** JID, persons as `…@c.us`. */
  readonly id: string
  /** Whom it is with. */
  readonly kind: ChatKind
  /** Name of the person, group or channel. */
  readonly name?: string
  /** Number of unread messages. */
  readonly unread?: number
  /** True when it is in the archive. */
  readonly archived?: boolean
  /** True when it is pinned to the top. */
  readonly pinned?: boolean
  /** True when it does not notify. */
  readonly muted?: boolean
  /** When something happened last, ms since the epoch. */
  readonly at?: number
  /** The gateway's chat, unchanged. */
  readonly raw: Raw
}

/** Input of `chat.mute`. */
export interface MuteInput extends ChatRef {
  /** False unmutes it. Default true. */
  readonly muted?: boolean
  /** How long, ms. Default: without end, if the gateway can do that. */
  readonly durationMs?: number
}

/** Input of `chat.pin`. */
export interface PinChatInput extends ChatRef {
  /** False unpins it. Default true. */
  readonly pinned?: boolean
}

/** Input of `chat.setTyping`. */
export interface TypingInput extends ChatRef {
  /** What the other side sees; `paused` ends it. Default `typing`. */
  readonly state?: 'typing' | 'recording' | 'paused'
}

/** Chats. Archiving, pinning and muting change this account's view only; the other side does not see them. */
export interface ChatVerbs {
  /**
   * All chats, the one with the newest message first.
   *
   * @param input session, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Chat>
  /**
   * One chat.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the chat
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: ChatRef, options?: CallOptions): Promise<Chat>
  /**
   * Moves a chat to the archive.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  archive(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Moves a chat back from the archive.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  unarchive(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Mutes a chat, or unmutes it.
   *
   * @param input session and chat, and how long
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  mute(input: MuteInput, options?: CallOptions): Promise<Acknowledged>
  /**
   * Pins a chat to the top, or unpins it.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  pin(input: PinChatInput, options?: CallOptions): Promise<Acknowledged>
  /**
   * Deletes the messages of a chat for this account; the chat stays. wamux never repeats it.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  clear(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Deletes a chat with its messages for this account. wamux never repeats it.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  delete(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Marks a chat as unread.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  markUnread(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Shows the other side that this account is typing or recording, or has stopped.
   *
   * @param input session and chat, and what to show
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: the session is not connected
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setTyping(input: TypingInput, options?: CallOptions): Promise<Acknowledged>
}
