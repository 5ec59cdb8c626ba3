import { type EventData, type EventType, type Message, meaningOf, type StateMeaning } from '@wamux/core'
import {
  type Delivery,
  defineWebhooks,
  digestOf,
  type HmacAlgorithm,
  hmacMatches,
  messageEventType,
  type ParsedEvent,
  type ParseWebhook,
  secretsOf,
  type WebhookOptions,
} from '@wamux/core/webhooks'
import {
  editedText,
  engineCall,
  engineMessage,
  type Fields,
  flagOf,
  jidOf,
  messageIdParts,
  numberOf,
  ofPerson,
  omitUndefined,
  ownMessage,
  participantChangeOf,
  participantsIn,
  personIn,
  presenceStateOf,
  recordOf,
  textOf,
  timeOf,
  withPerson,
} from '@wamux/engine'
import { STATES } from './capabilities/session.ts'
import { manifest } from './manifest.ts'

/** Options of `parseWebhook` for deliveries of WARest. */
export interface WarestWebhookOptions extends WebhookOptions {
  /** Name of the user that the session belongs to: it is a part of the key. Default: the one in the body, which the signature covers. */
  readonly username?: string
  /**
   * Hash that the server signs with: its setting `WAREST_WEBHOOK_SIGNATURE_SHA2`. The sender's headers do not matter. SHA-224, which the
   * server also offers, is not supported, because the platform's crypto lacks it. Default `sha256`.
   *
   * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#deliveries
   */
  readonly algorithm?: HmacAlgorithm
}

/**
 * Checks a delivery of WARest and reads its events. The signature covers the raw body, which contains the time of sending (`ts`). Its key
 * is the secret followed by the name of the session's user.
 *
 * Respond with an empty body, as `createWebhookHandler` does: the server executes commands in the response.
 *
 * @throws {GatewayError} `auth`: when it is not the server's or too old, `invalid_request` when it cannot be read, `config` without
 *   secrets
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#deliveries
 */
export const parseWebhook: ParseWebhook<WarestWebhookOptions> = defineWebhooks<WarestWebhookOptions>({
  gateway: manifest.id,
  async verify(delivery, { secrets, username, algorithm = 'sha256' }) {
    const user = username ?? usernameIn(delivery)
    const keys = secretsOf(manifest.id, secrets).map((secret) => secret + user)
    const [, name, signature] = /^HMAC-(SHA\d+)=([0-9a-f]+)$/.exec(delivery.header('x-warest-signature') ?? '') ?? []
    return name === algorithm.toUpperCase() && hmacMatches(algorithm, keys, delivery.body, signature)
  },
  signedAt: (body) => timeOf(recordOf(body)?.ts) ?? numberOf(recordOf(body)?.ts),
  read,
})

/** The user name in the body. It needs no check of its own: a changed name makes another key and another body, so the signature does not match. */
function usernameIn({ body }: Delivery): string {
  try {
    const session = recordOf(recordOf(JSON.parse(new TextDecoder().decode(body)))?.session)
    return textOf(session?.username) ?? ''
  } catch {
    return ''
  }
}

type Told<Type extends EventType = EventType> = {
  [T in Type]: { readonly type: T; readonly data: EventData[T]; readonly dedupeKey?: string }
}[Type]
/** @param me the account itself, where the delivery names it: `{ id, lid }` */
type Reader = (data: Fields, session: string, me: unknown) => readonly Told[]

const READERS: Readonly<Record<string, Reader>> = {
  session_status: readStatus,
  message_received: readMessage,
  message_command: readMessage,
  message_reaction: readReaction,
  message_edited: readEdited,
  message_revoked: readRevoked,
  group_join: ({ groupId }) => [{ type: 'group.joined', data: omitUndefined({ group: jidOf(groupId) }) }],
  group_leave: ({ groupId }) => [{ type: 'group.left', data: omitUndefined({ group: jidOf(groupId) }) }],
  group_update: readGroup,
  group_participants: readParticipants,
  presence_update: readPresence,
  call: readCalls,
}

