import { type ContactVerbs, lidOfJid, type PluginContext, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { findRow } from '@wamux/core/verbs'
import { incompleteResponse, jidOf, orNotFound, personIdOf, personOf, recordOf, rowsOf } from '@wamux/engine'
import { loadEngineVerbs } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { instanceCalls } from './session.ts'
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
      resolve: Schemas['Lid']
      profilePicture: Schemas['ProfilePicture']
      about: Schemas['About']
      block: Schemas['Outcome']
      unblock: Schemas['Outcome']
    }
  > {}

/** Pairs of LID and number per page. */
const PAGE_SIZE = 100

/** The contact verbs of Wawp. It has no call for one LID, only a list of all LIDs that it knows. */
export async function contactVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpContact>> {
  const verbs = await loadEngineVerbs.contact()
  const forInstance = instanceCalls(context.send)
  const shared = verbs(engineOf(context), {
    list: routes.contactsList,
    get: routes.contactsGet,
    check: routes.contactsCheckExists,
    profilePicture: routes.contactsGetProfilePicture,
    about: routes.contactsGetAbout,
    block: routes.contactsBlock,
    unblock: routes.contactsUnblock,
  })
  return {
    ...shared,

    async resolve({ session, contact }, options) {
      const id = personIdOf(contact, 'contact')
      const side = lidOfJid(id) ? 'lid' : 'pn'
      const row = await findRow<Schemas['Lid']>(
        PAGE_SIZE,
        async (at) => {
          const { data } = await forInstance(routes.lidsList, session, { query: { ...at } }, options)
          if (!Array.isArray(data)) throw incompleteResponse(manifest, 'contact.resolve', 'who is known there')
          return rowsOf(data).filter((row): row is Schemas['Lid'] => recordOf(row) !== undefined)
        },
        (row) => jidOf(row[side]) === id,
      )
      const raw = orNotFound(row, manifest, 'contact.resolve', `other name of ${id} in its list`)
      return { session, id, ...personOf(id, raw.lid, raw.pn), raw }
    },
  }
}
