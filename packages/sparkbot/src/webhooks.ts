import { type EventData, type EventType, GatewayError, type Message, meaningOf, type Person } from '@wamux/core'
import {
  type Delivery,
  defineWebhooks,
  digestOf,
  messageEventType,
  type ParsedEvent,
  type ParseWebhook,
  secretMatches,
  secretsOf,
  type WebhookOptions,
} from '@wamux/core/webhooks'
import {
  type Fields,
  firstOf,
  flagOf,
  nameOf,
  ofPerson,
  omitUndefined,
  participantChangeOf,
  personOf,
  recordOf,
  textOf,
  timeOf,
  withPerson,
} from '@wamux/engine'
import {
  ackOf,
  fieldsOf,
  jidOf,
  namesOf,
  readContact,
  readMessage,
  readOutbound,
  readParticipants,
  referenceOf,
  whatsappKey,
} from './capabilities/from-vendor.ts'
import { STATES, standingOf } from './capabilities/session.ts'
import { manifest } from './manifest.ts'

/** Options of `parseWebhook` for deliveries of SparkBot. */
export interface SparkbotWebhookOptions extends WebhookOptions {
  /**
   * How to recognise SparkBot, which signs nothing. `path-token`: one of `secrets` is the last segment of the path, or the query
   * parameter `token`, of the address that SparkBot was given. `none`: no check, so that anybody could send a delivery.
   *
   * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#webhooks
   */
  readonly verify: 'path-token' | 'none'
  /**
   * IP addresses that deliveries may come from, in addition to the check of `verify`. Each delivery then needs its `remoteAddress`.
   * Default: any.
   */
  readonly allowFrom?: readonly string[]
}

/** Query parameter that may carry the token. */
const TOKEN = 'token'

/**
 * Checks a delivery of SparkBot and reads its events. SparkBot signs neither body nor time: a token proves that the sender knows the
 * address, and nothing about the body. The body is a single event or a list of up to 25.
 *
 * The content of events about messages, acks, and sent or failed messages is known from the vendor's pages. All other content is inferred.
 *
 * @throws {GatewayError} `auth`: when the token or the sender does not fit, `invalid_request` when it cannot be read, `config` when the
 *   options do not say what to check
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#webhooks
 */
export const parseWebhook: ParseWebhook<SparkbotWebhookOptions> = defineWebhooks<SparkbotWebhookOptions>({
  gateway: manifest.id,
  async verify(delivery, options) {
    const { verify, secrets, allowFrom } = options ?? {}
    if (verify !== 'path-token' && verify !== 'none') throw configError('verify', 'expected path-token or none', UNSIGNED)
    const known = verify === 'none' || (await hasToken(delivery, secretsOf(manifest.id, secrets)))
    return known && (allowFrom === undefined || comesFrom(delivery, allowFrom))
  },
  read: (body) => (Array.isArray(body) ? body : [body]).map(readEvent),
})

const UNSIGNED = 'SparkBot does not sign what it sends: put a secret token into the address of the webhook, or say that anybody may send.'
const NO_ADDRESS = 'Pass the sender on as `remoteAddress`, as nodeListener does; a Request does not tell it.'

function configError(field: string, expected: string, hint: string): GatewayError {
  return new GatewayError(`${manifest.id} webhook: ${field}: ${expected}`, { kind: 'config', gateway: manifest.id, field, hint })
}

// all places are compared, also after a match, so that the time does not reveal which one matched
async function hasToken({ url }: Delivery, secrets: readonly string[]): Promise<boolean> {
  const places = [lastSegment(url), ...(url?.searchParams.getAll(TOKEN) ?? [])]
  const found = await Promise.all(places.map((given) => secretMatches(secrets, given)))
  return found.includes(true)
}

function lastSegment(url: URL | undefined): string | undefined {
  const segment = url?.pathname.split('/').at(-1) ?? ''
  try {
    return decodeURIComponent(segment) || undefined
  } catch {
    return segment
  }
}

function comesFrom({ remoteAddress }: Delivery, allowed: readonly string[]): boolean {
  if (!Array.isArray(allowed) || allowed.length === 0) throw configError('allowFrom', 'expected a list of addresses', UNSIGNED)
  if (remoteAddress === undefined) throw configError('allowFrom', 'the sender of this delivery is not known', NO_ADDRESS)
  const address = plainAddress(remoteAddress)
  return allowed.some((one) => plainAddress(one) === address)
}

// Node writes IPv4 as a part of IPv6 where it listens to both
function plainAddress(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '')
}

type Told<Type extends EventType = EventType> = {
  [T in Type]: { readonly type: T; readonly data: EventData[T]; readonly key?: string | undefined }
}[Type]

