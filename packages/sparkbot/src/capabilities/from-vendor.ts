import {
  type Ack,
  type Channel,
  type Chat,
  type Contact,
  type Group,
  isPersonJid,
  type Message,
  type MessageType,
  normalJid,
  type Participant,
  type Person,
  type VerbId,
} from '@wamux/core'
import {
  chatKindOf,
  engineAck,
  type Fields,
  firstOf,
  flagOf,
  personOf as identify,
  incompleteResponse,
  messageKey,
  namesOnCard,
  numberOf,
  numberOnCard,
  ofPerson,
  omitUndefined,
  recordOf,
  textOf,
  timeOf,
  wordOf,
} from '@wamux/engine'
import { manifest } from '../manifest.ts'
import { captionOf, choiceOf, personOf, readMedia, readSpecial, shownOn, TYPES } from './message-content.ts'

/** A response as a record of fields; empty when it is not an object. Its document is inferred, so the response may have any form. */
export function fieldsOf(value: unknown): Fields {
  return recordOf(value) ?? {}
}

/** The entries of a list that are objects; an empty list for anything else. */
export function rowsOf<Row>(value: readonly Row[] | undefined): readonly Row[] {
  return Array.isArray(value) ? value.filter((row) => recordOf(row) !== undefined) : []
}

/**
 * Checks that a response is a list.
 *
 * @param operation verb to name in the error
 * @returns its entries
 * @throws {GatewayError} `bad_response`: it is not a list
 */
export function listOf<Row>(value: readonly Row[] | undefined, operation: VerbId): readonly Row[] {
  if (!Array.isArray(value)) throw incompleteResponse(manifest, operation, 'what is in the list')
  return rowsOf(value)
}

/** The id of a reference, which is the id itself or an object with it. */
export function referenceOf(value: unknown): string | undefined {
  return textOf(value) ?? textOf(firstOf(recordOf(value), 'id', '_id', 'wid'))
}

/** A JID as results have it; SparkBot writes some with a plus. */
export function jidOf(value: unknown): string | undefined {
  return typeof value === 'string' ? normalJid(value.replace(/^\+/, '')) : undefined
}

const ACKS: Readonly<Record<string, Ack>> = {
  failed: 'failed',
  error: 'failed',
  cancelled: 'failed',
  canceled: 'failed',
  rejected: 'failed',
  expired: 'failed',
  removed: 'failed',
  invalid: 'failed',
  pending: 'pending',
  queued: 'pending',
  processing: 'pending',
  processed: 'sent',
  sent: 'sent',
  server: 'sent',
  device: 'sent',
  delivered: 'delivered',
  read: 'read',
  readed: 'read',
  played: 'played',
}

/** How far a message got, in any of its three vocabularies: `ack`, `deliveryStatus` and the queue's `status`. */
export function ackOf(word: unknown): Ack {
  const told = wordOf(ACKS, textOf(word)?.toLowerCase())
  return told === 'unknown' ? engineAck({ ack: word }) : told
}

/** How far a message of the queue got: `failed` when the queue gave it up, otherwise what WhatsApp reports. */
export function outboundAck({ status, deliveryStatus }: Fields): Ack {
  const queue = ackOf(status)
  const delivery = ackOf(deliveryStatus)
  return queue === 'failed' || delivery === 'unknown' ? queue : delivery
}

/** What the caller knows of a message, in case the response omits it. */
export interface Asked {
  readonly id?: string | undefined
  readonly chat?: string | undefined
  /** E.164 number of the account itself, which wrote its own messages. */
  readonly own?: unknown
}

/** True for an id of the service. WhatsApp's own ids have capital letters. */
export function isServiceId(message: string): boolean {
  return /^[0-9a-f]{24}$/.test(message)
}

/**
 * WhatsApp's own id of a message. A message that waits in the queue has none yet.
 *
 * @param id WhatsApp's id or the service's own
 * @param waId WhatsApp's id, when the response has it beside the service's own
 */
export function whatsappKey(id: string | undefined, waId: unknown): string | undefined {
  return id === undefined || isServiceId(id) ? textOf(waId) : messageKey(id)
}

