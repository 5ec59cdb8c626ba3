import type { Account, Chat, Message } from '../../network/types.ts'
import type { State } from '../../state.ts'
import type { Answer } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import {
  type ConnectedSession,
  failure,
  failureOne,
  findConnected,
  inputOf,
  isTrue,
  parseWarestJid,
  seconds,
  succeeds,
  success,
  successOne,
  toWarestJid,
} from './serialize.ts'

/** How long WARest's engine pins a message, ms. */
const PIN_MS = 24 * 60 * 60 * 1000
const DAY_MS = 24 * 60 * 60 * 1000

/** Chats and stored messages: reading and changing them. */
export function chatHandlers(state: State): Record<string, Handler> {
  const { network, clock } = state
  const { chats } = network

  /** Makes a handler for a call below `/chats`: checks the session first, then the chat of the path. */
  const inChat = (act: (connected: ConnectedSession, jid: string, call: Call) => Answer): Handler => {
    return (call) => {
      const connected = findConnected(state, inputOf(call).sessionId)
      if (!connected) return failureOne(404, 1101, 'Session not found')
      const jid = parseWarestJid(call.params.chatId)
      return jid === '' ? failureOne(400, 2001, 'Missing chatId') : act(connected, jid, call)
    }
  }

  /** An action on the chat in `to`. */
  const onChat = (message: string, act: (connected: ConnectedSession, chat: string, call: Call) => void): Handler => {
    return (call) => {
      const connected = findConnected(state, call.body.sessionId)
      if (!connected) return failure(404, 1101, 'Session not found', null)
      const jid = parseWarestJid(call.body.to)
      if (jid === '') return failure(400, 2001, 'Missing destination', null)
      act(connected, network.chatOf(jid) ?? jid, call)
      const status = `${message.toLowerCase()} success`
      return success(200, 1000, message, [
        { sessionId: connected.session.id, phone: connected.account.phone, to: jid.split('@')[0], toJid: jid, status },
      ])
    }
  }

  interface Action {
    readonly message: string
    readonly status: string
    /** Message of the answer when WhatsApp refuses. */
    readonly problem?: readonly [status: number, code: number, message: string]
    /** @returns what is missing */
    readonly missing?: (call: Call) => string | undefined
    readonly act: (connected: ConnectedSession, message: Message, call: Call) => void
  }

  /** Makes a handler for one message. Like the real server it does not check first whether the message exists. */
  const onMessage = ({ message: said, status, problem = [500, 8000, 'Internal server error'], missing, act }: Action): Handler => {
    return (call) => {
      const connected = findConnected(state, call.body.sessionId)
      if (!connected) return failure(404, 1101, 'Session not found', null)
      const jid = parseWarestJid(call.body.to)
      if (jid === '') return failure(400, 2001, 'Missing destination or messageId', null)
      const lacking = missing?.(call)
      if (lacking !== undefined) return failure(400, 2001, lacking, null)
      const { session, account } = connected
      const messageId = call.params.messageId ?? ''
      const found = chats.message(account, messageId)
      if (found && !succeeds(() => act(connected, found, call))) return failure(...problem, null)
      const told = {
        sessionId: session.id,
        phone: account.phone,
        to: jid.split('@')[0],
        toJid: jid,
        messageId,
        status: `${status} success`,
      }
      return success(200, 1000, said, [told])
    }
  }

  function chatRow(account: Account, chat: Chat): Record<string, unknown> {
    const name = chats.nameOf(account, chat.id) ?? chat.id.split('@')[0]
    return {
      id: toWarestJid(chat.id),
      jid: toWarestJid(chat.id),
      displayName: name,
      name,
      isGroup: chat.kind === 'group',
      unreadCount: chat.unread,
      lastMessage: chat.last ? bodyOf(chat.last) : null,
      lastMessageTimestamp: seconds(chat.last?.sentAt ?? chat.at),
      ephemeralExpiry: 0,
      createdAt: seconds(chat.at),
      updatedAt: seconds(chat.at),
    }
  }

  return {
    'chats.list': (call) => {
      const fields = inputOf(call)
      const connected = findConnected(state, fields.sessionId)
      if (!connected) return failureOne(404, 1101, 'Session not found')
      const { session, account } = connected
      const wanted = textOf(fields.search)?.toLowerCase()
      const rows = chats
        .list(account)
        .filter(({ id, kind }) => (kind === 'person' || kind === 'group') && id !== account.jid)
        .filter(({ id }) => !isTrue(fields.hasMedia) || chats.messages(account, id).some(({ media }) => media))
        .map((chat) => chatRow(account, chat))
        .filter(({ jid, name }) => wanted === undefined || `${jid} ${name}`.toLowerCase().includes(wanted))
      if (fields.sortBy === 'name') rows.sort((a, b) => String(a.name).localeCompare(String(b.name)))
      if (fields.sortOrder === 'asc') rows.reverse()
      return successOne('Chats list fetched', { sessionId: session.id, phone: account.phone, ...pageOf(rows, fields, 10) })
    },

    'chats.getMessages': inChat(({ session, account }, jid, call) => {
      const fields = inputOf(call)
      const id = network.chatOf(jid) ?? jid
      const [from, until] = [fields.startTime, fields.endTime].map((one) => (one === undefined ? undefined : Number(one) * 1000))
      const rows = chats
        .messages(account, id)
        .filter(
          ({ sentAt, media }) =>
            sentAt >= (from ?? 0) && sentAt <= (until ?? Number.POSITIVE_INFINITY) && (!isTrue(fields.mediaOnly) || media),
        )
        .filter((message) => bodyOf(message).includes(textOf(fields.search) ?? ''))
        .map((message) => messageRow(message, jid, account, chats.starred(account, message)))
      const chat = chats.get(account, id)
      const nothing = { jid, name: null, isGroup: jid.endsWith('@g.us'), unreadCount: 0, lastMessage: null, lastMessageTimestamp: 0 }
      const {
        id: _,
        displayName: __,
        ...info
      } = chat ? chatRow(account, chat) : ({ ...nothing, ephemeralExpiry: 0, createdAt: 0, updatedAt: 0 } as Record<string, unknown>)
      const page = pageOf(rows, fields, 20)
      return successOne('Messages list fetched', { sessionId: session.id, phone: account.phone, ...page, chatInfo: info })
    }),

    'chats.pin': inChat(({ session, account }, jid, { body }) => {
      if (body.pin === undefined || body.pin === null) return failureOne(400, 2001, 'Missing chatId or pin flag')
      const pinned = isTrue(body.pin)
      chats.set(account, network.chatOf(jid) ?? jid, { pinned })
      const word = pinned ? 'pinned' : 'unpinned'
      const told = { sessionId: session.id, phone: account.phone, chatId: jid, pinned, message: `Chat ${word} successfully` }
      return successOne(`Chat ${word}`, { ...told, updatedAt: seconds(clock.now()) })
    }),

    'chats.pinMessage': inChat(({ session, account }, jid, { body, params }) => {
      if (body.pin === undefined || body.pin === null) return failureOne(400, 2001, 'Missing chatId, messageId or pin flag')
      const pinned = isTrue(body.pin)
      const messageId = params.messageId ?? ''
      const message = chats.message(account, messageId)
      if (message && !succeeds(() => network.pin(account, message, pinned ? clock.now() + PIN_MS : undefined))) {
        return failureOne(403, 4003, 'Pin/unpin not allowed')
      }
      const word = pinned ? 'pinned' : 'unpinned'
      const told = { sessionId: session.id, phone: account.phone, chatId: jid, messageId, pinned, message: `Message ${word} successfully` }
      return successOne(`Message ${word}`, { ...told, updatedAt: seconds(clock.now()) })
    }),

    'chats.markRead': inChat(({ session, account }, jid, { body }) => {
      const id = network.chatOf(jid) ?? jid
      const count = Math.min(Math.max(Number(body.messages ?? 0) || 0, 0), 500)
      const days = Number(body.days ?? 1)
      const oldest = count === 0 && days > 0 ? clock.now() - days * DAY_MS : 0
      const inbound = chats.messages(account, id).filter(({ from, sentAt }) => from !== account && sentAt >= oldest)
      const marked = count > 0 ? inbound.slice(0, count) : inbound
      if (marked.length === 0) return failureOne(404, 2004, 'No inbound messages available to mark as read')
      network.markSeen(account, id, marked.length === inbound.length ? undefined : marked.map(({ id: one }) => one))
      const rows = marked.map((one) => ({ id: one.id, fromMe: false, timestamp: seconds(one.sentAt) })).reverse()
      const message =
        count > 0 ? `Marked last ${rows.length} inbound message(s) as read` : `Marked inbound messages as read in the last ${days} day(s)`
      return successOne(message, {
        sessionId: session.id,
        phone: account.phone,
        chatId: jid,
        totalMarked: rows.length,
        mode: count > 0 ? 'by_messages' : 'by_days',
        parameters: { messages: count, days },
        marked: rows,
      })
    }),

    'chats.archive': onChat('Chat archived', ({ account }, chat) => chats.set(account, chat, { archived: true })),
    'chats.unarchive': onChat('Chat unarchived', ({ account }, chat) => chats.set(account, chat, { archived: false })),
    'chats.mute': onChat('Chat muted', ({ account }, chat, { body }) => {
      const minutes = Math.min(Math.max(Number(body.duration ?? 60) || 60, 1), 43_200)
      chats.set(account, chat, { mutedUntil: clock.now() + minutes * 60_000 })
    }),
    'chats.unmute': onChat('Chat unmuted', ({ account }, chat) => chats.set(account, chat, { mutedUntil: null })),
    'chats.clear': onChat('Chat cleared', ({ account }, chat) => chats.clear(account, chat)),

    'messageActions.star': onMessage({
      message: 'Message starred',
      status: 'message starred',
      act: ({ account }, message) => chats.star(account, message, true),
    }),
    'messageActions.unstar': onMessage({
      message: 'Message unstarred',
      status: 'message unstarred',
      act: ({ account }, message) => chats.star(account, message, false),
    }),
    'messageActions.react': onMessage({
      message: 'Reaction applied',
      status: 'reaction applied',
      problem: [502, 4005, 'Failed to react to message'],
      missing: ({ body }) => (textOf(body.emoji) === undefined ? 'Emoji is required' : undefined),
      act: ({ account }, message, { body }) => network.react(account, message, String(body.emoji)),
    }),
    'messageActions.unreact': onMessage({
      message: 'Reaction removed',
      status: 'reaction removed',
      problem: [502, 4005, 'Failed to remove reaction'],
      act: ({ account }, message) => network.react(account, message, ''),
    }),
    'messageActions.markRead': onMessage({
      message: 'Message marked as read',
      status: 'message read',
      act: ({ account }, message) => network.markSeen(account, chats.idOf(account, message), [message.id]),
    }),
    'messageActions.edit': onMessage({
      message: 'Message edited',
      status: 'message edited',
      problem: [403, 4001, 'Editing this message is not allowed'],
      missing: ({ body }) => (textOf(body.message)?.trim() ? undefined : 'Message text is required'),
      act: ({ account }, message, { body }) => network.edit(account, message, String(body.message)),
    }),
    'messageActions.revoke': onMessage({
      message: 'Message revoked',
      status: 'message revoked',
      problem: [502, 4000, 'Failed to revoke message'],
      act({ account }, message, { body }) {
        network.revoke(account, message)
        if (isTrue(body.deleteForMe)) chats.hide(account, message)
      },
    }),
    'messageActions.delete': onMessage({
      message: 'Message deleted for me',
      status: 'message deleted',
      problem: [502, 4000, 'Failed to delete message'],
      act: ({ account }, message) => chats.hide(account, message),
    }),
  }
}

