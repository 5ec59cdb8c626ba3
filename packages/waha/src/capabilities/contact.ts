import { type ContactVerbs, type PluginContext, parseAddress, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { engineContact, jidOf, omitUndefined, personIdOf, rowsOf, textOf, withId } from '@wamux/core/engine'
import { offsetOf, offsetPage } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { found } from './read.ts'
import { inSession } from './send.ts'

type Schemas = components['schemas']

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
export function contactVerbs({ send }: PluginContext<WahaConfig>): VerbImplementations<WahaContact> {
  return {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const { data } = await send(routes.contactsList, { query: { ...inSession(session), ...at } }, options)
      return offsetPage(rowsOf(data), at, data, (row) => withId(engineContact(session, row)))
    },

    async get({ session, contact }, options) {
      const contactId = personIdOf(contact, 'contact')
      const { data } = await send(routes.contactsGet, { query: { ...inSession(session), contactId } }, options)
      return engineContact(session, found('contact.get', `contact ${contactId}`, data), contactId)
    },

    async check({ session, phone }, options) {
      const query = { ...inSession(session), phone: parseAddress(phone, 'phone').user }
      const { data } = await send(routes.contactsCheckExists, { query }, options)
      return { ...omitUndefined({ session, exists: data?.numberExists === true, id: jidOf(data?.chatId) }), raw: data }
    },

    async profilePicture({ session, contact }, options) {
      const query = { ...inSession(session), contactId: personIdOf(contact, 'contact') }
      const { data } = await send(routes.contactsGetPicture, { query }, options)
      return { ...omitUndefined({ session, url: textOf(data?.profilePictureURL) }), raw: data }
    },

    async about({ session, contact }, options) {
      const query = { ...inSession(session), contactId: personIdOf(contact, 'contact') }
      const { data } = await send(routes.contactsGetAbout, { query }, options)
      return { ...omitUndefined({ session, about: textOf(data?.about) }), raw: data }
    },

    async block({ session, contact }, options) {
      const body = { ...inSession(session), contactId: personIdOf(contact, 'contact') }
      const { data } = await send(routes.contactsBlock, { body }, options)
      return { session, done: true, raw: data }
    },

    async unblock({ session, contact }, options) {
      const body = { ...inSession(session), contactId: personIdOf(contact, 'contact') }
      const { data } = await send(routes.contactsUnblock, { body }, options)
      return { session, done: true, raw: data }
    },
  }
}
