import type { AddressInput, ChannelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { channelIdOf, engineChannel, rowsOf, withId } from '@wamux/core/engine'
import { textInput, wholePage } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'

type Schemas = components['schemas']

export interface WahaChannel
  extends TypedVerbs<
    ChannelVerbs,
    {
      list: Schemas['Channel'][]
      get: Schemas['Channel']
      create: Schemas['Channel']
      delete: unknown
      follow: undefined
      unfollow: undefined
      mute: undefined
      unmute: undefined
    }
  > {}

/** The channel verbs of WAHA. Its list comes whole: a limit cuts it here. */
export function channelVerbs({ send }: PluginContext<WahaConfig>): VerbImplementations<WahaChannel> {
  return {
    async list({ session, ...page }, options) {
      const { data } = await send(routes.channelsList, { path: { session } }, options)
      return wholePage(rowsOf(data), page, data, (row) => withId(engineChannel(session, row)))
    },

    async get({ session, channel }, options) {
      const path = inPath(session, channel)
      const { data } = await send(routes.channelsGet, { path }, options)
      return engineChannel(session, found('channel.get', `channel ${path.id}`, data))
    },

    async create({ session, name, description }, options) {
      const body = { name: textInput(name, 'name'), ...(description === undefined ? {} : { description }) }
      const { data } = await send(routes.channelsCreate, { path: { session }, body }, options)
      return engineChannel(session, data)
    },

    async delete({ session, channel }, options) {
      const { data } = await send(routes.channelsDelete, { path: inPath(session, channel) }, options)
      return { session, done: true, raw: data }
    },

    async follow({ session, channel }, options) {
      const { data } = await send(routes.channelsFollow, { path: inPath(session, channel) }, options)
      return { session, done: true, raw: data }
    },

    async unfollow({ session, channel }, options) {
      const { data } = await send(routes.channelsUnfollow, { path: inPath(session, channel) }, options)
      return { session, done: true, raw: data }
    },

    async mute({ session, channel }, options) {
      const { data } = await send(routes.channelsMute, { path: inPath(session, channel) }, options)
      return { session, done: true, raw: data }
    },

    async unmute({ session, channel }, options) {
      const { data } = await send(routes.channelsUnmute, { path: inPath(session, channel) }, options)
      return { session, done: true, raw: data }
    },
  }
}

function inPath(session: string, channel: AddressInput): { readonly session: string; readonly id: string } {
  return { session, id: channelIdOf(channel) }
}