function pageOf(rows: readonly unknown[], fields: Readonly<Record<string, unknown>>, size: number): Record<string, unknown> {
  const limit = Math.min(Math.max(Number(fields.limit ?? size) || size, 1), 500)
  const offset = Math.max(Number(fields.offset ?? 0) || 0, 0)
  return { data: rows.slice(offset, offset + limit), pagination: { limit, offset, total: rows.length } }
}

const LABELS: Partial<Record<Message['type'], string>> = {
  image: 'Image',
  video: 'Video',
  audio: 'Audio',
  voice: 'Audio',
  document: 'Document',
  sticker: 'Sticker',
  poll: 'Poll',
}

/** The text that WARest's store keeps of a message. */
function bodyOf({ type, text, cards, revoked, editedAt }: Message): string {
  if (revoked) return '(_⊘ This message was deleted_)'
  if (type === 'contact') return cards?.length === 1 ? (cards[0]?.name ?? '') : `Contacts: ${cards?.length ?? 0}`
  const label = editedAt === undefined ? LABELS[type] : undefined
  return label === undefined ? text : `([${label}]) ${text}`.trim()
}

function typeWord({ type, replyTo, mentions, revoked }: Message): string {
  if (revoked) return 'system'
  if (type === 'text') return replyTo !== undefined || mentions.length > 0 ? 'extendedtextmessage' : 'conversation'
  return type === 'sticker' ? 'stickermessage' : type === 'voice' ? 'audio' : type
}

