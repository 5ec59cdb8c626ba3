import type { ChannelRef, ChannelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { offsetPage, textInput } from '@wamux/core/verbs'
import { acknowledged, withId } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { listOf, readChannel } from './from-vendor.ts'
import { deviceOf, jidInput, pageOf } from './to-vendor.ts'

type Channel = components['schemas']['ChatGroup']

/**
 * The channel verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see channels.list in openapi/sparkbot.openapi.yaml
 */
export interface SparkbotChannel extends TypedVerbs<ChannelVerbs, { list: Channel[]; get: Channel; create: unknown; delete: unknown }> {}

const LARGEST_PAGE = 200

/** The channel verbs of SparkBot. It can follow a channel only by its invite: `call('channels.join')`. */
export function channelVerbs({ send }: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotChannel> {
  const placeOf = ({ session, channel }: ChannelRef) => ({
    deviceId: deviceOf(session),
    channelWid: jidInput(channel, 'channel', 'channel'),
  })

  return {
    async list(input, options) {
      const { session } = input
      const { query, ...offset } = pageOf(input, LARGEST_PAGE)
      const { data } = await send(routes.channelsList, { path: { deviceId: deviceOf(session) }, query }, options)
      return offsetPage(listOf(data, 'channel.list'), offset, data, (row) => withId(readChannel(session, row)))
    },

    async get(input, options) {
      const path = placeOf(input)
      const { data } = await send(routes.channelsGet, { path }, options)
      return readChannel(input.session, data, path.channelWid)
    },

    async create({ session, name, description }, options) {
      const body = { name: textInput(name, 'name'), ...(description === undefined ? {} : { description }) }
      const { data } = await send(routes.channelsCreate, { path: { deviceId: deviceOf(session) }, body }, options)
      return readChannel(session, data)
    },

    async delete(input, options) {
      const { data } = await send(routes.channelsDelete, { path: placeOf(input) }, options)
      return acknowledged(input.session, data)
    },
  }
}
