import { invalidInput } from '../errors/gateway-error.ts'
import { parseAddress, toJid } from '../verbs/address.ts'
import type { AddressInput } from '../vocabulary/refs.ts'

/**
 * The chat id of a number, JID or address, persons as `…@c.us`.
 *
 * @param field input field to name when it is none
 * @throws GatewayError `invalid_request`
 */
export function chatIdOf(value: AddressInput, field: string): string {
  return toJid(parseAddress(value, field))
}

/** The same for a person only. @throws GatewayError `invalid_request` */
export function personIdOf(value: AddressInput, field: string): string {
  return idOfKind(value, field, /@(c\.us|lid|hosted|hosted\.lid|bot)$/, 'a person: an E.164 number, …@c.us or …@lid')
}

/** The same for a group only. @throws GatewayError `invalid_request` */
export function groupIdOf(value: AddressInput): string {
  return idOfKind(value, 'group', /@g\.us$/, 'a group: …@g.us')
}

/** The same for a channel only. @throws GatewayError `invalid_request` */
export function channelIdOf(value: AddressInput): string {
  return idOfKind(value, 'channel', /@newsletter$/, 'a channel: …@newsletter')
}

function idOfKind(value: AddressInput, field: string, form: RegExp, expected: string): string {
  const id = chatIdOf(value, field)
  if (!form.test(id)) throw invalidInput(field, `expected ${expected}`)
  return id
}
