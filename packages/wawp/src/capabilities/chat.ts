import type { ChatVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { chatIdOf, engineChat, rowsOf, withId } from '@wamux/core/engine'
import { offsetOf, offsetPage } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export interface WawpChat
  extends TypedVerbs<
    ChatVerbs,
    {
      list: Schemas['Chat'][] | Schemas['Outcome']
      get: Schemas['ChatSummary']
      archive: Schemas['Outcome']
      unarchive: Schemas['Outcome']
      clear: Schemas['Outcome']
      delete: Schemas['Outcome']
      markUnread: Schemas['Outcome']
      setTyping: Schemas['Outcome']
    }
  > {}

/** The chat verbs of Wawp. It can neither mute nor pin a chat. */
export function chatVerbs({ send, clock }: PluginContext<WawpConfig>): VerbImplementations<WawpChat> {
  const forInstance = instanceCalls(send)

  return {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      // the engine's word for the newest message; which order there is without it is not known
      const query = { sortBy: 'conversationTimestamp', sortOrder: 'DESC', ...at } as const
      const { data } = await forInstance(routes.chatsList, session, { query }, options)
      return offsetPage(rowsOf(data), at, data, (row) => withId(engineChat(session, row, clock.now())))
    },

    async get({ session, chat }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const { data } = await forInstance(routes.chatsOverview, session, { query: { ids: [chatId] } }, options)
      const chats = rowsOf(data).map((row) => engineChat(session, row as Schemas['ChatSummary'], clock.now()))
      return found('chat.get', chats.find(({ id }) => id === chatId) as (typeof chats)[number], `chat ${chatId}`)
    },

    async archive({ session, chat }, options) {
      const { data } = await forInstance(routes.chatsArchive, session, { body: { chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, done: true, raw: data }
    },

    async unarchive({ session, chat }, options) {
      const { data } = await forInstance(routes.chatsUnarchive, session, { body: { chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, done: true, raw: data }
    },

    async clear({ session, chat }, options) {
      const { data } = await forInstance(routes.chatsClear, session, { body: { chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, done: true, raw: data }
    },

    async delete({ session, chat }, options) {
      const { data } = await forInstance(routes.chatsDelete, session, { body: { chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, done: true, raw: data }
    },

    async markUnread({ session, chat }, options) {
      const { data } = await forInstance(routes.chatsMarkUnread, session, { body: { chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, done: true, raw: data }
    },

    async setTyping({ session, chat, state = 'typing' }, options) {
      const chatId = chatIdOf(chat, 'chat')
      if (state === 'recording') {
        const { data } = await forInstance(routes.presenceSet, session, { body: { presence: state, chatId } }, options)
        return { session, done: true, raw: data }
      }
      const route = state === 'paused' ? routes.messagesStopTyping : routes.messagesStartTyping
      const { data } = await forInstance(route, session, { body: { chatId } }, options)
      return { session, done: true, raw: data }
    },
  }
}
