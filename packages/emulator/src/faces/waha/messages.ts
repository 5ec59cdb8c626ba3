import { BASE64 } from '../../ids.ts'
import { MOUNTS } from '../../mounts.ts'
import { STATUS } from '../../network/jid.ts'
import { ackName, changedCopy } from '../../network/messages/message.ts'
import type { Account, Card, Message, MessageType } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { fullIdOf, seconds } from '../engine/serialize.ts'

type JsonObject = Record<string, unknown>

/** A JID in the form of the engine NOWEB. */
export function nowebJid(jid: string): string {
  return jid.replace(/@c\.us$/, '@s.whatsapp.net')
}

/**
 * A message in the form of NOWEB, as the send operations answer it.
 *
 * @param chat JID that the answer names. Default: where it went to
 */
export function serializeSent(state: State, account: Account, message: Message, chat?: string): JsonObject {
  return serializeEngineMessage(account, message, contentOf(state, message), chat)
}

/**
 * A text status in the form of NOWEB.
 *
 * @param background `#rrggbb`
 */
export function serializeStatus(state: State, account: Account, message: Message, background: string | undefined): JsonObject {
  const { key, message: content, ...rest } = serializeSent(state, account, message)
  const { participant: _, ...bare } = key as JsonObject
  const { extendedTextMessage } = content as { extendedTextMessage: JsonObject }
  const colour = /^#[0-9a-f]{6}$/i.test(background ?? '') ? { backgroundArgb: Number(`0xff${background?.slice(1)}`) } : {}
  return {
    key: bare,
    message: { extendedTextMessage: { ...extendedTextMessage, ...colour } },
    ...rest,
    participant: `${account.phone}:7@s.whatsapp.net`,
  }
}

/** A message of NOWEB about another message: a reaction, an edit, a deletion. */
export function serializeChangeOf(state: State, account: Account, message: Message, content: (key: JsonObject) => JsonObject): JsonObject {
  const id = state.ids.next('waha/message', 18, '0123456789ABCDEF')
  const at = changedCopy(message, { id: `3EB0${id}`, from: account, sentAt: state.clock.now() })
  return serializeEngineMessage(account, at, content(keyOf(account, message)), state.network.chats.idOf(account, message))
}

function serializeEngineMessage(account: Account, message: Message, content: JsonObject, chat: string = message.chat): JsonObject {
  return {
    key: keyOf(account, message, chat),
    message: content,
    messageTimestamp: String(seconds(message.sentAt)),
    status: 'PENDING',
  }
}

function keyOf(account: Account, message: Message, chat?: string): JsonObject {
  const { id, from, to } = message
  const where = chat ?? (to && account === to ? from.jid : message.chat)
  const author = where.endsWith('@g.us') || where === STATUS ? { participant: nowebJid(from.jid) } : {}
  return { remoteJid: nowebJid(where), fromMe: from === account, id, ...author }
}

/**
 * A message in the common form of all engines.
 *
 * @param withMedia includes the address of its file
 * @param fresh as it is right after it was sent or received, before the engine has stored it: numbers of the engine are texts then
 */
export function serializeMessage(state: State, account: Account, message: Message, withMedia: boolean, fresh = false): JsonObject {
  const { from, text, media, place, cards, ack, sentAt, via } = message
  const chat = state.network.chats.idOf(account, message)
  const fromMe = from === account
  return {
    id: fullIdOf(account, chat, message),
    timestamp: seconds(sentAt),
    // the chat's JID, also for own messages
    from: chat,
    fromMe,
    source: via.gateway === 'phone' || !fromMe ? 'app' : 'api',
    ...(chat.endsWith('@g.us') || chat === STATUS ? { participant: from.jid } : {}),
    body: text === '' ? null : text,
    hasMedia: media !== undefined,
    media: media && withMedia ? serializeMedia(state, via.session, media) : null,
    ack,
    ackName: ackName(ack),
    location: place ? { latitude: String(place.latitude), longitude: String(place.longitude), description: place.name ?? null } : null,
    vCards: cards ? cards.map(vcardOf) : null,
    replyTo: serializeReplyTo(state, message),
    _data: {
      key: keyOf(account, message, chat),
      message: contentOf(state, message),
      messageTimestamp: fresh ? String(seconds(sentAt)) : seconds(sentAt),
      // the stored numbers begin with 1
      ...(fresh ? (fromMe ? { status: 'PENDING' } : {}) : { status: ack + 1 }),
      ...(fromMe || from.name === '' ? {} : { pushName: from.name }),
      ...serializeReactions(account, message, chat),
    },
  }
}

