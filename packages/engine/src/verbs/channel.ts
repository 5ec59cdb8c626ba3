import type { CallOptions, ChannelRef, ChannelVerbs, VerbImplementations } from '@wamux/core'
import { textInput, wholePage } from '@wamux/core/verbs'
import { engineChannel } from '../answers/chat.ts'
import { omitUndefined } from '../fields/fields.ts'
import { channelIdOf } from '../fields/ids.ts'
import { acknowledged, orNotFound } from '../fields/results.ts'
import { rowsOf, withId } from '../fields/rows.ts'
import type { EngineGateway } from './calls.ts'
import { type EngineVerbs, type Nothing, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

type Channel = { id: string }
/** What the verbs send. */
interface Sent {
  list: Nothing
  get: Channel
  create: { name: string; description?: string }
  delete: Channel
  follow: Channel
  unfollow: Channel
  mute: Channel
  unmute: Channel
}

/** The channel verbs. Gateways return the whole list of channels; `limit` cuts it here. */
export function engineChannelVerbs<Routes extends RoutesOf<Sent>>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent>,
): EngineVerbs<ChannelVerbs, Routes> {
  const request = requestsOf<Sent>(engine, routes)

  const change =
    (verb: 'delete' | 'follow' | 'unfollow' | 'mute' | 'unmute') =>
    async ({ session, channel }: ChannelRef, options?: CallOptions) =>
      acknowledged(session, await request(verb, session, { id: channelIdOf(channel) }, options))

  const verbs: VerbImplementations<ChannelVerbs> = {
    async list({ session, ...page }, options) {
      const raw = await request('list', session, {}, options)
      return wholePage(rowsOf(raw), page, raw, (row) => withId(engineChannel(session, row)))
    },

    async get({ session, channel }, options) {
      const id = channelIdOf(channel)
      const raw = await request('get', session, { id }, options)
      return engineChannel(session, orNotFound(raw, engine.gateway, 'channel.get', `channel ${id}`))
    },

    async create({ session, name, description }, options) {
      const fields = omitUndefined({ name: textInput(name, 'name'), description })
      return engineChannel(session, await request('create', session, fields, options))
    },

    delete: change('delete'),
    follow: change('follow'),
    unfollow: change('unfollow'),
    mute: change('mute'),
    unmute: change('unmute'),
  }
  return verbs as unknown as EngineVerbs<ChannelVerbs, Routes>
}
