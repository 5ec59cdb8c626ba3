import type { CallOptions } from '../schema/call-options.ts'
import type { Media } from './media.ts'
import type { Paged, PageInput } from './page.ts'
import type { OfPerson } from './person.ts'
import type { Acknowledged, AddressInput, ChatRef, MessageRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** How far a message got. WhatsApp's ticks: one is `sent`, two are `delivered`, two blue ones are `read`. */
export type Ack = 'failed' | 'pending' | 'sent' | 'delivered' | 'read' | 'played' | 'unknown'

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

/** A file inside a message, as far as the gateway tells. */
export interface MessageMedia {
  readonly mimetype?: string
  readonly filename?: string
  /** Where the gateway serves it; may need the gateway's credentials. */
  readonly url?: string
  /** Bytes. */
  readonly size?: number
}

/** A place that was sent. */
export interface MessageLocation {
  /** Degrees, -90 to 90. */
  readonly latitude: number
  /** Degrees, -180 to 180. */
  readonly longitude: number
  readonly name?: string
  readonly address?: string
}

/** A contact card inside a message. */
export interface MessageContact {
  readonly name?: string
  /** E.164 numbers of the card; those without a country's code are left out, `vcard` has them. */
  readonly phones: readonly string[]
  /** The card itself, as a vCard. */
  readonly vcard?: string
}

/** A poll that was sent. */
export interface MessagePoll {
  readonly question: string
  readonly options: readonly string[]
  /** Whether one may choose several. */
  readonly multiple?: boolean
}

/** Several pictures sent at once: the album comes first, then each picture as a message of its own. */
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
  /** What was to be read on it. */
  readonly text?: string
}

/** A message of a chat. */
export interface Message<Raw = unknown> extends OfPerson {
  readonly session: string
  /** The gateway's id, to name the message with. */
  readonly id: string
  /** WhatsApp's bare id, the same under number and LID and on every gateway; to compare, not to name the message with. */
  readonly key?: string
  /** JID of the chat, persons as `…@c.us`. */
  readonly chat: string
  /** JID of who wrote it; in a group not the group. */
  readonly from?: string
  readonly fromMe?: boolean
  readonly type: MessageType
  /** Text, or the caption of a file. */
  readonly text?: string
  /** ms since the epoch. */
  readonly at?: number
  readonly ack: Ack
  /** Id of the message that it answers. */
  readonly replyTo?: string
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
  /** The gateway's own words. */
  readonly raw: Raw
}

/** What every send takes. */
export interface SendInput extends SessionRef {
  /** E.164 number (`+4915112345678`), JID (`…@c.us`, `…@g.us`, `…@newsletter`, `…@lid`) or address. */
  readonly to: AddressInput
  /** Id of the message that this one answers. */
  readonly replyTo?: string
  /** Persons to mention; the text names them as `@4915112345678`. */
  readonly mentions?: readonly AddressInput[]
}

export interface SendTextInput extends SendInput {
  readonly text: string
}

export interface SendFileInput extends SendInput {
  readonly file: Media
}

export interface SendCaptionedInput extends SendFileInput {
  readonly caption?: string
}

export interface SendLocationInput extends SendInput {
  /** Degrees, -90 to 90. */
  readonly latitude: number
  /** Degrees, -180 to 180. */
  readonly longitude: number
  /** What is there. */
  readonly name?: string
  readonly address?: string
}

/** A contact card. */
export interface ContactCard {
  readonly name: string
  /** E.164 number. */
  readonly phone: string
  readonly organization?: string
}

export interface SendContactInput extends SendInput {
  readonly contacts: readonly ContactCard[]
}

export interface SendPollInput extends SendInput {
  readonly question: string
  /** 2 to 12. */
  readonly options: readonly string[]
  /** Whether one may choose several. Default false. */
  readonly multiple?: boolean
}

export interface SentMessage<Raw = unknown> {
  readonly session: string
  /** The gateway's id of the message; absent when its answer has none. */
  readonly id?: string
  /** WhatsApp's bare id, to compare with the `key` of events and messages. */
  readonly key?: string
  /** JID that it went to: the answer's where that tells one, which may be another form of the number asked for. */
  readonly to: string
  /** How far it got: `queued` by the gateway, `sent` to WhatsApp, or the gateway does not say. */
  readonly status: 'queued' | 'sent' | 'unknown'
  readonly raw: Raw
}

