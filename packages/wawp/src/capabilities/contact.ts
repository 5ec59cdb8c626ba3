import type { ContactVerbs, PluginContext, TypedVerbs, VerbImplementations } from '@wamux/core'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The contact verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#lists
 */
export interface WawpContact
  extends TypedVerbs<
    ContactVerbs,
    {
      list: Schemas['Contact'][]
      get: Schemas['Contact']
      check: Schemas['NumberCheck']
      profilePicture: Schemas['ProfilePicture']
      about: Schemas['About']
      block: Schemas['Outcome']
      unblock: Schemas['Outcome']
    }
  > {}

/** The contact verbs of Wawp. */
export async function contactVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpContact>> {
  const verbs = await loadEngineVerbs.contact()
  return verbs(engineOf(context), {
    list: routes.contactsList,
    get: routes.contactsGet,
    check: routes.contactsCheckExists,
    profilePicture: routes.contactsGetProfilePicture,
    about: routes.contactsGetAbout,
    block: routes.contactsBlock,
    unblock: routes.contactsUnblock,
  })
}