function serializeReactions(account: Account, message: Message, chat: string): JsonObject {
  const { id, reactions, sentAt } = message
  if (reactions.size === 0) return {}
  const all = [...reactions].map(([phone, text]) => {
    const key = { remoteJid: nowebJid(chat), fromMe: phone === account.phone, id: `${id}R${phone}` }
    return { text, key, senderTimestampMs: sentAt }
  })
  return { reactions: all }
}

const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'video/mp4': 'mp4' }

function serializeMedia({ files }: State, session: string, media: NonNullable<Message['media']>): JsonObject {
  const { id, mimetype, filename } = media
  const ending = (Object.hasOwn(ENDINGS, mimetype) ? ENDINGS[mimetype] : undefined) ?? filename?.split('.').at(-1) ?? 'bin'
  const { origin } = new URL(files.urlOf(media))
  return {
    url: `${origin}${MOUNTS.waha}/api/files/${session}/${id}.${ending}`,
    filename: filename ?? null,
    mimetype,
    s3: null,
    error: null,
  }
}

function serializeReplyTo({ network }: State, { replyTo }: Message): JsonObject | null {
  if (replyTo === undefined) return null
  const quoted = network.message(replyTo)
  return {
    id: replyTo,
    participant: quoted?.from.jid ?? null,
    body: quoted?.text ?? null,
    hasMedia: quoted?.media !== undefined,
    media: null,
  }
}

const PARTS: Readonly<Partial<Record<MessageType, string>>> = {
  image: 'imageMessage',
  video: 'videoMessage',
  audio: 'audioMessage',
  voice: 'audioMessage',
  document: 'documentMessage',
  sticker: 'stickerMessage',
}

/** What is in a message, in the words of WhatsApp's protocol. */
function contentOf(state: State, message: Message): JsonObject {
  const { type, text, media, place, cards, poll } = message
  const context = contextOf(state, message)
  const part = PARTS[type]
  if (part !== undefined) {
    const caption = text === '' ? {} : { caption: text }
    const name = media?.filename === undefined ? {} : { fileName: media.filename }
    const spoken = part === 'audioMessage' ? { ptt: type === 'voice' } : {}
    return { [part]: { mimetype: media?.mimetype, fileLength: String(media?.size ?? 0), ...name, ...spoken, ...caption, ...context } }
  }
  if (place) {
    const { latitude, longitude, name } = place
    return { locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, name, ...context } }
  }
  if (poll) {
    const options = poll.options.map((optionName) => ({ optionName }))
    const selectableOptionsCount = poll.multiple ? poll.options.length : 1
    const messageContextInfo = { messageSecret: `${state.ids.of(`waha/poll/${message.id}`, 43, BASE64)}=` }
    const content = { name: poll.question, options, selectableOptionsCount, ...context }
    return poll.multiple ? { messageContextInfo, pollCreationMessage: content } : { messageContextInfo, pollCreationMessageV3: content }
  }
  const [card, ...more] = cards ?? []
  if (card && more.length === 0) return { contactMessage: { vcard: vcardOf(card), ...context } }
  if (card) {
    const contacts = [card, ...more].map((one) => ({ displayName: one.name, vcard: vcardOf(one) }))
    return { contactsArrayMessage: { contacts, ...context } }
  }
  return { extendedTextMessage: { text, ...context } }
}

function contextOf(state: State, { replyTo, mentions, forwarded }: Message): JsonObject {
  const quoted = replyTo === undefined ? undefined : state.network.message(replyTo)
  const info = {
    ...(quoted
      ? {
          stanzaId: quoted.id,
          participant: nowebJid(quoted.from.jid),
          quotedMessage: contentOf(state, changedCopy(quoted, { replyTo: undefined })),
        }
      : {}),
    ...(mentions.length === 0 ? {} : { mentionedJid: mentions.map(nowebJid) }),
    ...(forwarded ? { forwardingScore: 1, isForwarded: true } : {}),
  }
  return Object.keys(info).length === 0 ? {} : { contextInfo: info }
}

function vcardOf({ name, phone = '', organization, vcard }: Card): string {
  if (vcard !== undefined) return vcard
  const company = organization === undefined ? [] : [`ORG:${organization};`]
  return ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...company, `TEL;type=CELL;type=VOICE;waid=${phone}:+${phone}`, 'END:VCARD'].join(
    '\n',
  )
}
