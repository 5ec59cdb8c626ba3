import { invalidInput, type PluginContext, type PresenceVerbs, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { chatIdOf, enginePresence } from '@wamux/core/engine'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export interface WawpPresence
  extends TypedVerbs<PresenceVerbs, { set: Schemas['Outcome']; subscribe: Schemas['Outcome']; get: Schemas['Presence'] }> {}

/** The presence verbs of Wawp. */
export function presenceVerbs({ send }: PluginContext<WawpConfig>): VerbImplementations<WawpPresence> {
  const forInstance = instanceCalls(send)

  return {
    async set({ session, presence }, options) {
      if (presence !== 'online' && presence !== 'offline') throw invalidInput('presence', 'expected online or offline')
      const { data } = await forInstance(routes.presenceSet, session, { body: { presence } }, options)
      return { session, done: true, raw: data }
    },

    async subscribe({ session, chat }, options) {
      const { data } = await forInstance(routes.presenceSubscribe, session, { path: { chatId: chatIdOf(chat, 'chat') } }, options)
      return { session, done: true, raw: data }
    },

    async get({ session, chat }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const { data } = await forInstance(routes.presenceGet, session, { path: { chatId } }, options)
      return enginePresence(session, data, chatId)
    },
  }
}
