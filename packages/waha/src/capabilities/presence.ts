import type { PluginContext, PresenceVerbs, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

/**
 * The presence verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see presence.get in openapi/waha.openapi.yaml
 */
export interface WahaPresence
  extends TypedVerbs<PresenceVerbs, { set: undefined; subscribe: undefined; get: components['schemas']['ChatPresence'] }> {}

/** The presence verbs of WAHA. */
export async function presenceVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaPresence>> {
  const verbs = await loadEngineVerbs.presence()
  return verbs(engineOf(context), {
    set: routes.presenceSet,
    subscribe: routes.presenceSubscribe,
    get: routes.presenceGet,
  })
}
