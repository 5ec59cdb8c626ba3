import type { ChannelRef, ChannelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { channelIdOf, engineChannel, rowsOf, withId } from '@wamux/core/engine'
import { textInput, wholePage } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export interface WawpChannel
  extends TypedVerbs<
    ChannelVerbs,
    {
      list: Schemas['Channel'][]
      get: Schemas['Channel']
      create: Schemas['Channel']
      delete: Schemas['Outcome']
      follow: Schemas['Outcome']
      unfollow: Schemas['Outcome']
      mute: Schemas['Outcome']
      unmute: Schemas['Outcome']
    }
  > {}

/** The channel verbs of Wawp. Its list comes whole: a limit cuts it here. */
export function channelVerbs({ send }: PluginContext<WawpConfig>): VerbImplementations<WawpChannel> {
  const forInstance = instanceCalls(send)

  return {
    async list({ session, ...page }, options) {
      const { data } = await forInstance(routes.channelsList, session, {}, options)
      return wholePage(rowsOf(data), page, data, (row) => withId(engineChannel(session, row)))
    },

    async get({ session, ...channel }, options) {
      const path = inPath(channel)
      const { data } = await forInstance(routes.channelsGet, session, { path }, options)
      return engineChannel(session, found('channel.get', data, `channel ${path.id}`))
    },

    async create({ session, name, description }, options) {
      const body = { name: textInput(name, 'name'), ...(description === undefined ? {} : { description }) }
      const { data } = await forInstance(routes.channelsCreate, session, { body }, options)
      return engineChannel(session, data)
    },

    async delete({ session, ...channel }, options) {
      const { data } = await forInstance(routes.channelsDelete, session, { path: inPath(channel) }, options)
      return { session, done: true, raw: data }
    },

    async follow({ session, ...channel }, options) {
      const { data } = await forInstance(routes.channelsFollow, session, { path: inPath(channel) }, options)
      return { session, done: true, raw: data }
    },

    async unfollow({ session, ...channel }, options) {
      const { data } = await forInstance(routes.channelsUnfollow, session, { path: inPath(channel) }, options)
      return { session, done: true, raw: data }
    },

    async mute({ session, ...channel }, options) {
      const { data } = await forInstance(routes.channelsMute, session, { path: inPath(channel) }, options)
      return { session, done: true, raw: data }
    },

    async unmute({ session, ...channel }, options) {
      const { data } = await forInstance(routes.channelsUnmute, session, { path: inPath(channel) }, options)
      return { session, done: true, raw: data }
    },
  }
}

function inPath({ channel }: Omit<ChannelRef, 'session'>): { readonly id: string } {
  return { id: channelIdOf(channel) }
}
