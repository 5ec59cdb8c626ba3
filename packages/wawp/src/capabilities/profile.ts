import type { Media, PluginContext, ProfileVerbs, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf, fieldsOf, fileOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The profile verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see profile.get in openapi/wawp.openapi.yaml
 */
export interface WawpProfile
  extends TypedVerbs<
    ProfileVerbs,
    { get: Schemas['Profile']; setName: Schemas['Outcome']; setAbout: Schemas['Outcome']; setPicture: Schemas['Outcome'] }
  > {}

/** The profile verbs of Wawp. Its profile does not contain the about text. */
export async function profileVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpProfile>> {
  const verbs = await loadEngineVerbs.profile()
  return verbs(
    engineOf(context),
    {
      get: routes.profileGet,
      setName: routes.profileSetName,
      setAbout: routes.profileSetAbout,
      setPicture: routes.profileSetPicture,
    },
    { picture: async (file: Media) => fieldsOf(await fileOf(context.config, file, 'image/jpeg')) },
  )
}
