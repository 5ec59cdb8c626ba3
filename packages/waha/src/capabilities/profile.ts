import type { Media, PluginContext, ProfileVerbs, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf, fileOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The profile verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see profile.get in openapi/waha.openapi.yaml
 */
export interface WahaProfile
  extends TypedVerbs<
    ProfileVerbs,
    { get: Schemas['Profile']; setName: Schemas['Success']; setAbout: Schemas['Success']; setPicture: Schemas['Success'] }
  > {}

/** The profile verbs of WAHA. Its profile does not tell the text about oneself. */
export async function profileVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaProfile>> {
  const verbs = await loadEngineVerbs.profile()
  return verbs(
    engineOf(context),
    {
      get: routes.profileGet,
      setName: routes.profileSetName,
      setAbout: routes.profileSetAbout,
      setPicture: routes.profileSetPicture,
    },
    { picture: async (file: Media) => ({ file: await fileOf(file, 'image/jpeg') }) },
  )
}
