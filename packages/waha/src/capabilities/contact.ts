import type { ContactVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/core/engine-verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/** The contact verbs that WAHA has; `raw` of their results has WAHA's types. */
export interface WahaContact
  extends TypedVerbs<
    ContactVerbs,
    {
      list: Schemas['EngineContact'][]
      get: Schemas['EngineContact']
      check: Schemas['NumberCheck']
      profilePicture: Schemas['ContactPicture']
      about: Schemas['ContactAbout']
      block: unknown
      unblock: unknown
    }
  > {}

/** The contact verbs of WAHA. */
export async function contactVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaContact>> {
  const verbs = await loadEngineVerbs.contact()
  return verbs(engineOf(context), {
    list: routes.contactsList,
    get: routes.contactsGet,
    check: routes.contactsCheckExists,
    profilePicture: routes.contactsGetPicture,
    about: routes.contactsGetAbout,
    block: routes.contactsBlock,
    unblock: routes.contactsUnblock,
  })
}
