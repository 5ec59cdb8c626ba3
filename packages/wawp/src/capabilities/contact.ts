import { type ContactVerbs, type PluginContext, parseAddress, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { engineContact, jidOf, omitUndefined, personIdOf, rowsOf, textOf, withId } from '@wamux/core/engine'
import { offsetOf, offsetPage } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

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
export function contactVerbs({ send }: PluginContext<WawpConfig>): VerbImplementations<WawpContact> {
  const forInstance = instanceCalls(send)

  return {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const { data } = await forInstance(routes.contactsList, session, { query: at }, options)
      return offsetPage(rowsOf(data), at, data, (row) => withId(engineContact(session, row)))
    },

    async get({ session, contact }, options) {
      const contactId = personIdOf(contact, 'contact')
      const { data } = await forInstance(routes.contactsGet, session, { query: { contactId } }, options)
      return engineContact(session, found('contact.get', data, `contact ${contactId}`), contactId)
    },

    async check({ session, phone }, options) {
      const { data } = await forInstance(
        routes.contactsCheckExists,
        session,
        { query: { phone: parseAddress(phone, 'phone').user } },
        options,
      )
      return omitUndefined({ session, exists: data?.numberExists === true, id: jidOf(data?.chatId), raw: data })
    },

    async profilePicture({ session, contact }, options) {
      const { data } = await forInstance(
        routes.contactsGetProfilePicture,
        session,
        { query: { contactId: personIdOf(contact, 'contact') } },
        options,
      )
      return omitUndefined({ session, url: textOf(data?.profilePictureURL), raw: data })
    },

    async about({ session, contact }, options) {
      const { data } = await forInstance(
        routes.contactsGetAbout,
        session,
        { query: { contactId: personIdOf(contact, 'contact') } },
        options,
      )
      return omitUndefined({ session, about: textOf(data?.about), raw: data })
    },

    async block({ session, contact }, options) {
      const { data } = await forInstance(routes.contactsBlock, session, { body: { contactId: personIdOf(contact, 'contact') } }, options)
      return { session, done: true, raw: data }
    },

    async unblock({ session, contact }, options) {
      const { data } = await forInstance(routes.contactsUnblock, session, { body: { contactId: personIdOf(contact, 'contact') } }, options)
      return { session, done: true, raw: data }
    },
  }
}
