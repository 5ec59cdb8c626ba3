import { MOUNTS } from '../gateways.ts'
import { STATUS } from '../network/jid.ts'
import { ackName, type Card, type MessageType } from '../network/message.ts'
import type { Account, Message } from '../network.ts'
import type { World } from '../world.ts'
import { fullIdOf, seconds } from './engine-words.ts'

type Words = Record<string, unknown>

/** A JID in the form of the engine NOWEB. */
export function nowebJid(jid: string): string {
  return jid.replace(/@c\.us$/, '@s.whatsapp.net')
}

/** A message as NOWEB itself has it, right after it was sent. */
export function sentWords(world: World, account: Account, message: Message): Words {
  return engineWords(account, message, contentOf(world, message))
}

/** Something that NOWEB sent about another message: a reaction, a change, a deletion. */
export function aboutWords(world: World, account: Account, message: Message, content: (key: Words) => Words): Words {
  const id = world.ids.next('waha/message', 18, '0123456789ABCDEF')
  const at = { ...message, id: `3EB0${id}`, from: account, sentAt: world.clock.now() }
  return engineWords(account, at, content(keyOf(account, message)), world.network.chats.idOf(account, message))
}

function engineWords(account: Account, message: Message, content: Words, chat = message.chat): Words {
  return {
    key: keyOf(account, message, chat),
    message: content,
    messageTimestamp: String(seconds(message.sentAt)),
    status: 'PENDING',
  }
}

function keyOf(account: Account, message: Message, chat?: string): Words {
  const { id, from, to } = message
  const where = chat ?? (to && account === to ? from.jid : message.chat)
  const author = where.endsWith('@g.us') || where === STATUS ? { participant: nowebJid(from.jid) } : {}
  return { remoteJid: nowebJid(where), fromMe: from === account, id, ...author }
}

/** A message in the common form of all engines. @param withMedia says where its file is */
export function messageWords(world: World, account: Account, message: Message, withMedia: boolean): Words {
  const { from, text, media, place, cards, ack, sentAt, via } = message
  const chat = world.network.chats.idOf(account, message)
  const fromMe = from === account
  return {
    id: fullIdOf(account, chat, message),
    timestamp: seconds(sentAt),
    // the chat, also of own messages
    from: chat,
    fromMe,
    source: via.gateway === 'phone' || !fromMe ? 'app' : 'api',
    ...(chat.endsWith('@g.us') || chat === STATUS ? { participant: from.jid } : {}),
    body: text === '' ? null : text,
    hasMedia: media !== undefined,
    media: media && withMedia ? mediaWords(world, via.session, media) : null,
    ack,
    ackName: ackName(ack),
    location: place ? { latitude: String(place.latitude), longitude: String(place.longitude), description: place.name ?? null } : null,
    vCards: cards ? cards.map(vcardOf) : null,
    replyTo: replyWords(world, message),
    _data: {
      key: keyOf(account, message, chat),
      message: contentOf(world, message),
      messageTimestamp: seconds(sentAt),
      // the engine counts from 1
      status: ack + 1,
      pushName: from.name,
      ...reactionWords(account, message, chat),
    },
  }
}

function reactionWords(account: Account, message: Message, chat: string): Words {
  const { id, reactions, sentAt } = message
  if (reactions.size === 0) return {}
  const all = [...reactions].map(([phone, text]) => {
    const key = { remoteJid: nowebJid(chat), fromMe: phone === account.phone, id: `${id}R${phone}` }
    return { text, key, senderTimestampMs: sentAt }
  })
  return { reactions: all }
}

const ENDINGS: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'video/mp4': 'mp4' }

function mediaWords({ files }: World, session: string, media: NonNullable<Message['media']>): Words {
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

function replyWords({ network }: World, { replyTo }: Message): Words | null {
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
function contentOf(world: World, message: Message): Words {
  const { type, text, media, place, cards, poll } = message
  const context = contextOf(world, message)
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
    return { pollCreationMessageV3: { name: poll.question, options, selectableOptionsCount: poll.multiple ? 0 : 1, ...context } }
  }
  const [card, ...more] = cards ?? []
  if (card && more.length === 0) return { contactMessage: { vcard: vcardOf(card), ...context } }
  if (card) {
    const contacts = [card, ...more].map((one) => ({ displayName: one.name, vcard: vcardOf(one) }))
    return { contactsArrayMessage: { contacts, ...context } }
  }
  return { extendedTextMessage: { text, ...context } }
}

function contextOf({ network }: World, { replyTo, mentions, forwarded }: Message): Words {
  const quoted = replyTo === undefined ? undefined : network.message(replyTo)
  const info = {
    ...(replyTo === undefined ? {} : { stanzaId: replyTo, participant: quoted && nowebJid(quoted.from.jid) }),
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
