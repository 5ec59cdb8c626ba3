import type { CallOptions } from '../schema/call-options.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged, ChatRef } from './refs.ts'
import type { SessionRef } from './session.ts'

export type ChatKind = 'person' | 'group' | 'channel' | 'broadcast' | 'unknown'

export interface Chat<Raw = unknown> {
  readonly session: string
  /** JID, persons as `…@c.us`. */
  readonly id: string
  readonly kind: ChatKind
  readonly name?: string
  /** How many messages are unread. */
  readonly unread?: number
  readonly archived?: boolean
  readonly pinned?: boolean
  readonly muted?: boolean
  /** When something happened last, ms since the epoch. */
  readonly at?: number
  readonly raw: Raw
}

export interface MuteInput extends ChatRef {
  /** False lets it ring again. Default true. */
  readonly muted?: boolean
  /** How long, ms. Default: for ever, where the gateway can. */
  readonly durationMs?: number
}

export interface PinChatInput extends ChatRef {
  /** False unpins it. Default true. */
  readonly pinned?: boolean
}

export interface TypingInput extends ChatRef {
  /** What the other side sees. Default `typing`; `paused` takes it away. */
  readonly state?: 'typing' | 'recording' | 'paused'
}

/** Chats. Archiving, pinning and muting are this account's view; the other side does not see them. */
export interface ChatVerbs {
  /** All chats, the one with the newest message first. */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Chat>
  /** One chat. Throws `not_found`. */
  get(input: ChatRef, options?: CallOptions): Promise<Chat>
  /** Puts a chat into the archive. */
  archive(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /** Takes a chat out of the archive. */
  unarchive(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /** Mutes a chat, or lets it ring again. */
  mute(input: MuteInput, options?: CallOptions): Promise<Acknowledged>
  /** Pins a chat to the top, or unpins it. */
  pin(input: PinChatInput, options?: CallOptions): Promise<Acknowledged>
  /** Deletes the messages of a chat for this account; the chat stays. Never repeated by itself. */
  clear(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /** Deletes a chat with its messages for this account. Never repeated by itself. */
  delete(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /** Marks a chat as unread. */
  markUnread(input: ChatRef, options?: CallOptions): Promise<Acknowledged>
  /** Shows the other side that one is typing or recording, or no longer is. */
  setTyping(input: TypingInput, options?: CallOptions): Promise<Acknowledged>
}