/** What an event is about. */
interface About {
  readonly session: string
  /** E.164 number of the account. */
  readonly own: unknown
  /** Id of the object: of the message, chat, ... */
  readonly id: string | undefined
  readonly data: Fields
  readonly envelope: Fields
}
type Reader = (about: About) => Told

const READERS: Readonly<Record<string, Reader>> = {
  'message:in:new': readIncoming,
  'message:out:new': ({ session, id, data, own }) => outgoing(readMessage(session, { flow: 'outbound', ...data }, { id, own })),
  // the message as it was queued, under the service's own id
  'message:out:sent': ({ session, id, data }) => outgoing(readOutbound(session, data, { id })),
  'message:out:ack': readAck,
  'message:out:failed': readFailed,
  'message:out:expired': readFailed,
  'message:out:removed': readFailed,
  'message:update': readUpdate,
  'message:reaction': readReaction,
  'status:update': ({ session, id, data }) => ({ type: 'status.posted', data: { message: readMessage(session, data, { id }) } }),
  'channel:in': ({ session, id, data }) => ({ type: 'channel.message', data: { message: readMessage(session, data, { id }) } }),
  'number:session': readSession,
  'device:status:update': readSession,
  'group:update': readGroupUpdate,
  'chat:update': readChatUpdate,
  'contact:update': ({ session, data }) => {
    const { id, name } = readContact(session, data)
    const person = ofPerson(personOf(id, ...namesOf(data)))
    return { type: 'contact.updated', data: { ...omitUndefined({ contact: id === '' ? undefined : id, name }), ...person } }
  },
}

/** Events that an object has once; all others can come again for the same one. */
const ONCE: readonly string[] = ['message:in:new', 'message:out:new', 'message:out:sent', 'status:update', 'channel:in']

// two forms: `{ id, object, event, created, device, data }` and `{ event, date, entity, entityId, data }`
function readEvent(value: unknown): ParsedEvent {
  const envelope = fieldsOf(value)
  const word = textOf(envelope.event) ?? ''
  const data = fieldsOf(envelope.data)
  const session = referenceOf(envelope.device) ?? referenceOf(data.device) ?? ''
  const id = textOf(firstOf(envelope, 'objectId', 'id', 'entityId')) ?? textOf(firstOf(data, 'wid', 'id'))
  const at = timeOf(firstOf(envelope, 'created', 'date'))
  const reader = Object.hasOwn(READERS, word) ? READERS[word] : undefined
  const told: Told =
    reader && recordOf(envelope.data)
      ? reader({ session, own: fieldsOf(envelope.device).phone, id, data, envelope })
      : { type: 'unknown', data: {} }
  const dedupeKey = keyOf(word, id, at, told)
  return {
    type: told.type,
    data: withKey(told.type, withPerson(told.data, data), data),
    vendorType: word,
    session,
    at,
    dedupeKey,
    raw: value,
  } as ParsedEvent
}

// WhatsApp's id stands beside the service's own once the message was sent; in a reaction it is the id of the reaction
function withKey<Data extends object>(type: EventType, data: Data, { waId }: Fields): Data {
  const { message } = data as { message?: unknown }
  if (typeof message !== 'string') return data
  const { key: _, ...rest } = data as Data & { key?: unknown }
  return { ...rest, ...omitUndefined({ key: whatsappKey(message, type === 'message.reaction' ? undefined : waId) }) } as Data
}

// events that repeat for the same object get a key from time and content; without a time, from the whole delivery
function keyOf(word: string, id: string | undefined, at: number | undefined, { key, data }: Told): string | undefined {
  if (id === undefined) return undefined
  if (ONCE.includes(word)) return `${word}:${id}`
  if (key !== undefined) return [word, id, key].join(':')
  return at === undefined ? undefined : [word, id, at, digestOf(JSON.stringify(data))].join(':')
}

function readIncoming({ session, id, data }: About): Told {
  const message = readMessage(session, data, { id })
  return { type: messageEventType({ ...message, fromMe: false }), data: { message } }
}

function outgoing(message: Message): Told {
  return { type: messageEventType({ ...message, fromMe: true }), data: { message } }
}

/** The chat of what happened to a message, with the other person; in a group who did it. */
function placeOf({ session, data, own }: About): { readonly chat?: string; readonly from?: string } {
  const { chat, from, person } = readMessage(session, data, { own })
  return { ...chatOf(chat), ...(chat.endsWith('@g.us') ? omitUndefined({ from }) : {}), ...ofPerson(person) }
}