// not read: new credentials, which do not change the state of a session, and the test delivery before a webhook is set
function read(body: unknown): readonly ParsedEvent[] {
  const { event, data, ts, session: from } = recordOf(body) ?? {}
  const fields = recordOf(data)
  const session = textOf(recordOf(from)?.id) ?? textOf(fields?.sessionId) ?? ''
  const vendorType = textOf(event) ?? ''
  const reader = Object.hasOwn(READERS, vendorType) ? READERS[vendorType] : undefined
  const me = recordOf(from)?.me ?? fields?.me
  const told = fields && reader ? reader(fields, session, me) : []
  const all: readonly Told[] = told.length > 0 ? told : [{ type: 'unknown', data: {} }]
  return all.map((one) => {
    const data = fields ? withPerson(one.data, fields, me) : one.data
    return { ...one, data, vendorType, session, at: timeOf(ts) } as ParsedEvent
  })
}

/** States that the server writes into `tags` instead of `status`. */
const TAGS: Readonly<Record<string, StateMeaning>> = {
  create: { state: 'starting' },
  connecting: { state: 'connecting' },
  qr: { state: 'pairing', challenge: 'qr' },
  close: { state: 'stopped' },
  conflict_replaced: { state: 'conflict' },
}

function readStatus({ status, tags, qr }: Fields): readonly Told[] {
  const meaning = textOf(status) === undefined ? meaningOf(TAGS, tags) : meaningOf(STATES, status)
  const account = meaning.state === 'connected' ? ('ok' as const) : undefined
  const told: Told = { type: 'session.status', data: omitUndefined({ ...meaning, account }) }
  if (meaning.challenge === undefined) return [told]
  // the picture of a QR code is not its text
  const value = textOf(qr)?.startsWith('data:') ? undefined : textOf(qr)
  return [told, { type: 'session.challenge', data: omitUndefined({ challenge: meaning.challenge, value }) }]
}

/** Reads a message. In `text` the server has replaced LIDs of mentioned persons by their numbers. */
const WITH_TEXT: readonly Message['type'][] = ['text', 'image', 'video', 'document']

function readMessage({ message: raw, text, media, sender }: Fields, session: string, me: unknown): readonly Told[] {
  const authorJid = recordOf(sender)?.authorJid
  const engine = recordOf(raw)
  const id = textOf(recordOf(engine?.key)?.id)
  if (!engine || id === undefined) return []
  // WARest uses WhatsApp's bare ids, not the full ids of other gateways
  // the server names the author by number where the engine knows only the LID
  const { raw: _, replyTo, ...message } = ownMessage(engineMessage(session, { ...engine, id, sender: { jid: authorJid } }), me)
  const told: Message = {
    ...message,
    ...omitUndefined({
      text: WITH_TEXT.includes(message.type) ? (textOf(text) ?? message.text) : message.text,
      replyTo: messageIdParts(replyTo)?.id ?? replyTo,
      media: storedMedia(message.media, recordOf(media)),
    }),
    raw,
  }
  const type = messageEventType(told)
  return [{ type, data: { message: told }, dedupeKey: `${type}:${id}` }]
}

// only a file that the server has stored can be fetched; the other address is that of WhatsApp's encrypted copy
function storedMedia(media: Message['media'], told: Fields | undefined): Message['media'] {
  if (!media || told?.storageKey === undefined) return media
  return { ...media, ...omitUndefined({ url: textOf(told.url) }) }
}

function readReaction({ key: own, reaction, sender }: Fields): readonly Told[] {
  const { key: about, text } = recordOf(reaction) ?? {}
  const target = recordOf(about)
  const message = textOf(target?.id)
  if (message === undefined) return []
  const key = recordOf(own)
  const from = jidOf(recordOf(sender)?.authorJid) ?? jidOf(key?.participant) ?? jidOf(key?.remoteJid)
  const chat = jidOf(target?.remoteJid) ?? jidOf(recordOf(sender)?.chatId) ?? jidOf(key?.remoteJid)
  const place = { chat, from, fromMe: flagOf(key?.fromMe) }
  // either of them may be the number, and the other one the LID
  const person = ofPerson(personIn({ key, sender: { jid: key?.participant } }, place))
  const data = { ...omitUndefined({ message, chat, from }), emoji: textOf(text) ?? '', ...person }
  const id = textOf(key?.id)
  // id of the reaction itself, which may stay the same when the emoji changes
  const ownId = id === message ? undefined : id
  const at = timeOf(recordOf(reaction)?.senderTimestampMs)
  const stamps = [ownId, at].filter((one) => one !== undefined)
  if (stamps.length === 0) return [{ type: 'message.reaction', data }]
  // such an id already contains the person who reacted, by number or LID
  const said = ownId === undefined ? `${data.emoji} ${from}` : data.emoji
  return [{ type: 'message.reaction', data, dedupeKey: ['reaction', chat, message, ...stamps, digestOf(said)].join(':') }]
}