/** A message of a chat, as the API and webhooks have it; its id is WhatsApp's. */
export function readMessage<Raw>(session: string, raw: Raw, asked: Asked = {}): Message<Raw> {
  const fields = fieldsOf(raw)
  const { media, poll, location, quoted } = fields
  const flow = textOf(fields.flow)
  const fromMe = flow === undefined ? undefined : flow.startsWith('out')
  const from = writerOf(fields, fromMe ? asked.own : undefined)
  const id = textOf(fields.wid) ?? textOf(fields.id) ?? asked.id ?? ''
  const chat = jidOf(fields.chatWid) ?? jidOf(firstOf(recordOf(fields.chat), 'wid', 'id') ?? fields.chat) ?? asked.chat ?? ''
  return {
    ...omitUndefined({
      session,
      id,
      key: whatsappKey(id, fields.waId),
      chat,
      ...ofPerson(otherPerson(fields, chat, from, fromMe)),
      from,
      fromMe,
      type: wordOf(TYPES, fields.type ?? fields.kind),
      text: textOf(fields.body) ?? captionOf(media) ?? textOf(firstOf(recordOf(poll) ?? recordOf(location), 'name')) ?? shownOn(fields),
      at: timeOf(fields.timestamp) ?? timeOf(fields.date),
      ack: ackOf(fields.ack),
      replyTo: textOf(firstOf(recordOf(quoted), 'wid', 'id')),
      media: readMedia(media),
      ...readSpecial(fields),
      choice: choiceOf(fields),
    }),
    raw,
  }
}

/**
 * Who wrote a message. In a group the author is in another field: a JID, a card or a number.
 *
 * @param own number of the account, of a message that it wrote
 */
function writerOf({ author, from, fromNumber }: Fields, own: unknown): string | undefined {
  const names = [jidOf(referenceOf(author)), personOf(recordOf(author)?.phone), jidOf(from), personOf(fromNumber), personOf(own)]
  return names.find((name) => name?.includes('@') && !/@(g\.us|broadcast)$/.test(name))
}

// in an own message `fromNumber` is this account's; in a group only the card has the author's number
function otherPerson(fields: Fields, chat: string, from: string | undefined, fromMe: boolean | undefined): Person | undefined {
  const { chat: place, fromNumber, toNumber, contact, fromContact, toContact, author } = fields
  const cards = [place, recordOf(place)?.contact, contact, fromMe ? toContact : fromContact].flatMap(namesOf)
  if (isPersonJid(chat)) return identify(chat, ...(fromMe ? [toNumber] : [from, fromNumber]), ...cards)
  return fromMe ? undefined : identify(from, fromNumber, ...[author, fromContact].flatMap(namesOf))
}

/** The names of a person on a card. */
export function namesOf(card: unknown): readonly unknown[] {
  return [recordOf(card)?.wid, ...namesOnCard(card)]
}

/**
 * Reads a message of the queue of outgoing messages.
 *
 * @param asked `id`: the one it was asked for by, the service's or WhatsApp's
 */
export function readOutbound<Raw>(session: string, raw: Raw, asked: Asked): Message<Raw> {
  const fields = fieldsOf(raw)
  const id = asked.id ?? textOf(fields.id) ?? ''
  return {
    ...omitUndefined({
      session,
      id,
      key: whatsappKey(id, fields.waId),
      chat: jidOf(firstOf(fields, 'wid', 'group', 'channel')) ?? personOf(fields.phone) ?? asked.chat ?? '',
      fromMe: true,
      type: outboundType(fields),
      text: textOf(fields.message) ?? textOf(fieldsOf(fields.poll).name),
      at: timeOf(firstOf(fields, 'sentAt', 'deliverAt', 'createdAt')),
      ack: outboundAck(fields),
      replyTo: textOf(fields.quote),
      media: readMedia(fields.media),
      ...readSpecial(fields),
    }),
    raw,
  }
}

function outboundType(fields: Fields): MessageType {
  const { kind, format } = fieldsOf(fields.media)
  if (recordOf(fields.media)) return format === 'ptt' ? 'voice' : wordOf(TYPES, kind)
  const special = (['reaction', 'location', 'contacts', 'poll'] as const).find((name) => fields[name])
  return special ? wordOf(TYPES, special) : textOf(fields.message) === undefined ? 'unknown' : 'text'
}