export interface ForwardInput extends MessageRef {
  readonly to: AddressInput
}

export interface ReactInput extends MessageRef {
  /** One emoji; an empty text takes the reaction back. */
  readonly emoji: string
}

export interface EditInput extends MessageRef {
  readonly text: string
}

export interface StarInput extends MessageRef {
  /** False takes the star away. Default true. */
  readonly starred?: boolean
}

export interface PinMessageInput extends MessageRef {
  /** False unpins it. Default true. */
  readonly pinned?: boolean
  /** How long it stays pinned, ms; WhatsApp knows 24 hours, 7 days and 30 days. Default 7 days. */
  readonly durationMs?: number
}

export interface MarkSeenInput extends ChatRef {
  /** The messages that were read; default all of the chat, where the gateway can. */
  readonly messages?: readonly string[]
}

export interface MediaContent<Raw = unknown> {
  readonly session: string
  readonly data: Uint8Array
  readonly mimetype?: string
  readonly filename?: string
  readonly raw: Raw
}

export interface WaitForAckInput extends MessageRef {
  /** How far it has to get: `delivered` is also met by `read`. Default `delivered`. */
  readonly ack?: 'sent' | 'delivered' | 'read' | 'played'
  /** How long to wait in all, ms. Default 60 000. */
  readonly timeoutMs?: number
  /** First pause between two looks, ms; grows to five times as much. Default 1 000. */
  readonly intervalMs?: number
}

/**
 * Messages. wamux never sends a message twice: it repeats a send only when the first one certainly never reached the gateway, and
 * everything that may have been sent ends as `unknown_outcome`.
 *
 * Every send throws `conflict` when the session is not connected, `invalid_request` for an address, file or field that cannot be, and
 * `unsupported` for a way of giving a file, a mention or an answer that the gateway has not (the message then says why).
 */
export interface MessageVerbs {
  /** Sends a text. */
  sendText(input: SendTextInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a picture. */
  sendImage(input: SendCaptionedInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a video. */
  sendVideo(input: SendCaptionedInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a sound file, shown as a file that plays. */
  sendAudio(input: SendFileInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a voice note, shown as if it was spoken; WhatsApp plays Opus in OGG. */
  sendVoice(input: SendFileInput, options?: CallOptions): Promise<SentMessage>
  /** Sends any file. */
  sendDocument(input: SendCaptionedInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a sticker, a WebP picture. */
  sendSticker(input: SendFileInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a place. */
  sendLocation(input: SendLocationInput, options?: CallOptions): Promise<SentMessage>
  /** Sends contact cards. */
  sendContact(input: SendContactInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a poll. */
  sendPoll(input: SendPollInput, options?: CallOptions): Promise<SentMessage>
  /** Sends a message on to somebody else. */
  forward(input: ForwardInput, options?: CallOptions): Promise<SentMessage>
  /** Reacts to a message with an emoji, or takes the reaction back. Others see it: it counts as a send. */
  react(input: ReactInput, options?: CallOptions): Promise<Acknowledged>
  /** Changes the text of an own message. WhatsApp allows it for about 15 minutes. */
  edit(input: EditInput, options?: CallOptions): Promise<Acknowledged>
  /** Deletes an own message for everyone. Never repeated by itself. */
  revoke(input: MessageRef, options?: CallOptions): Promise<Acknowledged>
  /** Stars a message, or takes the star away. */
  star(input: StarInput, options?: CallOptions): Promise<Acknowledged>
  /** Pins a message in its chat, or unpins it. */
  pin(input: PinMessageInput, options?: CallOptions): Promise<Acknowledged>
  /** Tells the sender that messages were read: blue ticks. */
  markSeen(input: MarkSeenInput, options?: CallOptions): Promise<Acknowledged>
  /** One message as it is now. Throws `not_found`. */
  get(input: MessageRef, options?: CallOptions): Promise<Message>
  /** The messages of a chat, newest first. */
  list(input: ChatRef & PageInput, options?: CallOptions): Paged<Message>
  /** The file inside a message. Throws `not_found` when it has none. */
  downloadMedia(input: MessageRef, options?: CallOptions): Promise<MediaContent>
  /** Looks again and again until a message got as far as wanted. Throws `timeout` with how far it got, `conflict` when it failed. */
  waitFor(input: WaitForAckInput, options?: CallOptions): Promise<Message>
}
