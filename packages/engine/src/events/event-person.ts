import type { Message, Person } from '@wamux/core'
import { lidOfJid, phoneOfJid } from '@wamux/core'
import { messageKey } from '../answers/message.ts'
import { ofPerson, personIn } from '../answers/person.ts'
import { type Fields, flagOf, jidOf, recordOf, textOf } from '../fields/fields.ts'

interface Facts {
  readonly message?: string | Message
  readonly chat?: string
  readonly from?: string
  readonly contact?: string
  readonly person?: Person
}

/**
 * Adds to the data of an event the number and LID of the other person, and WhatsApp's own id of the message.
 *
 * @param data data of the event
 * @param payload the gateway's content of the event
 * @param me the account as the delivery names it, `{ id, lid }`, because in groups engines do not always mark its own messages
 */
export function withPerson<Data extends object>(data: Data, payload: Fields, me?: unknown): Data {
  const facts = data as Facts
  const { message, chat } = facts
  // the data of a message already names the person
  if (typeof message === 'object') return data
  const key = typeof message === 'string' ? { key: messageKey(message) } : {}
  const from = facts.from ?? facts.contact
  if (facts.person !== undefined || (from === undefined && chat === undefined)) return { ...data, ...key }
  // the fields of a vote or of a notice of a deletion are one level deeper
  const source = recordOf(payload.vote) ?? recordOf(payload.after) ?? recordOf(payload.before) ?? payload
  const fromMe = isMe(from, me) || flagOf(source.fromMe)
  return { ...data, ...key, ...ofPerson(personIn({ ...payload, ...source }, { chat, from, fromMe })) }
}

/**
 * Marks a message as the account's own when its author is the account.
 *
 * @param me the account as the gateway names it, `{ id, lid }`; when unknown, the message is returned unchanged
 */
export function ownMessage<M extends Message>(message: M, me: unknown): M {
  if (message.fromMe || !isMe(message.from, me)) return message
  const { person, phone, ...rest } = message
  // the author of an own message is this account, not another person
  return { ...rest, ...(isMe(person?.id, me) ? {} : { ...(person && { person }), ...(phone && { phone }) }), fromMe: true } as M
}

/**
 * Whether a JID is the account itself.
 *
 * @param me the account as the gateway names it, `{ id, lid }`
 */
export function isMe(jid: string | undefined, me: unknown): boolean {
  const account = recordOf(me)
  if (jid === undefined || !account) return false
  const names = [account.id, account.lid, account.jid].map(jidOf).filter((name) => textOf(name) !== undefined)
  return names.some((name) => same(name, jid))
}

function same(a: string | undefined, b: string): boolean {
  const [phone, lid] = [phoneOfJid(a), lidOfJid(a)]
  return (phone !== undefined && phone === phoneOfJid(b)) || (lid !== undefined && lid === lidOfJid(b))
}
