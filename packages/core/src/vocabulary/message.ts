import type { Media } from './media.ts'
import type { OfPerson } from './person.ts'
import type { AddressInput, ChatRef, MessageRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** How far a message got. WhatsApp shows one tick for `sent`, two for `delivered`, two blue ones for `read`. */
export type Ack = 'failed' | 'pending' | 'sent' | 'delivered' | 'read' | 'played' | 'unknown'

/** What a message is. `system` is a notice by WhatsApp itself; `unknown` is a type that wamux does not know. */
export type MessageType =
  | 'text'
  | 'image'
  | 'video'
  | 'audio'
  | 'voice'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contact'
  | 'poll'
  | 'album'
  | 'reaction'
  | 'system'
  | 'unknown'

/** A file inside a message. Fields that the gateway does not tell are absent. */
export interface MessageMedia {
  /** Media type: `image/jpeg`. */
  readonly mimetype?: string
  /** File name that the sender gave it. */
  readonly filename?: string
  /** Address at the gateway; it may need the gateway's credentials. */
  readonly url?: string
  /** Size, bytes. */
  readonly size?: number
}

/** A place that was sent. */
export interface MessageLocation {
  /** Degrees, -90 to 90. */
  readonly latitude: number
  /** Degrees, -180 to 180. */
  readonly longitude: number
  /** Name of the place. */
  readonly name?: string
  /** Postal address of the place. */
  readonly address?: string
}

/** A contact card inside a message. */
export interface MessageContact {
  /** Display name. */
  readonly name?: string
  /** E.164 numbers of the card. Numbers without a country code are only in `vcard`. */
  readonly phones: readonly string[]
  /** The card itself, as a vCard. */
  readonly vcard?: string
}

/** A poll that was sent. */
export interface MessagePoll {
  /** The question. */
  readonly question: string
  /** The choices. */
  readonly options: readonly string[]
  /** Whether people may choose several. */
  readonly multiple?: boolean
}

/** Pictures and videos that were sent at once: the album comes first, then each of them as a message of its own. */
export interface MessageAlbum {
  /** How many pictures follow; of the album itself. */
  readonly images?: number
  /** How many videos follow; of the album itself. */
  readonly videos?: number
  /** Bare id of the album that this picture or video belongs to. */
  readonly parent?: string
}

/** What somebody chose on buttons or in a list. */
export interface MessageChoice {
  /** The id that the button or row was sent with. */
  readonly id?: string
  /** Its label. */
  readonly text?: string
}

/** A message of a chat. */
export interface Message<Raw = unknown> extends OfPerson {
  /** Session id. */
  readonly session: string
  /** The gateway's id of the message, for other verbs. */
  readonly id: string
  /** WhatsApp's own id, the same on every gateway and for number and LID. For comparing messages; other verbs take `id`. */
  readonly key?: string
  /** JID of the chat, persons as `…@c.us`. */
  readonly chat: string
  /** JID of who wrote it; in a group the person, not the group. */
  readonly from?: string
  /** True when this account wrote it. */
  readonly fromMe?: boolean
  /** What it is. */
  readonly type: MessageType
  /** Text, or the caption of a file. */
  readonly text?: string
  /** When it was written, ms since the epoch. */
  readonly at?: number
  /** How far it got; `unknown` when the gateway does not tell. */
  readonly ack: Ack
  /** Id of the message that it replies to. */
  readonly replyTo?: string
  /** The file inside it. */
  readonly media?: MessageMedia
  /** The place, of a `location`. */
  readonly location?: MessageLocation
  /** The cards, of a `contact`. */
  readonly contacts?: readonly MessageContact[]
  /** The question, of a `poll`. */
  readonly poll?: MessagePoll
  /** Of an `album`, and of the pictures and videos in it. */
  readonly album?: MessageAlbum
  /** Of an answer to buttons or a list. */
  readonly choice?: MessageChoice
  /** The gateway's message, unchanged. */
  readonly raw: Raw
}

/** What every send takes. */
export interface SendInput extends SessionRef {
  /** Recipient: E.164 number (`+4915112345678`), JID (`…@c.us`, `…@g.us`, `…@newsletter`, `…@lid`) or address. */
  readonly to: AddressInput
  /** Id of the message to reply to. Default: none. */
  readonly replyTo?: string
  /** Persons to mention; the text names them as `@4915112345678`. Default: none. */
  readonly mentions?: readonly AddressInput[]
}

/** Input of `message.sendText`. */
export interface SendTextInput extends SendInput {
  /** The text, not empty. */
  readonly text: string
}

/** Input of sends with a file. */
export interface SendFileInput extends SendInput {
  /** The file: a link, bytes or base64 text. */
  readonly file: Media
}

/** Input of sends with a file and a caption. */
export interface SendCaptionedInput extends SendFileInput {
  /** Text below the file. Default: none. */
  readonly caption?: string
}

/** Input of `message.sendLocation`. */
export interface SendLocationInput extends SendInput {
  /** Degrees, -90 to 90. */
  readonly latitude: number
  /** Degrees, -180 to 180. */
  readonly longitude: number
  /** Name of the place. Default: none. */
  readonly name?: string
  /** Postal address of the place. Default: none. */
  readonly address?: string
}

/** A contact card. */
export interface ContactCard {
  /** Display name. */
  readonly name: string
  /** E.164 number. */
  readonly phone: string
  /** Company. Default: none. */
  readonly organization?: string
}

/** Input of `message.sendContact`. */
export interface SendContactInput extends SendInput {
  /** The cards, at least one. */
  readonly contacts: readonly ContactCard[]
}

/** Input of `message.sendPoll`. */
export interface SendPollInput extends SendInput {
  /** The question, not empty. */
  readonly question: string
  /** The choices, 2 to 12. */
  readonly options: readonly string[]
  /** Whether people may choose several. Default false. */
  readonly multiple?: boolean
}

/** A message that the gateway accepted. */
export interface SentMessage<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** The gateway's id of the message; absent when its response has none. */
  readonly id?: string
  /** WhatsApp's bare id, to compare with the `key` of events and messages. */
  readonly key?: string
  /** JID that it went to: the one in the gateway's response, which may have another form of the number, otherwise the one asked for. */
  readonly to: string
  /** `queued` by the gateway, `sent` to WhatsApp, or `unknown` when the gateway does not say. */
  readonly status: 'queued' | 'sent' | 'unknown'
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Input of `message.forward`. */
export interface ForwardInput extends MessageRef {
  /** Recipient: E.164 number, JID or address. */
  readonly to: AddressInput
}

/** Input of `message.react`. */
export interface ReactInput extends MessageRef {
  /** One emoji; an empty text removes the reaction. */
  readonly emoji: string
}

/** Input of `message.edit`. */
export interface EditInput extends MessageRef {
  /** The new text, not empty. */
  readonly text: string
}

/** Input of `message.star`. */
export interface StarInput extends MessageRef {
  /** False removes the star. Default true. */
  readonly starred?: boolean
}

/** Input of `message.pin`. */
export interface PinMessageInput extends MessageRef {
  /** False unpins it. Default true. */
  readonly pinned?: boolean
  /** How long it stays pinned, ms. WhatsApp offers 24 hours, 7 days and 30 days. Default 7 days. */
  readonly durationMs?: number
}

/** Input of `message.markSeen`. */
export interface MarkSeenInput extends ChatRef {
  /** Ids of the messages that were read. Default: all of the chat, if the gateway can do that. */
  readonly messages?: readonly string[]
}

/** The file inside a message. */
export interface MediaContent<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** Its bytes. */
  readonly data: Uint8Array
  /** Media type: `image/jpeg`. */
  readonly mimetype?: string
  /** File name, if known. */
  readonly filename?: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Input of `message.waitFor`. */
export interface WaitForAckInput extends MessageRef {
  /** How far it has to get. A state that comes later counts, too: `read` is more than `delivered`. Default `delivered`. */
  readonly ack?: 'sent' | 'delivered' | 'read' | 'played'
  /** Longest wait, ms. Default 60 000. */
  readonly timeoutMs?: number
  /** First pause between two checks, ms. Pauses grow to five times as much. Default 1 000. */
  readonly intervalMs?: number
}
