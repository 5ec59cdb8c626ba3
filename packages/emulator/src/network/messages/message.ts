import type { Account } from '../people/people.ts'
import type { StoredMedia } from './media.ts'

/** How far a message got, in WhatsApp's numbers; -1 is an error. */
export type Ack = -1 | 0 | 1 | 2 | 3 | 4

/** The word for an ack: PENDING, SERVER, DEVICE, READ, PLAYED, ERROR. */
export function ackName(ack: Ack): string {
  return ack === -1 ? 'ERROR' : (['PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'][ack] ?? String(ack))
}

export type MessageType = 'text' | 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker' | 'location' | 'contact' | 'poll'

export interface Place {
  readonly latitude: number
  readonly longitude: number
  readonly name?: string | undefined
  readonly address?: string | undefined
}

export interface Card {
  readonly name: string
  /** Digits with country code. */
  readonly phone?: string | undefined
  readonly organization?: string | undefined
  /** The card as it was sent, where it was one. */
  readonly vcard?: string | undefined
}

export interface Poll {
  readonly question: string
  readonly options: readonly string[]
  readonly multiple: boolean
}

/** The linked session that sent something. */
export interface Via {
  readonly gateway: string
  readonly session: string
}

/** A message on its way from one phone to another, to a group, a channel, or to all as a status. */
export interface Message {
  /** WhatsApp's id. */
  readonly id: string
  readonly from: Account
  /** Where it was sent to: `…@c.us`, `…@g.us`, `…@newsletter`, `status@broadcast`. The receiver's chat with a person is another: see `Chats.idOf`. */
  readonly chat: string
  /** The phone that it was sent to, where it was one. */
  readonly to: Account | undefined
  readonly type: MessageType
  /** Text, caption or poll question; empty when there is none. */
  readonly text: string
  readonly media: StoredMedia | undefined
  readonly place: Place | undefined
  readonly cards: readonly Card[] | undefined
  readonly poll: Poll | undefined
  /** Id of the message that it answers. */
  readonly replyTo: string | undefined
  /** JIDs of those that it mentions. */
  readonly mentions: readonly string[]
  readonly forwarded: boolean
  /** ms since the epoch. */
  readonly sentAt: number
  /** The least of all receivers. */
  readonly ack: Ack
  /** By phone, those that it goes to. */
  readonly receipts: ReadonlyMap<string, Ack>
  readonly editedAt: number | undefined
  /** Deleted for everyone: text and file are gone. */
  readonly revoked: boolean
  /** Emoji by phone. */
  readonly reactions: ReadonlyMap<string, string>
  /** Chosen options by phone. */
  readonly votes: ReadonlyMap<string, readonly string[]>
  /** Pinned in its chat until then, ms since the epoch. */
  readonly pinnedUntil: number | undefined
  /** `phone` stands for a phone itself. */
  readonly via: Via
}

/** What is to be sent. The type follows from what is in it; a file needs one that says how it shows. */
export interface Draft {
  readonly from: Account
  /** Digits with country code, or a JID as {@link Message.chat} has it. */
  readonly to: string
  readonly type?: MessageType | undefined
  readonly text?: string | undefined
  readonly media?: StoredMedia | undefined
  readonly place?: Place | undefined
  readonly cards?: readonly Card[] | undefined
  readonly poll?: Poll | undefined
  readonly replyTo?: string | undefined
  /** Numbers or JIDs. */
  readonly mentions?: readonly string[] | undefined
  readonly forwarded?: boolean | undefined
  /** Default: the phone itself. */
  readonly via?: Via | undefined
  /** Default: the next of the network. */
  readonly id?: string | undefined
}

export type MutableMessage = { -readonly [Key in keyof Omit<Message, 'receipts' | 'reactions' | 'votes'>]: Message[Key] } & {
  readonly receipts: Map<string, Ack>
  readonly reactions: Map<string, string>
  readonly votes: Map<string, readonly string[]>
}

export function typeOf({ type, media, place, cards, poll }: Omit<Draft, 'from' | 'to'>): MessageType {
  if (type) return type
  if (place) return 'location'
  if (cards) return 'contact'
  if (poll) return 'poll'
  if (!media) return 'text'
  const [kind] = media.mimetype.split('/')
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document'
}
