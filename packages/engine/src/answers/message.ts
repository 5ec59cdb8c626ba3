import type { Ack, Message, MessageMedia, MessageType } from '@wamux/core'
import { type Fields, firstOf, flagOf, idOf, jidOf, numberOf, omitUndefined, recordOf, textOf, timeOf } from '../fields/fields.ts'
import { type Content, contentOf } from './content.ts'
import { contentFields } from './content-fields.ts'
import { engineMessageId } from './message-id.ts'
import { ofPerson, personIn } from './person.ts'

/** The parts of a message's full id, `true_{chat}_{id}` with `_{author}` behind in groups. */
export interface MessageIdParts {
  /** True when this account wrote it. */
  readonly fromMe: boolean
  /** JID of the chat. */
  readonly chat: string
  /** Id without chat and author. */
  readonly id: string
  /** JID of who wrote it, in groups. */
  readonly author?: string
}

/**
 * Splits a full message id, `true_{chat}_{id}`.
 *
 * @param id what the gateway gave
 * @returns `undefined` for an id of another form
 */
export function messageIdParts(id: unknown): MessageIdParts | undefined {
  const [, mine, chat, bare, author] = /^(true|false)_([^_@]+@[^_]+)_([^_]+)(?:_(.+))?$/.exec(typeof id === 'string' ? id : '') ?? []
  if (chat === undefined || bare === undefined) return undefined
  return { fromMe: mine === 'true', chat: jidOf(chat) ?? chat, id: bare, ...(author ? { author: jidOf(author) ?? author } : {}) }
}

/**
 * WhatsApp's own id within a gateway's id of a message.
 *
 * @param id the gateway's id: `true_4915112345678@c.us_3EB0AA`
 * @returns for example `3EB0AA`
 */
export function messageKey(id: string | undefined): string | undefined {
  return messageIdParts(id)?.id ?? (id === '' ? undefined : id)
}

/**
 * Joins the parts of a full message id.
 *
 * @param parts the parts
 * @returns `true_{chat}_{id}`, in groups followed by `_{author}`
 */
export function fullMessageId({ fromMe, chat, id, author }: MessageIdParts): string {
  return [fromMe, chat, id, ...(author ? [author] : [])].join('_')
}

const ACKS: Readonly<Record<string, Ack>> = {
  0: 'pending',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'played',
  ERROR: 'failed',
  FAILED: 'failed',
  PENDING: 'pending',
  SERVER: 'sent',
  DEVICE: 'delivered',
  READ: 'read',
  PLAYED: 'played',
  // the words of engines that speak the protocol
  SERVER_ACK: 'sent',
  DELIVERY_ACK: 'delivered',
}
/** The numbers of these engines. */
const STATUSES: readonly Ack[] = ['failed', 'pending', 'sent', 'delivered', 'read', 'played']

/**
 * Reads how far a message got.
 *
 * @param raw number or name of the engine
 * @returns `unknown` for another value
 */
export function engineAck(raw: unknown): Ack {
  const message = recordOf(raw) ?? {}
  for (const word of [message.ack, message.ackName]) {
    const ack = ackOfWord(word)
    if (ack !== undefined) return ack
  }
  const { status } = message
  // the numbers of `status` are others than those of `ack`, also where they are texts
  const number = numberOf(status)
  return (number === undefined ? ackOfWord(status) : STATUSES[number]) ?? 'unknown'
}

function ackOfWord(word: unknown): Ack | undefined {
  const name = idOf(word)?.toUpperCase() ?? ''
  // -1 is ERROR; below it the web page tells why: expired, gone, too big
  if (/^-[1-7]$/.test(name)) return 'failed'
  return Object.hasOwn(ACKS, name) ? ACKS[name] : undefined
}

/** What the caller knows of a message, in case the response omits it. */
export interface KnownMessage {
  /** Id of the message. */
  readonly id?: string
  /** JID of the chat. */
  readonly chat?: string
}

/**
 * Reads a message: in the common form of gateways with WhatsApp engines, or as the engine itself writes it (browser engines, Baileys,
 * whatsmeow). Never throws: missing fields are left out.
 *
 * @param session session id
 * @param raw what the gateway gave
 * @param asked what the caller knows of the message
 */
