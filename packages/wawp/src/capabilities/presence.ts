import type { PluginContext, PresenceVerbs, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The presence verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see presence.get in openapi/wawp.openapi.yaml
 */
export interface WawpPresence
  extends TypedVerbs<PresenceVerbs, { set: Schemas['Outcome']; subscribe: Schemas['Outcome']; get: Schemas['Presence'] }> {}

/** The presence verbs of Wawp. */
export async function presenceVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpPresence>> {
  const verbs = await loadEngineVerbs.presence()
  return verbs(engineOf(context), {
    set: routes.presenceSet,
    subscribe: routes.presenceSubscribe,
    get: routes.presenceGet,
  })
}
