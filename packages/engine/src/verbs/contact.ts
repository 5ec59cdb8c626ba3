import type { CallOptions, ContactRef, ContactVerbs, VerbImplementations } from '@wamux/core'
import { parseAddress } from '@wamux/core'
import { offsetOf, offsetPage } from '@wamux/core/verbs'
import { engineContact } from '../answers/people.ts'
import { personOf } from '../answers/person.ts'
import { jidOf, omitUndefined, recordOf, textOf } from '../fields/fields.ts'
import { personIdOf } from '../fields/ids.ts'
import { acknowledged, incompleteResponse, orNotFound } from '../fields/results.ts'
import { rowsOf, withId } from '../fields/rows.ts'
import type { EngineGateway } from './calls.ts'
import { type EngineVerbs, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

type ContactId = { contactId: string }
/** What the verbs send. */
interface Sent {
  list: { limit: number; offset: number }
  get: ContactId
  check: { phone: string }
  profilePicture: ContactId
  about: ContactId
  block: ContactId
  unblock: ContactId
}

/** The contact verbs. */
export function engineContactVerbs<Routes extends RoutesOf<Sent>>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent>,
): EngineVerbs<ContactVerbs, Routes> {
  const request = requestsOf<Sent>(engine, routes)

  const about = async (
    verb: 'profilePicture' | 'about' | 'block' | 'unblock',
    { session, contact }: ContactRef,
    options: CallOptions | undefined,
  ) => request(verb, session, { contactId: personIdOf(contact, 'contact') }, options)

  const verbs: VerbImplementations<Omit<ContactVerbs, 'resolve'>> = {
    async list({ session, ...page }, options) {
      const at = offsetOf(page)
      const raw = await request('list', session, at, options)
      return offsetPage(rowsOf(raw), at, raw, (row) => withId(engineContact(session, row)))
    },

    async get({ session, contact }, options) {
      const contactId = personIdOf(contact, 'contact')
      const raw = await request('get', session, { contactId }, options)
      return engineContact(session, orNotFound(raw, engine.gateway, 'contact.get', `contact ${contactId}`), contactId)
    },

    async check({ session, phone }, options) {
      const raw = await request('check', session, { phone: parseAddress(phone, 'phone').user }, options)
      const { numberExists, chatId, pn } = recordOf(raw) ?? {}
      if (typeof numberExists !== 'boolean') throw incompleteResponse(engine.gateway, 'contact.check', 'whether the number exists')
      const id = numberExists ? jidOf(chatId) : undefined
      return { ...omitUndefined({ session, exists: numberExists, id }), ...personOf(id, pn), raw }
    },

    async profilePicture(ref, options) {
      const raw = await about('profilePicture', ref, options)
      return { ...omitUndefined({ session: ref.session, url: textOf(recordOf(raw)?.profilePictureURL) }), raw }
    },

    async about(ref, options) {
      const raw = await about('about', ref, options)
      return { ...omitUndefined({ session: ref.session, about: textOf(recordOf(raw)?.about) }), raw }
    },

    async block(ref, options) {
      return acknowledged(ref.session, await about('block', ref, options))
    },

    async unblock(ref, options) {
      return acknowledged(ref.session, await about('unblock', ref, options))
    },
  }
  return verbs as unknown as EngineVerbs<ContactVerbs, Routes>
}