const WITH_MEDIA = ['image', 'video', 'audio', 'document', 'stickermessage', 'location', 'contact', 'gif']

/** A message as WARest's store has it; the store keeps no receipts. */
function messageRow(message: Message, chat: string, account: Account, starred: boolean): Record<string, unknown> {
  const { id, from, sentAt, editedAt, revoked, media, replyTo, mentions, reactions, poll } = message
  const word = typeWord(message)
  const isMedia = WITH_MEDIA.includes(word)
  const file = { url: null, mimeType: media?.mimetype ?? null, fileName: media?.filename ?? null, fileSize: media?.size ?? null }
  const creation = poll && {
    question: poll.question,
    options: poll.options.map((name, index) => ({ index, name })),
    selectableCount: poll.multiple ? 0 : 1,
  }
  return {
    id,
    toJid: chat,
    senderJid: toWarestJid(from.jid),
    fromMe: from === account,
    messageType: word,
    body: bodyOf(message),
    timestamp: seconds(sentAt),
    isMedia,
    mediaType: isMedia ? word : null,
    mediaMetadata: isMedia ? file : null,
    messageTypeDetails: {
      ...(editedAt === undefined ? {} : { edit: { lastEditedAt: seconds(editedAt), lastEditedMs: editedAt } }),
      ...(creation ? { poll: { creation } } : {}),
      ...(starred ? { starredAt: seconds(sentAt) } : {}),
    },
    quotedMessageId: replyTo ?? null,
    mentionedJids: mentions.map(toWarestJid),
    reactions: [...reactions].map(([phone, emoji]) => ({ from: `${phone}@s.whatsapp.net`, emoji, timestamp: seconds(sentAt) })),
    isEdited: editedAt !== undefined,
    isDeleted: revoked,
    deletedAt: revoked ? seconds(sentAt) : null,
    poll: creation ? { creation } : null,
    createdAt: seconds(sentAt),
    updatedAt: seconds(editedAt ?? sentAt),
  }
}
