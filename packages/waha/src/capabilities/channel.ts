import type { ChannelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The channel verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see channels.list in openapi/waha.openapi.yaml
 */
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

/** The channel verbs of WAHA. */
export async function channelVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaChannel>> {
  const verbs = await loadEngineVerbs.channel()
  return verbs(engineOf(context), {
    list: routes.channelsList,
    get: routes.channelsGet,
    create: routes.channelsCreate,
    delete: routes.channelsDelete,
    follow: routes.channelsFollow,
    unfollow: routes.channelsUnfollow,
    mute: routes.channelsMute,
    unmute: routes.channelsUnmute,
  })
}
