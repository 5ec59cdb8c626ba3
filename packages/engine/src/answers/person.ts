import type { OfPerson, Person } from '@wamux/core'
import { isPersonJid, lidOfJid, phoneOfJid } from '@wamux/core'
import { type Fields, jidOf, omitUndefined, recordOf } from '../fields/fields.ts'

/**
 * A person from all names that an answer has for it.
 *
 * @param id JID that the answer uses
 * @param others what may tell the number or the LID: JIDs, JID objects of browser engines, digits; what is none is passed over
 * @returns nothing without a person's JID
 */
export function personOf(id: string | undefined, ...others: readonly unknown[]): Person | undefined {
  if (id === undefined || !isPersonJid(id)) return undefined
  const names = [id, ...others.map(jidOf)]
  const hidden = userOf(names.find((name) => lidOfJid(name) !== undefined))
  // browser engines write the digits of the LID where the number would be
  const phones = names.map(phoneOfJid).filter((phone) => phone !== undefined && phone.slice(1) !== hidden)
  return omitUndefined({ id, phone: phones[0], lid: names.map(lidOfJid).find((lid) => lid !== undefined) })
}

/**
 * The fields of results and events about a person.
 *
 * @param person the person, if known
 */
export function ofPerson(person: Person | undefined): OfPerson {
  return person === undefined ? {} : omitUndefined({ phone: person.phone, person })
}

/** Where the person stands in an answer. */
export interface PersonPlace {
  /** JID of the chat. */
  readonly chat: string | undefined
  /** JID of who wrote or acted. */
  readonly from: string | undefined
  /** True when this account wrote it. */
  readonly fromMe: boolean | undefined
}

// Baileys 7: …Alt; Baileys 6: …Pn and …Lid
const OF_AUTHOR: readonly string[] = ['participantAlt', 'participantPn', 'participantLid', 'requesterPn', 'authorPn']
const OF_CHAT: readonly string[] = ['remoteJidAlt', 'pnJid', 'lidJid']
// whatsmeow's calls: CallCreatorAlt
const OF_SENDER: readonly string[] = ['senderPn', 'senderLid', 'callerPn', 'CallCreatorAlt']
const OF_RECIPIENT: readonly string[] = ['peerRecipientPn', 'recipientPn', 'recipientLid']

/**
 * Reads the other person of a message or event, from all fields that engines write besides the JID.
 *
 * @param raw what the gateway gave
 * @param place chat and author, as far as known
 */
export function personIn(raw: Fields, { chat, from, fromMe }: PersonPlace): Person | undefined {
  const data = recordOf(raw._data) ?? raw
  const info = recordOf(data.Info) ?? {}
  const keys = [raw, data, recordOf(raw.key), recordOf(data.key)]
  const told = (names: readonly string[]) => keys.flatMap((key) => names.map((name) => key?.[name]))
  // what this account does in no chat, as taking a call, is done with nobody that is told
  if (fromMe && chat === undefined) return undefined
  // a call names no chat: it is with who calls
  const partner = chat ?? from
  const direct = partner !== undefined && isPersonJid(partner)
  // whatsmeow's receipts: who sends it may be another device of this account
  const sender = (jid: string | undefined) => (jid !== undefined && jidOf(data.Sender) === jid ? [data.SenderAlt] : [])
  if (direct && fromMe) return personOf(partner, ...told(OF_CHAT), ...told(OF_RECIPIENT), info.RecipientAlt, ...sender(partner))
  if (fromMe) return undefined
  const cards = [data.sender, data.senderObj, data.contact].flatMap(namesOnCard)
  const id = from ?? (direct ? partner : undefined)
  if (direct) return personOf(id, ...told(OF_CHAT), ...told(OF_SENDER), info.SenderAlt, ...sender(id), from, chat, ...cards)
  return personOf(id, ...told(OF_AUTHOR), info.SenderAlt, ...sender(id), ...cards)
}

/**
 * The names of a person in the object that browser engines put beside a message, or in a list of persons.
 *
 * @param card what the gateway gave
 */
export function namesOnCard(card: unknown): readonly unknown[] {
  const person = recordOf(card)
  if (!person) return []
  return ['pn', 'phoneNumber', 'PhoneNumber', 'requesterPn', 'phone', 'lid', 'LID', 'jid', 'id', 'number'].map((name) => person[name])
}

function userOf(jid: string | undefined): string | undefined {
  return jid?.slice(0, jid.indexOf('@'))
}
