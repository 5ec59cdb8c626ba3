import { keepLatest } from '../memory/keep-latest.ts'
import type { GatewayEvent } from '../vocabulary/event.ts'
import { type Person, peopleIn } from '../vocabulary/person.ts'
import { lidOfJid, normalJid, phoneOfJid } from './address.ts'

/** Knows which number and which LID are the same person, as far as the gateway told. Each session has its own. */
export interface Identities {
  /**
   * Remembers a person whose number and LID are both known.
   *
   * @param session session id
   * @param person what the gateway told
   */
  learn(session: string, person: Partial<Person> | undefined): void
  /**
   * Remembers the people of an event.
   *
   * @param event the event
   */
  learnFrom(event: GatewayEvent): void
  /**
   * Remembers that WhatsApp writes a number in another form.
   *
   * @param session session id
   * @param asked JID that was asked for
   * @param answered JID that WhatsApp returned
   */
  learnForm(session: string, asked: string, answered: string): void
  /**
   * The form of a chat's JID that WhatsApp uses.
   *
   * @param session session id
   * @param jid JID of the chat
   * @returns `undefined` when no other form is known
   */
  formOf(session: string, jid: string): string | undefined
  /**
   * One name for a person, whichever JID is given.
   *
   * @param session session id
   * @param jid any JID
   * @returns the JID with the number if it is known; other JIDs unchanged
   */
  canonical(session: string, jid: string): string
  /**
   * True when two JIDs are the same person, group or channel.
   *
   * @param session session id
   * @param one a JID
   * @param other a JID
   */
  same(session: string, one: string, other: string): boolean
}

/**
 * Makes an empty map of people. Verbs and subscriptions add the people of their results and events.
 *
 * @param options `size`: how many pairs are kept in all, those not heard of for longest go first; default 10 000
 */
export function createIdentities({ size = 10_000 }: { readonly size?: number } = {}): Identities {
  const phones = new Map<string, string>()
  const forms = new Map<string, string>()

  const canonical = (session: string, jid: string): string => {
    const asked = normalJid(jid) ?? jid
    const known = forms.get(place(session, asked)) ?? asked
    const hidden = lidOfJid(known)
    if (hidden !== undefined) return phones.get(place(session, hidden)) ?? hidden
    const phone = phoneOfJid(known)
    return phone === undefined ? known : `${phone.slice(1)}@c.us`
  }

  function learn(session: string, person: Partial<Person> | undefined): void {
    const hidden = lidOfJid(person?.lid) ?? lidOfJid(person?.id)
    const phone = hidden && (person?.phone ?? phoneOfJid(person?.id))
    if (hidden && phone !== undefined) keepLatest(phones, place(session, hidden), `${phone.replace(/^\+/, '')}@c.us`, size)
  }

  return {
    learn,
    learnFrom({ session, data }) {
      for (const person of peopleIn(data)) learn(session, person)
    },
    learnForm(session, asked, answered) {
      if (asked !== answered) keepLatest(forms, place(session, asked), answered, size)
    },
    formOf: (session, jid) => forms.get(place(session, jid)),
    canonical,
    same: (session, one, other) => canonical(session, one) === canonical(session, other),
  }
}

function place(session: string, jid: string): string {
  return `${session} ${jid}`
}

/**
 * Where an event happened: the JID of its chat or group, and the other person.
 *
 * @param event the event
 */
export function placeOf({ data }: GatewayEvent): { readonly chat?: string; readonly person?: Person } {
  const { message, chat, group, person, from } = data as { readonly [name: string]: unknown }
  const inside = Object(message) as { readonly chat?: string; readonly person?: Person }
  const jid = [inside.chat, chat, group, from].find((one) => typeof one === 'string' && one !== '') as string | undefined
  const other = inside.person ?? (person as Person | undefined)
  return { ...(jid === undefined ? {} : { chat: jid }), ...(other === undefined ? {} : { person: other }) }
}

/**
 * True when an event happened in one of several chats. Number and LID of a person count as the same.
 *
 * @param event the event
 * @param chats JIDs
 * @param identities which names are the same person
 * @returns false for an event without a chat
 */
export function happenedIn(event: GatewayEvent, chats: readonly string[], identities: Identities): boolean {
  const { chat, person } = placeOf(event)
  if (chat === undefined) return false
  const { session } = event
  // in a group the person is the author of the message, not the chat
  const ofTwo = phoneOfJid(chat) !== undefined || lidOfJid(chat) !== undefined
  const names = [chat, ...(ofTwo && person ? [person.id, person.lid, person.phone] : [])].filter((name) => name !== undefined)
  const known = new Set(names.map((name) => identities.canonical(session, name)))
  return chats.some((one) => known.has(identities.canonical(session, one)))
}
