import type { ChannelVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The channel verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see channels.list in openapi/wawp.openapi.yaml
 */
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

/** The channel verbs of Wawp. */
export async function channelVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpChannel>> {
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
