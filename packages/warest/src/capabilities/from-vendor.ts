import {
  type Chat,
  type Contact,
  type Group,
  type Message,
  type MessageMedia,
  type MessageType,
  normalJid,
  type Page,
  type PageInput,
  type VerbId,
} from '@wamux/core'
import { type Offset, offsetOf, offsetPage } from '@wamux/core/verbs'
import {
  chatKindOf,
  engineGroup,
  flagOf,
  incompleteResponse,
  namesOnCard,
  numberOf,
  ofPerson,
  omitUndefined,
  personIn,
  personOf,
  textOf,
  timeOf,
  wordOf,
} from '@wamux/engine'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Schemas = components['schemas']

/** The entries of a list that are objects; an empty list for anything else. */
export function rowsOf<Row extends object>(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : []
}

/**
 * Checks that a response is a list.
 *
 * @param operation verb to name in the error
 * @returns its entries
 * @throws {GatewayError} `bad_response`: it is not a list
 */
export function listOf<Row extends object>(value: unknown, operation: VerbId): readonly Row[] {
  if (!Array.isArray(value)) throw incompleteResponse(manifest, operation, 'what is in the list')
  return rowsOf<Row>(value)
}

/** The first entry of `results`: the server also puts a single object into a list. */
export function resultOf<Row extends object>(answer: { readonly results: readonly Row[] } | undefined): Partial<Row> {
  return rowsOf<Row>(answer?.results)[0] ?? {}
}

/** Where a page begins. The limit is not above the server's own, which cuts longer pages without saying so. */
export function boundedOffset(input: PageInput, most: number): Offset {
  const { limit, offset } = offsetOf(input)
  return { limit: Math.min(limit, most), offset }
}

/** Makes a page of a list whose total length the response contains. */
export function countedPage<Row, Item, Raw>(
  rows: readonly Row[],
  at: Offset,
  total: unknown,
  raw: Raw,
  read: (row: Row) => Item | undefined,
): Page<Item, Raw> {
  const page = offsetPage(rows, at, raw, read)
  // a total below the number of items is wrong and ignored
  if (typeof total !== 'number' || total < at.offset + rows.length || rows.length === 0) return page
  const { items } = page
  const end = at.offset + at.limit
  return end < total ? { items, next: String(end), raw } : { items, raw }
}

/** The server's names for types of messages. */
const TYPES: Readonly<Record<string, MessageType>> = {
  text: 'text',
  conversation: 'text',
  extendedtextmessage: 'text',
  image: 'image',
  video: 'video',
  gif: 'video',
  audio: 'audio',
  document: 'document',
  sticker: 'sticker',
  stickermessage: 'sticker',
  location: 'location',
  contact: 'contact',
  poll: 'poll',
  system: 'system',
}

/**
 * Reads a stored message. The server stores no acks, so `ack` is `unknown`.
 *
 * @param chat its chat, where the row does not tell
 */
export function readMessage(session: string, raw: Schemas['ChatMessage'], chat: string): Message<Schemas['ChatMessage']> | undefined {
  const id = textOf(raw.id)
  if (id === undefined) return undefined
  const type = wordOf(TYPES, raw.messageType)
  const [from, fromMe] = [normalJid(raw.senderJid), flagOf(raw.fromMe)]
  const inChat = normalJid(raw.toJid) ?? chat
  const facts = omitUndefined({
    from,
    fromMe,
    text: raw.isDeleted === true ? undefined : storedText(raw.body, type),
    at: timeOf(raw.timestamp),
    replyTo: textOf(raw.quotedMessageId),
    media: readMedia(raw.mediaMetadata),
  })
  const person = ofPerson(personIn({ ...raw }, { chat: inChat, from, fromMe }))
  return { session, id, key: id, chat: inChat, ...person, type, ack: 'unknown', ...facts, raw }
}

// the server stores captions and questions behind the kind of message: "([Image]) At the sea"
function storedText(body: unknown, type: MessageType): string | undefined {
  const text = textOf(body)
  return type === 'text' || type === 'system' ? text : textOf(text?.replace(/^\(\[\w+\]\) ?/, ''))
}

// the address is that of WhatsApp's encrypted copy, which cannot be read without the key, and the response lacks the key
function readMedia(raw: Schemas['MediaMetadata'] | null | undefined): MessageMedia | undefined {
  const media = omitUndefined({ mimetype: textOf(raw?.mimeType), filename: textOf(raw?.fileName), size: numberOf(raw?.fileSize) })
  return Object.keys(media).length > 0 ? media : undefined
}

export function readChat(session: string, raw: Schemas['Chat']): Chat<Schemas['Chat']> | undefined {
  const id = normalJid(raw.jid) ?? normalJid(raw.id)
  if (id === undefined) return undefined
  const facts = omitUndefined({
    name: textOf(raw.displayName) ?? textOf(raw.name),
    unread: numberOf(raw.unreadCount),
    at: timeOf(raw.lastMessageTimestamp),
  })
  return { session, id, kind: chatKindOf(id), ...facts, raw }
}

export function readContact(session: string, raw: Schemas['Contact']): Contact<Schemas['Contact']> | undefined {
  const id = normalJid(raw.jid) ?? jidOfDigits(raw.phone)
  if (id === undefined) return undefined
  return { session, id, ...personOf(id, ...namesOnCard(raw)), ...omitUndefined({ name: textOf(raw.name) }), raw }
}

/** The JID of a number as WARest has it: digits only. */
export function jidOfDigits(digits: unknown): string | undefined {
  return typeof digits === 'string' && /^\d{5,15}$/.test(digits) ? `${digits}@c.us` : undefined
}

/**
 * A group as WhatsApp describes it.
 *
 * @param id the one that was asked for, where the answer names none
 * @param members its members, if they were read: the group itself does not contain them
 */
export function readGroup<Raw>(
  session: string,
  data: Partial<Schemas['Group']> | undefined,
  raw: Raw,
  id?: string,
  members?: readonly Schemas['GroupParticipant'][],
): Group & { readonly raw: Raw } {
  // a person with a LID has the JID with the number in another field
  const participants = members?.map((member) => ({ ...member, id: member.jid ?? member.id }))
  const told = { ...data, owner: data?.ownerJid ?? data?.owner, participants }
  return { ...engineGroup(session, told, id), raw }
}
