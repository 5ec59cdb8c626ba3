import type { CallOptions, Chat, ChatRef, ChatVerbs, VerbImplementations } from '@wamux/core'
import { offsetOf, offsetPage } from '@wamux/core/verbs'
import { engineChat } from '../answers/chat.ts'
import { chatIdOf } from '../fields/ids.ts'
import { acknowledged, orNotFound } from '../fields/results.ts'
import { rowsOf, withId } from '../fields/rows.ts'
import type { EngineGateway } from './calls.ts'
import { type EngineVerbs, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

type ChatId = { chatId: string }
/** What the verbs send. `setTyping` has three routes: it starts typing, stops it, or shows a presence. */
interface Sent<Order> {
  list: { limit: number; offset: number } & Order
  get: { ids: string[] }
  archive: ChatId
  unarchive: ChatId
  clear: ChatId
  delete: ChatId
  markUnread: ChatId
  setTyping: ChatId
  stopTyping: ChatId
  setPresence: { chatId: string; presence: 'recording' }
}

export interface ChatDifferences<Order> {
  /** The fields that ask for the chats with the newest messages first. */
  readonly newestFirst: Order
}

type Shared = Pick<VerbImplementations<ChatVerbs>, Exclude<keyof Sent<object>, 'stopTyping' | 'setPresence'>>

/** The chat verbs. Engines neither mute nor pin a chat. */
export function engineChatVerbs<Order extends object, Routes extends RoutesOf<Sent<Order>>>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent<Order>>,
  { newestFirst }: ChatDifferences<Order>,
): EngineVerbs<ChatVerbs, Routes, { setTyping: 'stopTyping' | 'setPresence' }> {
  const request = requestsOf<Sent<Order>>(engine, routes)

  const change =
    (verb: 'archive' | 'unarchive' | 'clear' | 'delete' | 'markUnread') =>
    async ({ session, chat }: ChatRef, options?: CallOptions) =>
      acknowledged(session, await request(verb, session, { chatId: chatIdOf(chat, 'chat') }, options))

  const verbs: Shared = {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const raw = await request('list', session, { ...newestFirst, ...at }, options)
      return offsetPage(rowsOf(raw), at, raw, (row) => withId(engineChat(session, row, engine.clock.now())))
    },

    async get({ session, chat }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const raw = await request('get', session, { ids: [chatId] }, options)
      const chats = rowsOf(raw).map((row) => engineChat(session, row, engine.clock.now()))
      const asked = chats.find(({ id }) => id === chatId) ?? (chats.length === 1 ? chats.find(isHidden) : undefined)
      return orNotFound(asked, engine.gateway, 'chat.get', `chat ${chatId}`)
    },

    archive: change('archive'),
    unarchive: change('unarchive'),
    clear: change('clear'),
    delete: change('delete'),
    markUnread: change('markUnread'),

    async setTyping({ session, chat, state = 'typing' }, options) {
      const chatId = chatIdOf(chat, 'chat')
      if (state === 'recording') return acknowledged(session, await request('setPresence', session, { presence: state, chatId }, options))
      return acknowledged(session, await request(state === 'paused' ? 'stopTyping' : 'setTyping', session, { chatId }, options))
    },
  }
  return verbs as unknown as ReturnType<typeof engineChatVerbs<Order, Routes>>
}

// engines may keep a person's chat under the LID although the caller asked by number
function isHidden({ id }: Chat): boolean {
  return id.endsWith('@lid')
}