function readAck(about: About): Told {
  const { session, id = '', data, envelope } = about
  // an ack is about an own message, and does not say which person it is from
  const { chat, person } = readMessage(session, { ...data, flow: 'outbound' })
  const word = envelope.ack ?? data.ack ?? data.deliveryStatus
  const ack = ackOf(word)
  if (ack === 'failed') return readFailed(about)
  const place = { ...chatOf(chat), ...ofPerson(person) }
  // acks with different unknown words need different keys
  return { type: 'message.ack', data: { message: id, ...place, ack }, key: ack === 'unknown' ? `unknown-${nameOf(word)}` : ack }
}

function readFailed({ session, id = '', data }: About): Told {
  const message = readMessage(session, { ...data, flow: 'outbound' })
  const chat = message.chat || readOutbound(session, data, {}).chat
  const reason = textOf(data.failureReason) ?? textOf(firstOf(recordOf(data.error), 'message', 'title'))
  return {
    type: 'message.failed',
    data: { message: id, ...chatOf(chat), ...ofPerson(message.person), ...omitUndefined({ reason }) },
    key: 'failed',
  }
}

// edits, votes and answers to calendar events have the same name; the event contains no vote and no answer
function readUpdate(about: About): Told {
  const { session, id = '', data } = about
  const place = placeOf(about)
  const { text } = readMessage(session, data)
  const meta = fieldsOf(data.meta)
  if (meta.isRevoked === true) {
    // the author of the message may be another person than the one who deleted it
    const { from: _, ...where } = place
    return { type: 'message.revoked', data: { message: id, ...where }, key: 'revoked' }
  }
  const edited = meta.isEdited === true || textOf(data.editedAt) !== undefined
  if (!edited) return { type: 'unknown', data: {} }
  return { type: 'message.edited', data: { message: id, ...place, ...omitUndefined({ text }) }, key: editKey(data, text) }
}

function editKey({ editedAt }: Fields, text: string | undefined): string | undefined {
  const at = timeOf(editedAt)
  return at === undefined ? undefined : `${at}-${digestOf(text ?? '')}`
}

function readReaction({ session, id = '', data, own }: About): Told {
  const { chat, from, person } = readMessage(session, data, { own })
  const emoji = textOf(data.reaction) ?? textOf(firstOf(recordOf(data.reaction), 'reaction', 'emoji', 'text')) ?? ''
  const message = textOf(firstOf(data, 'reactionMessage', 'messageId')) ?? referenceOf(data.message) ?? id
  const place = { ...chatOf(chat), ...omitUndefined({ from }), ...ofPerson(person) }
  return { type: 'message.reaction', data: { message, ...place, emoji: emoji === '-' ? '' : emoji } }
}

function readSession({ data, envelope }: About): Told {
  const device = fieldsOf(envelope.device)
  const words = [fieldsOf(data.session).status, data.session, data.sessionStatus, data.status, fieldsOf(device.session).status]
  const word = words.find((one) => typeof one === 'string' && Object.hasOwn(STATES, one))
  const account = [data.deviceStatus, data.status, device.status].map(standingOf).find((one) => one !== 'unknown')
  return { type: 'session.status', data: omitUndefined({ ...meaningOf(STATES, textOf(word)), account }) }
}

function readGroupUpdate({ id, data }: About): Told {
  const place = [data.group, data.chat, data.wid, data.id, id].map((one) => jidOf(referenceOf(one))).find((one) => one?.endsWith('@g.us'))
  const group = omitUndefined({ group: place, subject: textOf(firstOf(data, 'name', 'subject')) })
  const change = participantChangeOf(firstOf(data, 'action', 'type', 'change'))
  if (change === undefined || !Array.isArray(data.participants)) return { type: 'group.updated', data: group }
  const persons = readParticipants(data.participants).map(({ role: _, ...person }): Person => person)
  return { type: 'group.participants', data: { ...group, change, participants: persons.map(({ id }) => id), persons } }
}

function readChatUpdate({ id, data }: About): Told {
  const chat = jidOf(referenceOf(data.chat)) ?? jidOf(textOf(firstOf(data, 'wid', 'id'))) ?? id
  const archived = flagOf(fieldsOf(data.meta).isArchived) ?? data.waStatus === 'archived'
  const person = personOf(chat, ...[data, data.chat, data.contact].flatMap(namesOf))
  const place = { ...omitUndefined({ chat }), ...ofPerson(person) }
  if (!archived) return { type: 'chat.updated', data: place }
  return { type: 'chat.archived', data: { ...place, archived } }
}

function chatOf(chat: string): { readonly chat?: string } {
  return chat === '' ? {} : { chat }
}