function readEdited({ key, editedMessage, update }: Fields): readonly Told[] {
  const target = recordOf(key)
  const message = textOf(target?.id)
  if (message === undefined) return []
  const edited = recordOf(editedMessage) ?? recordOf(recordOf(recordOf(update)?.update)?.message)
  const text = editedText({ message: recordOf(edited?.message) ?? edited })
  const chat = jidOf(target?.remoteJid)
  const from = chat?.endsWith('@g.us') ? jidOf(target?.participant) : undefined
  return [{ type: 'message.edited', data: omitUndefined({ message, chat, from, text }) }]
}

function readRevoked({ key }: Fields): readonly Told[] {
  const several = recordOf(key)?.keys
  return (Array.isArray(several) ? several : [key]).flatMap((one): Told[] => {
    const target = recordOf(one)
    const message = textOf(target?.id)
    if (message === undefined) return []
    const chat = jidOf(target?.remoteJid)
    const fromMe = flagOf(target?.fromMe)
    // in a group the key names the author of the message, who may be another person than the one who deleted it
    const person = chat?.endsWith('@g.us') ? {} : ofPerson(personIn({ key: target }, { chat, from: undefined, fromMe }))
    return [
      { type: 'message.revoked', data: { ...omitUndefined({ message, chat }), ...person }, dedupeKey: `revoked:${chat ?? ''}:${message}` },
    ]
  })
}

function readGroup({ id, update }: Fields): readonly Told[] {
  // the engine's own event is a list
  const groups = (Array.isArray(update) ? update : [update]).flatMap((one): readonly Fields[] => [recordOf(one) ?? []].flat())
  return groups.map((group) => ({
    type: 'group.updated',
    data: omitUndefined({ group: jidOf(group.id) ?? jidOf(id), subject: textOf(group.subject) }),
  }))
}

function readParticipants({ groupId, action, participants: list }: Fields): readonly Told[] {
  const change = participantChangeOf(action)
  const persons = participantsIn(list)
  const participants = persons.map(({ id }) => id)
  return [{ type: 'group.participants', data: omitUndefined({ group: jidOf(groupId), change, participants, persons }) }]
}

function readPresence({ presence }: Fields): readonly Told[] {
  const { id, presences } = recordOf(presence) ?? {}
  return Object.entries(recordOf(presences) ?? {}).map(([person, value]): Told => {
    const state = presenceStateOf(recordOf(value)?.lastKnownPresence)
    return { type: 'presence.updated', data: { ...omitUndefined({ chat: jidOf(id), from: jidOf(person) }), presence: state } }
  })
}

type CallEvent = 'call.received' | 'call.accepted' | 'call.rejected' | 'call.missed' | 'call.ended'

const CALLS: Readonly<Record<string, CallEvent>> = {
  offer: 'call.received',
  accept: 'call.accepted',
  reject: 'call.rejected',
  timeout: 'call.missed',
  terminate: 'call.ended',
}

function readCalls({ calls }: Fields): readonly Told[] {
  return (Array.isArray(calls) ? calls : []).map((one): Told => {
    const fields = recordOf(one) ?? {}
    const word = textOf(fields.status) ?? ''
    const type = Object.hasOwn(CALLS, word) ? CALLS[word] : undefined
    if (type === undefined) return { type: 'unknown', data: {} }
    const call = engineCall(fields)
    // `chatId` may have the number of a person whose LID is in the other field
    const place = { chat: undefined, from: call.from, fromMe: false }
    const data = { ...call, ...ofPerson(personIn({ ...fields, senderPn: fields.chatId }, place)) }
    return { type, data, ...(data.call === undefined ? {} : { dedupeKey: `${type}:${data.call}` }) }
  })
}