export function engineMessage<Raw>(session: string, raw: Raw, asked: KnownMessage = {}): Message<Raw> {
  const message = recordOf(raw) ?? {}
  const data = recordOf(message._data) ?? message
  const key = recordOf(data.key)
  const info = recordOf(data.Info)
  const id = engineMessageId(raw) ?? asked.id ?? ''
  const parts = messageIdParts(id)
  const fromMe = flagOf(message.fromMe) ?? flagOf(key?.fromMe) ?? flagOf(info?.IsFromMe) ?? parts?.fromMe
  const chat =
    parts?.chat ??
    jidOf(key?.remoteJid) ??
    jidOf(info?.Chat) ??
    asked.chat ??
    jidOf(fromMe ? firstOf(message, 'to', 'from') : message.from) ??
    ''
  const from = authorOf(message, { key, info, chat, fromMe, author: parts?.author })
  const content = contentOf(data)
  const type = typeOf(message, content)
  return {
    ...omitUndefined({
      session,
      id,
      key: messageKey(id),
      chat,
      from,
      ...ofPerson(personIn(message, { chat, from, fromMe })),
      fromMe,
      type,
      text: TEXTLESS.includes(type) ? undefined : (shownBody(message, type) ?? textOf(content?.text)),
      at: timeOf(firstOf(message, 'timestamp', 'messageTimestamp')) ?? timeOf(data.messageTimestamp) ?? timeOf(info?.Timestamp),
      ack: engineAck(raw),
      replyTo: replyOf(message, content, chat),
      media: mediaOf(message, content, type),
      ...contentFields(message, content),
    }),
    raw,
  }
}

/** The text of a message. The web page's own model of a file has the caption apart, and a small picture in base64 as its body. */
function shownBody(message: Fields, type: MessageType): string | undefined {
  const own = WITH_FILE.includes(type) && recordOf(message._data) === undefined && textOf(message.mimetype) !== undefined
  return textOf(own ? message.caption : message.body)
}

/** Types whose text field contains no text: a contact card, or the base64 of a small map. */
const TEXTLESS: readonly MessageType[] = ['location', 'contact', 'sticker', 'reaction', 'system']
const WITH_FILE: readonly MessageType[] = ['image', 'video', 'audio', 'voice', 'document', 'sticker']

interface Place {
  readonly key: Fields | undefined
  readonly info: Fields | undefined
  readonly chat: string
  readonly fromMe: boolean | undefined
  readonly author: string | undefined
}

// engines differ in whether `from` of an own message is the account or the chat
function authorOf(message: Fields, { key, info, chat, fromMe, author }: Place): string | undefined {
  const named = jidOf(firstOf(message, 'participant', 'author')) ?? author ?? jidOf(key?.participant) ?? jidOf(info?.Sender)
  if (named !== undefined) return named
  const from = jidOf(message.from)
  if (fromMe || /@(g\.us|broadcast)$/.test(chat)) return from === chat ? undefined : from
  return from ?? (chat || undefined)
}

function typeOf(message: Fields, content: Content | undefined): MessageType {
  if (content) return content.type
  if (recordOf(message.location)) return 'location'
  if (Array.isArray(message.vCards) && message.vCards.length > 0) return 'contact'
  const mimetype = textOf(recordOf(message.media)?.mimetype) ?? ''
  if (mimetype === 'image/webp') return 'sticker'
  const kind = /^(image|video|audio)\//.exec(mimetype)?.[1] as MessageType | undefined
  if (kind || mimetype !== '') return kind ?? 'document'
  return message.hasMedia !== true && textOf(message.body) !== undefined ? 'text' : 'unknown'
}

function mediaOf(message: Fields, content: Content | undefined, type: MessageType): MessageMedia | undefined {
  const media = recordOf(message.media)
  if (!media && message.hasMedia !== true && !(content && WITH_FILE.includes(type))) return undefined
  const part = content?.part
  return omitUndefined({
    mimetype: textOf(media?.mimetype) ?? textOf(part?.mimetype),
    filename: textOf(media?.filename) ?? textOf(firstOf(part, 'fileName', 'filename')),
    url: textOf(media?.url),
    size: numberOf(firstOf(part, 'fileLength', 'size')),
  })
}

function replyOf(message: Fields, content: Content | undefined, chat: string): string | undefined {
  const reply = recordOf(message.replyTo)
  // the web page's model has no context around its fields
  const context = recordOf(content?.part.contextInfo) ?? content?.part
  const id = textOf(reply?.id) ?? jidOf(reply?.id) ?? textOf(firstOf(context, 'stanzaId', 'stanzaID', 'quotedStanzaID'))
  if (id === undefined || id.includes('_')) return id
  const author = jidOf(reply?.participant) ?? jidOf(firstOf(context, 'participant', 'quotedParticipant'))
  // In a chat with one person the quoted message is by that person or by this account. In a group, or when LIDs hide the numbers, it is
  // not known whether the author is this account.
  const ofTwo = author?.endsWith('@c.us') && chat.endsWith('@c.us')
  return ofTwo ? fullMessageId({ fromMe: author !== chat, chat, id }) : id
}
