import { invalidInput, type PluginContext, type PresenceVerbs, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { chatIdOf, enginePresence } from '@wamux/core/engine'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'

export interface WahaPresence
  extends TypedVerbs<PresenceVerbs, { set: undefined; subscribe: undefined; get: components['schemas']['ChatPresence'] }> {}

/** The presence verbs of WAHA. */
export function presenceVerbs({ send }: PluginContext<WahaConfig>): VerbImplementations<WahaPresence> {
  return {
    async set({ session, presence }, options) {
      if (presence !== 'online' && presence !== 'offline') throw invalidInput('presence', 'expected online or offline')
      const { data } = await send(routes.presenceSet, { path: { session }, body: { presence } }, options)
      return { session, done: true, raw: data }
    },

    async subscribe({ session, chat }, options) {
      const { data } = await send(routes.presenceSubscribe, { path: { session, chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, done: true, raw: data }
    },

    async get({ session, chat }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const { data } = await send(routes.presenceGet, { path: { session, chatId } }, options)
      return enginePresence(session, data, chatId)
    },
  }
}
