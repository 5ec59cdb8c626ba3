import type { OutboxState } from './states.ts'

/** A file to send, in a form that a store can keep: its address, or its bytes as base64 text. */
export interface OutboxFile {
  /** http(s) address. The gateway fetches it. Either this or `base64`. */
  readonly url?: string
  /** Base64 text, or a `data:` URL. Either this or `url`. */
  readonly base64?: string
  /** Media type: `image/png`. Default: what core finds out. */
  readonly mimetype?: string
  /** File name that the recipient sees. Default: none. */
  readonly filename?: string
}

/** How a file is shown to the recipient. */
export type FileKind = 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker'

/** What is sent: a text, or a file. */
export interface OutboxContent {
  /** The text, or the caption of a file. */
  readonly text?: string | undefined
  /** The file. Default: none, so that the message is a text. */
  readonly file?: OutboxFile | undefined
  /** How the file is shown. Default `document`. */
  readonly as?: FileKind | undefined
}

/** A message to be put into the outbox. */
export interface NewMessage extends OutboxContent {
  /** Recipient: E.164 number (`+4915112345678`) or JID. */
  readonly to: string
  /** Your own name for the message, unique in the store. Default: made from list, recipient and content. */
  readonly key?: string
  /** Name of the list that it belongs to. Default: empty. */
  readonly list?: string
  /** Not sent before this time, ms since the epoch. Default: at once. */
  readonly notBefore?: number
  /** Not sent after this time, ms since the epoch. Default: never expires. */
  readonly expiresAt?: number
}

/** A message as a store takes it. */
export interface StoredInput extends OutboxContent {
  /** Name of the message, unique in the store. */
  readonly key: string
  /** The sending number that it belongs to. */
  readonly sender: string
  /** Recipient: E.164 number or JID. */
  readonly to: string
  /** Name of its list; empty without one. */
  readonly list: string
  /** Not sent before this time, ms since the epoch; 0 for at once. */
  readonly notBefore: number
  /** Not sent after this time, ms since the epoch. */
  readonly expiresAt?: number | undefined
}

/** A message of the outbox, as it is now. */
export interface OutboxMessage extends StoredInput {
  /** Its place in the store, from 1. */
  readonly seq: number
  /** Where it is. */
  readonly state: OutboxState
  /** When it came into that state, ms since the epoch. */
  readonly changedAt: number
  /** How often a send of it was begun. */
  readonly attempts: number
  /** When the last send was begun, ms since the epoch. */
  readonly startedAt?: number | undefined
  /** Why it is in its state, a sentence for people. */
  readonly reason?: string | undefined
  /** The gateway's id of the message, once it is known. */
  readonly messageId?: string | undefined
  /** WhatsApp's bare id of the message, once it is known. */
  readonly messageKey?: string | undefined
}

/** A message changed its state. */
export interface OutboxChange {
  /** Number of the change in the store, growing. */
  readonly seq: number
  /** The message's key. */
  readonly key: string
  /** The sending number. */
  readonly sender: string
  /** The state it had; absent when it was added. */
  readonly from?: OutboxState | undefined
  /** The state it has. */
  readonly to: OutboxState
  /** When, ms since the epoch. */
  readonly at: number
  /** Why, a sentence for people. */
  readonly reason?: string | undefined
}
