import type { AddressInput } from '@wamux/core'
import { invalidInput, parseAddress, toJid } from '@wamux/core'

// digits as `parseAddress` accepts them
const PERSON = /^[1-9]\d{6,14}@c\.us$/

/**
 * The chat id of a recipient, persons as `…@c.us`.
 *
 * @param value E.164 number, JID or address
 * @param field input field to name in the error
 * @throws {GatewayError} `invalid_request`: it is none of these
 */
export function chatIdOf(value: AddressInput, field: string): string {
  // most recipients are written as the result has them, and every send passes here
  if (typeof value === 'string' && PERSON.test(value)) return value
  return toJid(parseAddress(value, field))
}

/**
 * The chat id of a person.
 *
 * @param value E.164 number, JID or address
 * @param field input field to name in the error
 * @throws {GatewayError} `invalid_request`: it is not a person
 */
export function personIdOf(value: AddressInput, field: string): string {
  return idOfKind(value, field, /@(c\.us|lid|hosted|hosted\.lid|bot)$/, 'a person: an E.164 number, …@c.us or …@lid')
}

/**
 * The chat id of a group.
 *
 * @param value JID or address
 * @throws {GatewayError} `invalid_request`: it is not a group
 */
export function groupIdOf(value: AddressInput): string {
  return idOfKind(value, 'group', /@g\.us$/, 'a group: …@g.us')
}

/**
 * The chat id of a channel.
 *
 * @param value JID or address
 * @throws {GatewayError} `invalid_request`: it is not a channel
 */
export function channelIdOf(value: AddressInput): string {
  return idOfKind(value, 'channel', /@newsletter$/, 'a channel: …@newsletter')
}

function idOfKind(value: AddressInput, field: string, form: RegExp, expected: string): string {
  const id = chatIdOf(value, field)
  if (!form.test(id)) throw invalidInput(field, `expected ${expected}`)
  return id
}
