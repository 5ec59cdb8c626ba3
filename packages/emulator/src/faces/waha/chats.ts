import type { Account, Chat, Message } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, empty, json } from '../../wire/answer.ts'
import { bareIdOf, messageOf, seconds } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { nowebJid, serializeMessage } from './messages.ts'
import { chatIn, chatOf, createConnectedHandlers, pageOf } from './request-context.ts'
import { nestError, notFound } from './serialize.ts'

/** Messages of a page when the call does not say. */
const DEFAULT_LIMIT = '10'

/** Chats and the messages in them. */
export function chatHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const { network } = state

  function serializeChat(account: Account, { id, at, archived, pinned, mutedUntil }: Chat): Record<string, unknown> {
    const name = id.endsWith('@c.us') ? undefined : network.chats.nameOf(account, id)
    return {
      id: nowebJid(id),
      conversationTimestamp: seconds(at),
      ...(name === undefined ? {} : { name }),
      ...(archived ? { archived } : {}),
      ...(pinned ? { pinned: seconds(at) } : {}),
      ...(mutedUntil === undefined ? {} : { muteEndTime: mutedUntil === Number.POSITIVE_INFINITY ? -1 : mutedUntil }),
    }
  }

  function summary(account: Account, chat: Chat): Record<string, unknown> {
    const { id, last } = chat
    const person = network.find(id)
    return {
      id,
      name: (person ? personName(account, person) : network.chats.nameOf(account, id)) ?? null,
      picture: person?.picture ? state.files.urlOf(person.picture) : null,
      lastMessage: last && !last.revoked ? serializeMessage(state, account, last, false) : null,
      _chat: serializeChat(account, chat),
    }
  }

  // name of the address book, else the name that came with the person's messages
  function personName(account: Account, person: Account): string | undefined {
    const wrote = network.chats.messages(account, person.jid).some(({ from }) => from === person)
    return network.contacts.get(account, person).name ?? (wrote ? person.name : undefined)
  }

  function overview(account: Account, ids: readonly unknown[]): readonly Chat[] {
    const wanted = ids.map((id) => chatOf(state, id))
    return network.chats.list(account).filter(({ id }) => wanted.length === 0 || wanted.includes(id))
  }

  /** Messages, newest first. Those deleted for everyone count for the page, but are left out of it. */
  function messagesOf(account: Account, chat: string, call: Call): Answer {
    const { query } = call
    if (!Number.isFinite(Number(query.get('limit') ?? DEFAULT_LIMIT))) {
      return nestError(400, 'Bad Request', ['limit must be a number conforming to the specified constraints'])
    }
    const fromMe = query.get('filter.fromMe')
    const [after, before] = ['gte', 'lte'].map((side) => query.get(`filter.timestamp.${side}`))
    const fits = (message: Message) =>
      (fromMe === null || (message.from === account) === (fromMe === 'true')) &&
      (after == null || seconds(message.sentAt) >= Number(after)) &&
      (before == null || seconds(message.sentAt) <= Number(before))
    const all = network.chats.messages(account, chat).filter(fits)
    const ordered = /^asc$/i.test(query.get('sortOrder') ?? '') ? [...all].reverse() : all
    const withMedia = query.get('downloadMedia') !== 'false'
    const shown = pageOf(ordered, call).filter(({ revoked }) => !revoked)
    return json(
      200,
      shown.map((message) => serializeMessage(state, account, message, withMedia)),
    )
  }

  const change = (act: (account: Account, chat: string) => void) =>
    whenConnected(({ account, call }) => {
      act(account, chatIn(state, call))
      return json(201, { success: true })
    })

  const remove = (act: (account: Account, chat: string) => void) =>
    whenConnected(({ account, call }) => {
      act(account, chatIn(state, call))
      return empty(200)
    })

  const typing = (presence: 'typing' | 'paused') =>
    whenConnected(({ account, call }) => {
      network.presence.type(account, chatIn(state, call), presence)
      return json(201, { result: true })
    })

  return {
    'chats.list': whenConnected(({ account, call }) => {
      const chats = network.chats.list(account)
      const sorted = call.query.get('sortBy') === 'id' ? [...chats].sort((a, b) => a.id.localeCompare(b.id)) : chats
      return json(
        200,
        pageOf(sorted, call).map((chat) => serializeChat(account, chat)),
      )
    }),
    'chats.overview': whenConnected(({ account, call }) => {
      const ids = call.query.getAll('ids').flatMap((one) => one.split(','))
      return json(
        200,
        pageOf(overview(account, ids), call).map((chat) => summary(account, chat)),
      )
    }),
    'chats.overviewByIds': whenConnected(({ account, call }) => {
      const { ids } = isRecord(call.body.filter) ? call.body.filter : {}
      return json(
        201,
        overview(account, Array.isArray(ids) ? ids : []).map((chat) => summary(account, chat)),
      )
    }),
    'chats.getPicture': whenConnected(({ call }) => {
      const person = network.find(chatIn(state, call))
      return json(200, { url: person?.picture ? state.files.urlOf(person.picture) : null })
    }),
    'chats.archive': change((account, chat) => network.chats.set(account, chat, { archived: true })),
    'chats.unarchive': change((account, chat) => network.chats.set(account, chat, { archived: false })),
    'chats.markUnread': change((account, chat) => network.chats.set(account, chat, { markedUnread: true })),
    'chats.delete': remove((account, chat) => network.chats.delete(account, chat)),
    'chats.clearMessages': remove((account, chat) => network.chats.clear(account, chat)),
    'chats.listMessages': whenConnected(({ account, call }) => messagesOf(account, chatIn(state, call), call)),
    'messages.list': whenConnected(({ account, call }) => messagesOf(account, chatOf(state, call.query.get('chatId')), call)),
    'chats.getMessage': whenConnected(({ account, call }) => {
      const message = messageOf(network, account, call.params.messageId)
      if (!message || message.revoked) return notFound('Message not found')
      return json(200, serializeMessage(state, account, message, call.query.get('downloadMedia') !== 'false'))
    }),
    'chats.readMessages': whenConnected(({ account, call }) => {
      network.markSeen(account, chatIn(state, call))
      return json(201, { ids: [] })
    }),
    'messages.markSeen': whenConnected(({ account, call }) => {
      const { messageIds, messageId } = call.body
      const ids = [...(Array.isArray(messageIds) ? messageIds : []), messageId].flatMap((id) => textOf(id) ?? []).map(bareIdOf)
      network.markSeen(account, chatIn(state, call), ids.length === 0 ? undefined : ids)
      // with ids the engine answers nothing
      return ids.length > 0 ? empty(201) : json(201, { ids: [] })
    }),
    'messages.startTyping': typing('typing'),
    'messages.stopTyping': typing('paused'),
  }
}
