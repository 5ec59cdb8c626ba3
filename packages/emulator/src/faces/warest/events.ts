import type { Account, Message } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import type { SessionEvent } from '../../sessions/session-events.ts'
import type { State } from '../../state.ts'
import { seconds, toWarestJid } from './serialize.ts'

/** One webhook: its event, and its data without the session's id. */
export interface WebhookEvent {
  readonly event: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The webhooks of an event; none where the server sends none. */
export function webhooksOf(state: State, session: Session, event: SessionEvent): readonly WebhookEvent[] {
  const status = (data: object): readonly WebhookEvent[] => [{ event: 'session_status', data: { ...data } }]
  switch (event.type) {
    case 'session':
      return sessionEvent(session, event.phase)
    case 'qr':
      return status({ tags: 'qr', qr: event.qr.value, qrDuration: Math.ceil(event.qr.expiresInMs / 1000) })
    case 'message':
      return event.fromMe ? [] : [{ event: 'message_received', data: received(state, event.message, event.chat) }]
    case 'reaction': {
      if (event.by === event.account) return []
      const own = { ...keyOf(event.message, event.chat, event.by), id: state.ids.next('warest/reaction', 20).toUpperCase() }
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
      const presences = { [toWarestJid(event.by.jid)]: { lastKnownPresence: PRESENCES[event.presence] } }
      return [{ event: 'presence_update', data: { presence: { id: toWarestJid(event.chat), presences } } }]
    }
    case 'call': {
      const { id, from, video, group } = event.call
      const grouped = group === undefined ? { isGroup: false } : { isGroup: true, groupJid: group }
      const jid = toWarestJid(from.jid)
      const call = { id, chatId: group ?? jid, from: jid, status: CALLS[event.change], isVideo: video, ...grouped }
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
const CALLS = { received: 'offer', accepted: 'accept', rejected: 'reject', missed: 'timeout', ended: 'terminate' } as const

function sessionEvent(session: Session, phase: Session['phase']): readonly WebhookEvent[] {
  const status = (data: object): WebhookEvent => ({ event: 'session_status', data: { ...data } })
  const { account, settings } = session
  if (phase === 'starting') return [status({ tags: 'create' })]
  if (phase === 'pairing' || phase === 'connecting') return [status({ tags: 'connecting' })]
  if (phase === 'connected' && account) {
    return [status({ status: 'open', me: { id: `${account.phone}:7@s.whatsapp.net`, name: account.name, lid: `${account.lid}@lid` } })]
  }
  if (phase === 'conflict') return [status({ status: 'replaced', reason: 440, tags: 'conflict_replaced' })]
  if (phase === 'disconnected') return [status({ status: 'reconnecting', attempts: session.attempts })]
  // stopped by a call, or by the phone that unlinked it
  return [account || settings.closing ? status({ tags: 'close' }) : status({ status: 'logged_out', reason: 401 })]
}

/** WARest sends two webhooks for somebody who joins or leaves. */
function members(groupId: string, action: string, persons: readonly Account[]): readonly WebhookEvent[] {
  const data = { groupId, participants: persons.map(({ jid }) => toWarestJid(jid)), action }
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
  return { remoteJid: toWarestJid(chat), fromMe: false, id, participant: toWarestJid(author.jid) }
}

function senderOf(chat: string, author: Account): object {
  return { chatId: toWarestJid(chat), fromMe: false, isGroup: chat.endsWith('@g.us'), authorJid: toWarestJid(author.jid) }
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

function received({ files }: State, message: Message, chat: string): Readonly<Record<string, unknown>> {
  const { from, sentAt, text, media, mentions } = message
  const content = contentOf(message)
  const [contentType = ''] = Object.keys(content)
  const mentioned = mentions.map(toWarestJid)
  const shownText = message.poll ? '' : message.cards ? (message.cards[0]?.name ?? '') : text
  // the emulator stores incoming media and serves it
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
  const quoted = replyTo === undefined ? {} : { stanzaId: replyTo, ...(to ? { participant: toWarestJid(to.jid) } : {}) }
  const context = { ...quoted, ...(mentions.length > 0 ? { mentionedJid: mentions.map(toWarestJid) } : {}) }
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
