import {
  type AddressInput,
  type CallOptions,
  type ContactVerbs,
  GatewayError,
  normalJid,
  type PluginContext,
  parseAddress,
  type TypedVerbs,
  toJid,
  type VerbImplementations,
} from '@wamux/core'
import { findRow, offsetPage, textInput } from '@wamux/core/verbs'
import { incompleteResponse, omitUndefined, personOf, recordOf, textOf } from '@wamux/engine'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { boundedOffset, listOf, readContact, resultOf, rowsOf } from './from-vendor.ts'
import { personIdOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The contact verbs that WARest has; `raw` of their results has WARest's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#how-people-are-identified
 */
export interface WarestContact
  extends TypedVerbs<
    ContactVerbs,
    {
      list: Schemas['ContactListAnswer']
      get: Schemas['Contact']
      check: Schemas['NumberChecksAnswer']
      resolve: Schemas['JidResolvedAnswer']
      profilePicture: Schemas['NumberChecksAnswer']
      about: Schemas['NumberChecksAnswer']
    }
  > {}

/** The most contacts that the server gives at once. */
const PAGE_SIZE = 1000

/** The contact verbs of WARest. It cannot block. */
export function contactVerbs({ send }: PluginContext<WarestConfig>): VerbImplementations<WarestContact> {
  /**
   * Asks WhatsApp about a number.
   *
   * @param deep true: also asks for picture and about text
   */
  async function lookUp(session: string, person: AddressInput, field: string, deep: boolean, options?: CallOptions) {
    const checkNumbers = personIdOf(person, field).replace(/@.*/, '')
    const query = { sessionId: textInput(session, 'session'), checkNumbers, ...(deep ? { deep } : {}) }
    const { data } = await send(routes.profileOnWhatsapp, { query }, options)
    const found: Partial<Schemas['NumberCheck']> = rowsOf<Schemas['NumberCheck']>([resultOf(data).data].flat())[0] ?? {}
    return { found, raw: data }
  }

  return {
    async list({ session, ...page }, options) {
      const at = boundedOffset(page, PAGE_SIZE)
      const { data } = await send(routes.profileListContacts, { query: { sessionId: textInput(session, 'session'), ...at } }, options)
      return offsetPage(listOf<Schemas['Contact']>(resultOf(data).data, 'contact.list'), at, data, (row) => readContact(session, row))
    },

    async get({ session, contact }, options) {
      const id = normalJid(personIdOf(contact, 'contact'))
      const sessionId = textInput(session, 'session')
      const row = await findRow(
        PAGE_SIZE,
        async (at) => {
          const { data } = await send(routes.profileListContacts, { query: { sessionId, ...at } }, options)
          return listOf<Schemas['Contact']>(resultOf(data).data, 'contact.get')
        },
        (one) => readContact(session, one)?.id === id,
      )
      const found = row && readContact(session, row)
      if (!found) throw new GatewayError(`${manifest.name}: ${id} is not among the contacts`, { kind: 'not_found', gateway: manifest.id })
      return found
    },

    async check({ session, phone }, options) {
      const { found, raw } = await lookUp(session, phone, 'phone', false, options)
      const exists = found.isOnWhatsApp
      if (typeof exists !== 'boolean') throw incompleteResponse(manifest, 'contact.check', 'whether the number exists')
      return { session, exists, ...(exists ? omitUndefined({ id: normalJid(found.jid) }) : {}), raw }
    },

    async resolve({ session, contact }, options) {
      const address = parseAddress(contact, 'contact')
      const input = address.kind === 'lid' ? toJid(address) : personIdOf(contact, 'contact')
      const { data } = await send(routes.miscResolveJid, { body: { input, sessionId: textInput(session, 'session') } }, options)
      const { jid, lid } = recordOf(resultOf(data).data) ?? {}
      const id = toJid(address)
      return { session, id, ...personOf(id, jid, lid), raw: data }
    },

    async profilePicture({ session, contact }, options) {
      const { found, raw } = await lookUp(session, contact, 'contact', true, options)
      return { session, ...omitUndefined({ url: textOf(found.picture?.full) ?? textOf(found.picture?.preview) }), raw }
    },

    async about({ session, contact }, options) {
      const { found, raw } = await lookUp(session, contact, 'contact', true, options)
      return { session, ...omitUndefined({ about: textOf(found.about) }), raw }
    },
  }
}
