import { createHash } from 'node:crypto'
import { parseAddress, toJid } from '@wamux/core'
import type { NewMessage } from './message.ts'

/**
 * Brings a recipient into the one form that the outbox compares.
 *
 * @param value E.164 number or JID
 * @param field input field to name in the error
 * @returns E.164 number with plus for a person, else the JID
 * @throws {GatewayError} `invalid_request`: it is neither
 */
export function recipientOf(value: string, field = 'to'): string {
  const address = parseAddress(value, field)
  return address.kind === 'phone' ? `+${address.user}` : toJid(address)
}

/** Makes a key from list, recipient and content: the same message of the same list has the same key. */
export function contentKey(recipient: string, { list = '', text, file, as }: NewMessage): string {
  const parts = [list, recipient, text ?? '', file?.url ?? '', file?.base64 ?? '', file?.filename ?? '', as ?? '']
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)
}
