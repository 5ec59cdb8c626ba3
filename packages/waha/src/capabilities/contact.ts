import { type ContactVerbs, lidOfJid, type PluginContext, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { personIdOf, personOf } from '@wamux/engine'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { engineOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The contact verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#how-people-are-identified
 */
export interface WahaContact
  extends TypedVerbs<
    ContactVerbs,
    {
      list: Schemas['EngineContact'][]
      get: Schemas['EngineContact']
      check: Schemas['NumberCheck']
      resolve: Schemas['LidMapping']
      profilePicture: Schemas['ContactPicture']
      about: Schemas['ContactAbout']
      block: unknown
      unblock: unknown
    }
  > {}

/** The contact verbs of WAHA. */
export async function contactVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaContact>> {
  const verbs = await loadEngineVerbs.contact()
  const shared = verbs(engineOf(context), {
    list: routes.contactsList,
    get: routes.contactsGet,
    check: routes.contactsCheckExists,
    profilePicture: routes.contactsGetPicture,
    about: routes.contactsGetAbout,
    block: routes.contactsBlock,
    unblock: routes.contactsUnblock,
  })
  return {
    ...shared,

    async resolve({ session, contact }, options) {
      const id = personIdOf(contact, 'contact')
      const { data: raw } = lidOfJid(id)
        ? await context.send(routes.lidsGetPhoneNumber, { path: { session, lid: id } }, options)
        : await context.send(routes.lidsGetLid, { path: { session, phoneNumber: id } }, options)
      return { session, id, ...personOf(id, raw?.lid, raw?.pn), raw }
    },
  }
}
