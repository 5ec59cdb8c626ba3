import type { SessionEvent } from '../feed.ts'
import type { Account, Message } from '../network.ts'
import type { Session } from '../session.ts'
import type { World } from '../world.ts'
import { seconds, shown } from './warest-words.ts'

/** One webhook: its event, and the data beside the session's id. */
export interface Told {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What a webhook tells of something that happened; nothing where the server keeps silent. */
export function webhooksOf(world: World, session: Session, event: SessionEvent): readonly Told[] {
  const status = (data: object): readonly Told[] => [{ event: 'session_status', data: { ...data } }]
  switch (event.type) {
    case 'session':
      return sessionEvent(session, event.phase)
    case 'qr':
      return status({ tags: 'qr', qr: event.qr.value, qrDuration: Math.ceil(event.qr.expiresInMs / 1000) })
    case 'message':
      return event.fromMe ? [] : [{ event: 'message_received', data: received(world, event.message, event.chat) }]
    case 'reaction': {
      if (event.by === event.account) return []
      const own = { ...keyOf(event.message, event.chat, event.by), id: world.ids.next('warest/reaction', 20).toUpperCase() }
      const { id, remoteJid } = keyOf(event.message, event.chat, event.message.from)
      const reaction = { key: { id, remoteJid }, text: event.emoji }
      return [{ event: 'message_reaction', data: { key: own, reaction, sender: senderOf(event.chat, event.by) } }]
    }
    case 'edit': {
      if (event.by === event.account) return []
      const key = keyOf(event.message, event.chat, event.by)
      const editedMessage = { message: { conversation: event.message.text } }
      const update = { key, update: { message: { editedMessage } } }
      return [{ event: 'message_edited', data: { key, editedMessage, update, mentions: [] } }]
    }
    case 'revoke':
      return event.by === event.account
        ? []
        : [{ event: 'message_revoked', data: { key: keyOf(event.message, event.chat, event.message.from) } }]
    case 'pin': {
      const message = { key: keyOf(event.message, event.chat, event.by), message: { pinInChatMessage: { type: event.pinned ? 1 : 2 } } }
      return [{ event: 'message_received', data: { tags: 'pin', message, text: '', contentType: 'pinInChatMessage', mentions: [] } }]
    }
    case 'group-joined':
      return members(event.group.id, 'add', [event.account])
    case 'group-left':
      return members(event.group.id, 'remove', [event.account])
    case 'group-participants':
      return members(event.group.id, ACTIONS[event.change], event.participants)
    case 'group-changed':
      return event.what === 'picture' ? [] : [{ event: 'group_update', data: { update: { id: event.group.id, ...changedOf(event) } } }]
    case 'presence': {
      const presences = { [shown(event.by.jid)]: { lastKnownPresence: PRESENCES[event.presence] } }
      return [{ event: 'presence_update', data: { presence: { id: shown(event.chat), presences } } }]
    }
    case 'call': {
      const { id, from, video } = event.call
      const call = { id, from: shown(from.jid), status: CALLS[event.change], isVideo: video }
      return [{ event: 'call', data: { calls: [call] } }]
    }
    case 'custom':
      return [{ event: event.name, data: typeof event.payload === 'object' ? { ...event.payload } : { payload: event.payload } }]
    default:
      return []
  }
}

const ACTIONS = { added: 'add', removed: 'remove', promoted: 'promote', demoted: 'demote' } as const
const PRESENCES = { online: 'available', offline: 'unavailable', typing: 'composing', recording: 'recording', paused: 'paused' } as const
const CALLS = { received: 'offer', accepted: 'accept', rejected: 'reject' } as const

function sessionEvent(session: Session, phase: Session['phase']): readonly Told[] {
  const status = (data: object): Told => ({ event: 'session_status', data: { ...data } })
  const { account, settings } = session
  if (phase === 'starting') return [status({ tags: 'create' })]
  if (phase === 'pairing' || phase === 'connecting') return [status({ tags: 'connecting' })]
  if (phase === 'connected' && account) {
    return [status({ status: 'open', me: { id: `${account.phone}:7@s.whatsapp.net`, name: account.name, lid: `${account.lid}@lid` } })]
  }
  // stopped on purpose, or by the phone that removed it
  return [account || settings.closing ? status({ tags: 'close' }) : status({ status: 'logged_out', reason: 401 })]
}

/** Who joins or leaves is told twice. */
function members(groupId: string, action: string, persons: readonly Account[]): readonly Told[] {
  const data = { groupId, participants: persons.map(({ jid }) => shown(jid)), action }
  const also = action === 'add' ? 'group_join' : action === 'remove' ? 'group_leave' : undefined
  return [{ event: 'group_participants', data }, ...(also === undefined ? [] : [{ event: also, data }])]
}

function changedOf({ group, what }: Extract<SessionEvent, { type: 'group-changed' }>): object {
  if (what === 'subject') return { subject: group.subject }
  if (what === 'description') return { desc: group.description }
  if (what === 'invite') return { inviteCode: group.invite }
  return { announce: group.announcement, restrict: group.locked }
}

function keyOf({ id }: Message, chat: string, author: Account): Readonly<Record<string, unknown>> {
  return { remoteJid: shown(chat), fromMe: false, id, participant: shown(author.jid) }
}

function senderOf(chat: string, author: Account): object {
  return { chatId: shown(chat), fromMe: false, isGroup: chat.endsWith('@g.us'), authorJid: shown(author.jid) }
}

const TAGS: Readonly<Record<string, string>> = {
  conversation: 'text',
  extendedTextMessage: 'extended_text',
  imageMessage: 'media',
  videoMessage: 'media',
  audioMessage: 'audio',
  documentMessage: 'file',
  stickerMessage: 'sticker',
  locationMessage: 'location',
  contactMessage: 'contact',
  contactsArrayMessage: 'contacts',
  pollCreationMessage: 'poll',
}

function received({ files }: World, message: Message, chat: string): Readonly<Record<string, unknown>> {
  const { from, sentAt, text, media, mentions } = message
  const content = contentOf(message)
  const [contentType = ''] = Object.keys(content)
  const mentioned = mentions.map(shown)
  const shownText = message.poll ? '' : message.cards ? (message.cards[0]?.name ?? '') : text
  // the emulator keeps what comes, and serves it
  const file = media && { hasMedia: true, type: contentType, mimeType: media.mimetype, url: files.urlOf(media), storageKey: media.id }
  return {
    tags: (Object.hasOwn(TAGS, contentType) ? TAGS[contentType] : undefined) ?? 'system',
    message: {
      key: keyOf(message, chat, from),
      pushName: from.name,
      messageTimestamp: seconds(sentAt),
      message: content,
      __warestMentionInfo: { normalized: mentioned, replacements: [] },
    },
    text: shownText,
    contentType,
    sender: senderOf(chat, from),
    ...(file ? { media: file } : {}),
    mentions: mentioned,
    type: 'notify',
  }
}

/** A message in the words of WhatsApp's protocol. */
function contentOf({ type, text, media, place, cards, poll, replyTo, mentions, to }: Message): Readonly<Record<string, unknown>> {
  const quoted = replyTo === undefined ? {} : { stanzaId: replyTo, ...(to ? { participant: shown(to.jid) } : {}) }
  const context = { ...quoted, ...(mentions.length > 0 ? { mentionedJid: mentions.map(shown) } : {}) }
  const contextInfo = Object.keys(context).length > 0 ? { contextInfo: context } : {}
  if (place) {
    const { latitude, longitude, name, address } = place
    const names = { ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) }
    return { locationMessage: { degreesLatitude: latitude, degreesLongitude: longitude, ...names, ...contextInfo } }
  }
  if (cards) return contactOf(cards, contextInfo)
  if (poll) {
    const options = poll.options.map((optionName) => ({ optionName }))
    return {
      pollCreationMessage: { name: poll.question, options, selectableOptionsCount: poll.multiple ? options.length : 1, ...contextInfo },
    }
  }
  if (!media) return Object.keys(contextInfo).length > 0 ? { extendedTextMessage: { text, ...contextInfo } } : { conversation: text }
  const caption = text === '' ? {} : { caption: text }
  const name = media.filename === undefined ? {} : { fileName: media.filename }
  const file = { mimetype: media.mimetype, fileLength: String(media.size), ...name, ...caption, ...contextInfo }
  if (type === 'voice') return { audioMessage: { ...file, ptt: true } }
  return { [`${type}Message`]: file }
}

function contactOf(cards: NonNullable<Message['cards']>, contextInfo: object): Readonly<Record<string, unknown>> {
  const all = cards.map(({ name, phone = '', vcard }) => {
    const made = ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, `TEL;type=CELL;type=VOICE;waid=${phone}:${phone}`, 'END:VCARD'].join('\n')
    return { displayName: name, vcard: vcard ?? made }
  })
  const [only] = all
  return all.length === 1 ? { contactMessage: { ...only, ...contextInfo } } : { contactsArrayMessage: { contacts: all, ...contextInfo } }
}
