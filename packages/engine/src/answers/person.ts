import type { OfPerson, Person } from '@wamux/core'
import { isPersonJid, lidOfJid, phoneOfJid } from '@wamux/core'
import { type Fields, idOf, jidOf, omitUndefined, recordOf } from '../fields/fields.ts'

/**
 * Puts a person together from all names that a response has for them.
 *
 * @param id JID that the response uses
 * @param others values that may be the number or the LID: JIDs, JID objects of browser engines, digits; others are ignored
 * @returns `undefined` when `id` is not the JID of a person
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
  // for an action of this account outside of a chat, such as accepting a call, engines do not name the other person
  if (fromMe && chat === undefined) return undefined
  // a call has no chat: the other person is the caller
  const partner = chat ?? from
  const direct = partner !== undefined && isPersonJid(partner)
  const beside = (jid: string | undefined) => [...keys, info].flatMap((key) => namesBeside(key, jid))
  if (direct && fromMe) return personOf(partner, ...told(OF_CHAT), ...told(OF_RECIPIENT), info.RecipientAlt, ...beside(partner))
  if (fromMe) return undefined
  const cards = [data.sender, data.senderObj, data.contact].flatMap(namesOnCard)
  const id = from ?? (direct ? partner : undefined)
  if (direct) return personOf(id, ...told(OF_CHAT), ...told(OF_SENDER), info.SenderAlt, ...beside(id), from, chat, ...cards)
  return personOf(id, ...told(OF_AUTHOR), info.SenderAlt, ...beside(id), ...cards)
}

// fields with the JID of a person, without the `Jid` or `Id` that some end in
const NAMING: readonly string[] = [
  'from',
  'to',
  'sender',
  'Sender',
  'author',
  'participant',
  'requester',
  'caller',
  'chat',
  'Chat',
  'remote',
  'user',
  'contact',
]
const ENDINGS: readonly string[] = ['', 'Jid', 'JID', 'Id', 'ID']
const SAME_PERSON: readonly string[] = ['Alt', 'Pn', 'PN', 'Lid', 'LID']
const SAME_PHONE: readonly string[] = ['Phone', 'PhoneNumber', 'Number']

/**
 * The other names of a person, from the fields that are named after the one with the JID: `participantAlt` and `participantPn` beside
 * `participant`, `requesterPn` beside `requesterId`. Fields that are named after another person's are ignored: whatsmeow's receipts have
 * `SenderAlt` beside a `Sender` that may be this account.
 *
 * @param fields an object
 * @param jid JID of the person
 */
export function namesBeside(fields: Fields | undefined, jid: string | undefined): readonly unknown[] {
  if (!fields || jid === undefined) return []
  return NAMING.flatMap((name) => {
    if (!ENDINGS.some((ending) => fields[name + ending] !== undefined && jidOf(fields[name + ending]) === jid)) return []
    const starts = [name, `${name}Jid`, `${name}Id`]
    const names = starts.flatMap((start) => SAME_PERSON.map((end) => fields[start + end]))
    return [...names, ...starts.flatMap((start) => SAME_PHONE.map((end) => phoneText(fields[start + end])))]
  })
}

// some fields have numbers with spaces and dashes
function phoneText(value: unknown): string | undefined {
  const text = idOf(value)
  return text?.includes('@') ? text : text?.replace(/[\s().-]/g, '')
}

/**
 * The names of a person in the object that browser engines put beside a message, or in a list of persons.
 *
 * @param card what the gateway gave
 */
export function namesOnCard(card: unknown): readonly unknown[] {
  const person = recordOf(card)
  if (!person) return []
  const names = [...NUMBERS, 'lid', 'LID', 'jid', 'id', 'number'].map((name) => person[name])
  return names.map((name) => (recordOf(name) ? name : phoneText(name)))
}

/** Fields with the number of a person, as JID or digits. */
const NUMBERS: readonly string[] = ['pn', 'phoneNumber', 'PhoneNumber', 'phone_number', 'requesterPn', 'phone']

/**
 * The JID of a person whom an answer names by number only.
 *
 * @param card what the gateway gave
 */
export function numberOnCard(card: Fields | undefined): string | undefined {
  for (const name of NUMBERS) {
    const value = card?.[name]
    const phone = phoneOfJid(jidOf(value)?.includes('@') ? jidOf(value) : phoneText(value))
    if (phone !== undefined) return `${phone.slice(1)}@c.us`
  }
  return undefined
}

function userOf(jid: string | undefined): string | undefined {
  return jid?.slice(0, jid.indexOf('@'))
}
