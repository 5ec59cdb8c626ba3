import type { Account, Ack, Message, MessageInput, MessageType, Via } from '../types.ts'
import type { Receipts } from './receipts.ts'

/** Name of an ack: PENDING, SERVER, DEVICE, READ, PLAYED, ERROR. */
export function ackName(ack: Ack): string {
  return ack === -1 ? 'ERROR' : (['PENDING', 'SERVER', 'DEVICE', 'READ', 'PLAYED'][ack] ?? String(ack))
}

export type MutableMessage = { -readonly [Key in keyof Omit<Message, 'receipts'>]: Message[Key] } & { readonly receipts: Receipts }

// shared by all messages that have none: 100,000 of them are to fit into little memory
export const NONE: readonly never[] = []
export const NOBODY: ReadonlyMap<string, never> = new Map<string, never>()

type Rare =
  | 'media'
  | 'place'
  | 'cards'
  | 'poll'
  | 'replyTo'
  | 'mentions'
  | 'forwarded'
  | 'editedAt'
  | 'revoked'
  | 'reactions'
  | 'votes'
  | 'pinnedUntil'

/** What most messages have not: read from the prototype, so that it takes no memory in each of them. */
const USUAL: Pick<Message, Rare> = {
  media: undefined,
  place: undefined,
  cards: undefined,
  poll: undefined,
  replyTo: undefined,
  mentions: NONE,
  forwarded: false,
  editedAt: undefined,
  revoked: false,
  reactions: NOBODY,
  votes: NOBODY,
  pinnedUntil: undefined,
}

/** A message without what most messages lack. */
class StoredMessage {
  readonly id: string
  readonly from: Account
  readonly chat: string
  readonly to: Account | undefined
  readonly type: MessageType
  text: string
  readonly sentAt: number
  ack: Ack = 0
  readonly receipts: Receipts
  readonly via: Via

  constructor({
    id,
    from,
    chat,
    to,
    type,
    text,
    sentAt,
    receipts,
    via,
  }: Pick<MutableMessage, 'id' | 'from' | 'chat' | 'to' | 'type' | 'text' | 'sentAt' | 'receipts' | 'via'>) {
    this.id = id
    this.from = from
    this.chat = chat
    this.to = to
    this.type = type
    this.text = text
    this.sentAt = sentAt
    this.receipts = receipts
    this.via = via
  }
}
Object.assign(StoredMessage.prototype, USUAL)

/** A message on its way. What it lacks is read as `undefined`, empty or false. */
export function createMessage(
  base: ConstructorParameters<typeof StoredMessage>[0],
  rare: { readonly [Key in Rare]?: Message[Key] | undefined },
): MutableMessage {
  const message = new StoredMessage(base) as unknown as MutableMessage
  for (const name in rare) {
    const value = rare[name as Rare]
    if (value !== undefined) Object.assign(message, { [name]: value })
  }
  return message
}

/** Whether a value is a message of the network itself, which has its own fields only. */
export function isStoredMessage(value: unknown): value is MutableMessage {
  return value instanceof StoredMessage
}

/** A message out of its own fields. */
export function reviveMessage(fields: object): MutableMessage {
  return Object.assign(Object.create(StoredMessage.prototype) as MutableMessage, fields)
}

/** A message that differs from another in some of its fields; that other stays as it is. */
export function changedCopy(message: Message, changes: { readonly [Key in keyof Message]?: Message[Key] | undefined }): Message {
  return Object.assign(Object.create(message) as Message, changes)
}

/** The same entries with one more, or without it where there is no value. */
export function withEntry<Value>(map: ReadonlyMap<string, Value>, key: string, value: Value | undefined): ReadonlyMap<string, Value> {
  const changed = new Map(map)
  if (value === undefined) changed.delete(key)
  else changed.set(key, value)
  return changed.size === 0 ? NOBODY : changed
}

export function typeOf({ type, media, place, cards, poll }: Omit<MessageInput, 'from' | 'to'>): MessageType {
  if (type) return type
  if (place) return 'location'
  if (cards) return 'contact'
  if (poll) return 'poll'
  if (!media) return 'text'
  const [kind] = media.mimetype.split('/')
  return kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'document'
}
