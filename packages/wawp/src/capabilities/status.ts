import type { PluginContext, StatusVerbs, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf, sendsOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The status verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see status.sendText in openapi/wawp.openapi.yaml
 */
export interface WawpStatus
  extends TypedVerbs<
    StatusVerbs,
    {
      sendText: Schemas['SentMessage']
      sendImage: Schemas['SentMessage']
      sendVideo: Schemas['SentMessage']
      sendVoice: Schemas['SentMessage']
      delete: Schemas['Outcome']
    }
  > {}

/** The status verbs of Wawp. */
export async function statusVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpStatus>> {
  const verbs = await loadEngineVerbs.status()
  return verbs(
    engineOf(context),
    {
      sendText: routes.statusSendText,
      sendImage: routes.statusSendImage,
      sendVideo: routes.statusSendVideo,
      sendVoice: routes.statusSendVoice,
      delete: routes.statusDelete,
    },
    { ...sendsOf(context.config), voiceExtras: () => ({}) },
  )
}
