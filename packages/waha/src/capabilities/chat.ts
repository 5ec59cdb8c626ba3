import type { Chat, ChatVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { chatIdOf, engineChat, rowsOf, withId } from '@wamux/core/engine'
import { offsetOf, offsetPage } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'
import { inSession } from './send.ts'

type Schemas = components['schemas']
/** Differs by engine. */
type EngineAnswer = { [key: string]: unknown }

export interface WahaChat
  extends TypedVerbs<
    ChatVerbs,
    {
      list: Schemas['EngineChat'][]
      get: Schemas['ChatSummary']
      archive: EngineAnswer
      unarchive: EngineAnswer
      clear: unknown
      delete: unknown
      markUnread: EngineAnswer
      setTyping: Schemas['Done'] | undefined
    }
  > {}

/** The chat verbs of WAHA. It can neither mute nor pin a chat. */
export function chatVerbs({ send, clock }: PluginContext<WahaConfig>): VerbImplementations<WahaChat> {
  return {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const query = { sortBy: 'conversationTimestamp', sortOrder: 'desc', ...at } as const
      const { data } = await send(routes.chatsList, { path: { session }, query }, options)
      return offsetPage(rowsOf(data), at, data, (row) => withId(engineChat(session, row, clock.now())))
    },

    async get({ session, chat }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const { data } = await send(routes.chatsOverview, { path: { session }, query: { ids: [chatId] } }, options)
      const summaries = (rowsOf(data) as Schemas['ChatSummary'][]).map((raw) => engineChat(session, raw, clock.now()))
      const chatFound = summaries.find(({ id }) => id === chatId) ?? (summaries.length === 1 ? summaries.find(isHidden) : undefined)
      return found('chat.get', `chat ${chatId}`, chatFound)
    },

    async archive({ session, chat }, options) {
      const { data } = await send(routes.chatsArchive, { path: inPath(session, chat) }, options)
      return { session, done: true, raw: data }
    },

    async unarchive({ session, chat }, options) {
      const { data } = await send(routes.chatsUnarchive, { path: inPath(session, chat) }, options)
      return { session, done: true, raw: data }
    },

    async clear({ session, chat }, options) {
      const { data } = await send(routes.chatsClearMessages, { path: inPath(session, chat) }, options)
      return { session, done: true, raw: data }
    },

    async delete({ session, chat }, options) {
      const { data } = await send(routes.chatsDelete, { path: inPath(session, chat) }, options)
      return { session, done: true, raw: data }
    },

    async markUnread({ session, chat }, options) {
      const { data } = await send(routes.chatsMarkUnread, { path: inPath(session, chat) }, options)
      return { session, done: true, raw: data }
    },

    async setTyping({ session, chat, state = 'typing' }, options) {
      const chatId = chatIdOf(chat, 'chat')
      if (state === 'recording') {
        const { data } = await send(routes.presenceSet, { path: { session }, body: { presence: state, chatId } }, options)
        return { session, done: true, raw: data }
      }
      const route = state === 'paused' ? routes.messagesStopTyping : routes.messagesStartTyping
      const { data } = await send(route, { body: { ...inSession(session), chatId } }, options)
      return { session, done: true, raw: data }
    },
  }
}

// a person's chat may be kept under the number that hides the one asked for
function isHidden({ id }: Chat): boolean {
  return id.endsWith('@lid')
}

function inPath(session: string, chat: Parameters<typeof chatIdOf>[0]): { readonly session: string; readonly chatId: string } {
  return { session, chatId: chatIdOf(chat, 'chat') }
}
