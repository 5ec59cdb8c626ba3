import type { GatewayEvent } from '../vocabulary/event.ts'
import type { Person } from '../vocabulary/person.ts'
import { lidOfJid, normalJid, phoneOfJid } from './address.ts'

/** Which number and which LID are the same person, as far as the gateway told so, for each session on its own. */
export interface Identities {
  /** Remembers one person; what has no number and LID together teaches nothing. */
  learn(session: string, person: Partial<Person> | undefined): void
  /** Remembers everybody that an event tells about. */
  learnFrom(event: GatewayEvent): void
  /** Remembers that WhatsApp has a number in another form: it was asked for the first JID and answered with the second. */
  learnForm(session: string, asked: string, answered: string): void
  /** The form of a chat's JID that WhatsApp uses, where it answered with another one than was asked for. */
  formOf(session: string, jid: string): string | undefined
  /** One name for a person, whichever of its JIDs is given: the number where it is known. Other JIDs come back as they are. */
  canonical(session: string, jid: string): string
  /** Whether two JIDs are the same person, group or channel. */
  same(session: string, one: string, other: string): boolean
}

/**
 * Makes a map of people that learns from what passes by.
 *
 * @param options `size`: how many pairs are kept in all, those not heard of for longest go first; default 10 000
 */
export function createIdentities({ size = 10_000 }: { readonly size?: number } = {}): Identities {
  const phones = boundedMap(size)
  const forms = boundedMap(size)

  const canonical = (session: string, jid: string): string => {
    const asked = normalJid(jid) ?? jid
    const known = forms.get(place(session, asked)) ?? asked
    const hidden = lidOfJid(known)
    if (hidden !== undefined) return phones.get(place(session, hidden)) ?? hidden
    const phone = phoneOfJid(known)
    return phone === undefined ? known : `${phone.slice(1)}@c.us`
  }

  function learn(session: string, person: Partial<Person> | undefined): void {
    const phone = person?.phone ?? phoneOfJid(person?.id)
    const hidden = lidOfJid(person?.lid) ?? lidOfJid(person?.id)
    if (phone !== undefined && hidden !== undefined) phones.set(place(session, hidden), `${phone.replace(/^\+/, '')}@c.us`)
  }

  return {
    learn,
    learnFrom(event) {
      const { message, person, persons } = event.data as {
        readonly message?: unknown
        readonly person?: Person
        readonly persons?: readonly Person[]
      }
      const inside = typeof message === 'object' && message !== null ? (message as { readonly person?: Person }).person : undefined
      for (const one of [inside, person, ...(persons ?? [])]) learn(event.session, one)
    },
    learnForm(session, asked, answered) {
      if (asked !== answered) forms.set(place(session, asked), answered)
    },
    formOf: (session, jid) => forms.get(place(session, jid)),
    canonical,
    same: (session, one, other) => canonical(session, one) === canonical(session, other),
  }
}

function place(session: string, jid: string): string {
  return `${session} ${jid}`
}

function boundedMap(size: number): Pick<Map<string, string>, 'get' | 'set'> {
  const map = new Map<string, string>()
  return {
    get: (key) => map.get(key),
    set(key, value) {
      // put at the end again: a map keeps the order of insertion
      map.delete(key)
      map.set(key, value)
      const [oldest] = map.keys()
      if (map.size > size && oldest !== undefined) map.delete(oldest)
      return map as Map<string, string>
    },
  }
}

/** What an event says of where it happened: the JID of its chat or group, and the other person. */
export function placeOf({ data }: GatewayEvent): { readonly chat?: string; readonly person?: Person } {
  const { message, chat, group, person, from } = data as { readonly [name: string]: unknown }
  const inside = (typeof message === 'object' && message !== null ? message : {}) as { readonly chat?: string; readonly person?: Person }
  const jid = [inside.chat, chat, group, from].find((one) => typeof one === 'string' && one !== '') as string | undefined
  const other = inside.person ?? (person as Person | undefined)
  return { ...(jid === undefined ? {} : { chat: jid }), ...(other === undefined ? {} : { person: other }) }
}

/**
 * Whether an event happened in one of several chats, whichever of a person's names is given: `+4915112345678` and the LID are the same.
 *
 * @param chats JIDs
 * @returns false for an event of no chat
 */
export function happenedIn(event: GatewayEvent, chats: readonly string[], identities: Identities): boolean {
  const { chat, person } = placeOf(event)
  if (chat === undefined) return false
  const { session } = event
  // in a group the person is who wrote, not the chat
  const ofTwo = phoneOfJid(chat) !== undefined || lidOfJid(chat) !== undefined
  const names = [chat, ...(ofTwo && person ? [person.id, person.lid, person.phone] : [])].filter((name) => name !== undefined)
  const known = new Set(names.map((name) => identities.canonical(session, name)))
  return chats.some((one) => known.has(identities.canonical(session, one)))
}
