import type { PresenceVerbs, VerbImplementations } from '@wamux/core'
import { invalidInput } from '@wamux/core'
import { enginePresence } from '../answers/chat.ts'
import { chatIdOf } from '../fields/ids.ts'
import { acknowledged } from '../fields/results.ts'
import type { EngineGateway } from './calls.ts'
import { type EngineVerbs, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

/** What the verbs send. */
interface Sent {
  set: { presence: 'online' | 'offline' }
  subscribe: { chatId: string }
  get: { chatId: string }
}

/** The presence verbs. */
export function enginePresenceVerbs<Routes extends RoutesOf<Sent>>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent>,
): EngineVerbs<PresenceVerbs, Routes> {
  const request = requestsOf<Sent>(engine, routes)

  const verbs: VerbImplementations<PresenceVerbs> = {
    async set({ session, presence }, options) {
      if (presence !== 'online' && presence !== 'offline') throw invalidInput('presence', 'expected online or offline')
      return acknowledged(session, await request('set', session, { presence }, options))
    },

    async subscribe({ session, chat }, options) {
      return acknowledged(session, await request('subscribe', session, { chatId: chatIdOf(chat, 'chat') }, options))
    },

    async get({ session, chat }, options) {
      const chatId = chatIdOf(chat, 'chat')
      return enginePresence(session, await request('get', session, { chatId }, options), chatId)
    },
  }
  return verbs as unknown as EngineVerbs<PresenceVerbs, Routes>
}