/**
 * A chat of the inbox.
 *
 * @param asked JID that was asked for, where the answer names none
 */
export function readChat<Raw>(session: string, raw: Raw, asked: string = ''): Chat<Raw> {
  const fields = fieldsOf(raw)
  const meta = fieldsOf(fields.meta)
  const id = jidOf(firstOf(fields, 'wid', 'id')) ?? asked
  const waStatus = textOf(fields.waStatus)
  return {
    ...omitUndefined({
      session,
      id,
      kind: chatKindOf(id),
      name: textOf(fields.name),
      unread: numberOf(meta.unreadCount),
      archived: flagOf(meta.isArchived) ?? (waStatus === undefined ? undefined : waStatus === 'archived'),
      pinned: flagOf(firstOf(meta, 'isChatPinned', 'isPinned')),
      muted: flagOf(meta.isChatMuted),
      at: timeOf(firstOf(fields, 'lastMessageAt', 'date')),
    }),
    raw,
  }
}

/** A person that the number knows. */
export function readContact<Raw>(session: string, raw: Raw, asked: string = ''): Contact<Raw> {
  const fields = fieldsOf(raw)
  const id = jidOf(firstOf(fields, 'wid', 'id')) ?? asked
  const person = identify(id, ...namesOf(fields))
  return {
    ...omitUndefined({
      session,
      id,
      phone: person?.phone,
      lid: person?.lid,
      name: textOf(firstOf(fields, 'name', 'formattedName')),
      pushName: textOf(fields.displayName),
      blocked: flagOf(fieldsOf(fields.meta).isContactBlocked),
    }),
    raw,
  }
}

/** A group, with its members where the answer has them. */
export function readGroup<Raw>(session: string, raw: Raw, asked: string = ''): Group<Raw> {
  const fields = fieldsOf(raw)
  const { send, edit } = fieldsOf(fields.permissions)
  const { participants } = fields
  return {
    ...omitUndefined({
      session,
      id: jidOf(firstOf(fields, 'wid', 'id')) ?? asked,
      subject: textOf(fields.name),
      description: textOf(fields.description),
      owner: jidOf(fields.owner),
      participants: Array.isArray(participants) ? readParticipants(participants) : undefined,
      announcement: onlyAdmins(send) ?? flagOf(fields.announce),
      locked: onlyAdmins(edit) ?? flagOf(fields.restrict),
      createdAt: timeOf(fields.createdAt),
    }),
    raw,
  }
}

function onlyAdmins(who: unknown): boolean | undefined {
  return who === 'admins' ? true : who === 'all' ? false : undefined
}

/** The members of a group, from objects, JIDs or numbers. A member without any of these is left out. */
export function readParticipants(list: readonly unknown[]): readonly Participant[] {
  return list.map(readParticipant).filter(({ id }) => id !== '')
}

/** A member of a group, or a person who asked to join it. */
export function readParticipant(value: unknown): Participant {
  const fields = typeof value === 'string' ? { wid: value } : fieldsOf(value)
  const { isAdmin, isSuperAdmin } = fields
  const named = jidOf(firstOf(fields, 'wid', 'id', 'lid'))
  const id = (named?.includes('@') ? named : numberOnCard({ phone: named, ...fields })) ?? ''
  const role = isSuperAdmin === true ? 'owner' : isAdmin === true ? 'admin' : isAdmin === false ? 'member' : 'unknown'
  return { ...identify(id, ...namesOf(fields)), id, role }
}

/** A channel that the number owns or follows. */
export function readChannel<Raw>(session: string, raw: Raw, asked: string = ''): Channel<Raw> {
  const fields = fieldsOf(raw)
  return {
    ...omitUndefined({
      session,
      id: jidOf(firstOf(fields, 'wid', 'id')) ?? asked,
      name: textOf(fields.name),
      description: textOf(fields.description),
      invite: textOf(firstOf(fields, 'inviteLink', 'inviteCode')),
      // the response does not tell owners from admins: both may write
      role: fields.isReadOnly === true ? ('subscriber' as const) : undefined,
      subscribers: numberOf(firstOf(fields, 'followers', 'totalParticipants')),
    }),
    raw,
  }
}
