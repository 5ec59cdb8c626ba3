import type { PluginContext, StatusVerbs, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf, sends } from './to-vendor.ts'

/**
 * The status verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#sends-that-may-have-arrived
 */
export interface WahaStatus
  extends TypedVerbs<
    StatusVerbs,
    { sendText: components['schemas']['SentMessage']; sendImage: unknown; sendVideo: unknown; sendVoice: unknown; delete: unknown }
  > {}

/**
 * The status verbs of WAHA. They never use `reconcile`: for a status, WAHA takes an id as that of one batch of a larger post, and NOWEB
 * does not show such a batch to the account itself.
 */
export async function statusVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaStatus>> {
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
    { ...sends, voiceExtras: (backgroundColor: string) => ({ backgroundColor }) },
  )
}
