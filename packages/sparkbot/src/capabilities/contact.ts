import {
  type CallOptions,
  type ContactRef,
  type ContactVerbs,
  GatewayError,
  type PluginContext,
  type Success,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { offsetPage } from '@wamux/core/verbs'
import { acknowledged, incompleteResponse, namesOnCard, personOf, textOf, withId } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { calls, components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { fieldsOf, jidOf, listOf, readContact } from './from-vendor.ts'
import { deviceOf, jidInput, pageOf, phoneInput } from './to-vendor.ts'

type Schemas = components['schemas']
type Contact = Schemas['Contact']

/**
 * The contact verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#chats-contacts-groups
 */
export interface SparkbotContact
  extends TypedVerbs<
    ContactVerbs,
    {
      list: Contact[]
      get: Contact
      check: Success<calls['numbers.exists']>
      resolve: Schemas['Chat']
      profilePicture: Contact
      block: unknown
      unblock: unknown
    }
  > {}

const LARGEST_PAGE = 200

/** The contact verbs of SparkBot. It does not return the about text of a person. */
export function contactVerbs({ send }: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotContact> {
  const look = async ({ session, contact }: ContactRef, options?: CallOptions) => {
    const contactWid = jidInput(contact, 'contact', 'phone', 'lid')
    const { data } = await send(routes.chatContactsGet, { path: { deviceId: deviceOf(session), contactWid } }, options)
    return { data, contactWid }
  }

  return {
    async list(input, options) {
      const { session } = input
      const { query, ...offset } = pageOf(input, LARGEST_PAGE)
      // SparkBot lists groups and channels as contacts, too
      const parts = { path: { deviceId: deviceOf(session) }, query: { type: ['user' as const], ...query } }
      const { data } = await send(routes.chatContactsList, parts, options)
      return offsetPage(listOf(data, 'contact.list'), offset, data, (row) => withId(readContact(session, row)))
    },

    async get(input, options) {
      const { data, contactWid } = await look(input, options)
      return readContact(input.session, data, contactWid)
    },

    async check({ session, phone }, options) {
      const { data } = await send(routes.numbersExists, { body: { phone: phoneInput(phone, 'phone') } }, options)
      const { exists, wid } = fieldsOf(data)
      if (typeof exists !== 'boolean') throw unclear()
      const id = exists ? jidOf(wid) : undefined
      return { session, exists, ...(id === undefined ? {} : { id }), raw: data }
    },

    async resolve({ session, contact }, options) {
      const id = jidInput(contact, 'contact', 'phone', 'lid')
      // only the chat with a person has both the number and the LID
      const { data } = await send(routes.chatsGet, { path: { deviceId: deviceOf(session), chatWid: id } }, options)
      const { wid, lid, contact: card } = fieldsOf(data)
      if (jidOf(wid) === undefined && jidOf(lid) === undefined) throw incompleteResponse(manifest, 'contact.resolve', 'who it is')
      return { session, id, ...personOf(id, jidOf(wid), jidOf(lid), ...namesOnCard(card)), raw: data }
    },

    async profilePicture(input, options) {
      const { data } = await look(input, options)
      const url = textOf(fieldsOf(fieldsOf(data).image).url)
      return { session: input.session, ...(url === undefined ? {} : { url }), raw: data }
    },

    async block({ session, contact }, options) {
      const parts = { path: { deviceId: deviceOf(session) }, body: { contacts: [phoneInput(contact, 'contact')] } }
      const { data } = await send(routes.chatContactsBlock, parts, options)
      return acknowledged(session, data)
    },

    async unblock({ session, contact }, options) {
      const parts = { path: { deviceId: deviceOf(session) }, body: { contacts: [phoneInput(contact, 'contact')] } }
      const { data } = await send(routes.chatContactsUnblock, parts, options)
      return acknowledged(session, data)
    },
  }
}

function unclear(): GatewayError {
  const message = `${manifest.name} ${routes.numbersExists.id}: the answer does not say whether the number exists`
  return new GatewayError(message, { kind: 'bad_response', gateway: manifest.id, operation: routes.numbersExists.id, reached: 'yes' })
}
