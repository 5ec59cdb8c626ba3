import type { GatewayEvent } from '../vocabulary/event.ts'
import { peopleIn } from '../vocabulary/person.ts'

/** The part of {@link Identities} that recognising repeated events needs. */
export interface IdentityMap {
  /** Keeps which number and which LID of an event are one person. */
  learnFrom(event: GatewayEvent): void
  /** Returns the same JID for the number and the LID of a person; an unknown JID is returned unchanged. */
  canonical(session: string, jid: string): string
}

// bounded, so that a long run of digits costs no more than its length
const PERSON_JID = /(?<!\d)\d{1,20}(?::\d{1,3})?@(?:lid|c\.us|s\.whatsapp\.net|hosted\.lid|hosted)(?![A-Za-z0-9.])/g

/** Replaces every person in a key by one fixed JID for that person, so that number and LID make the same key. */
export function withCanonicalPersons(key: string, canonical: (jid: string) => string): string {
  return key.replace(PERSON_JID, canonical)
}

/** Makes a function that replaces a LID by the number's JID, for the people of whom the event names both. */
export function canonicalWithin(data: object): (jid: string) => string {
  const known = new Map<string, string>()
  for (const person of peopleIn(data)) {
    if (person?.phone === undefined) continue
    for (const name of [person.id, person.lid]) if (name !== undefined) known.set(name, `${person.phone.slice(1)}@c.us`)
  }
  return (jid) => known.get(jid) ?? jid.replace(/@s\.whatsapp\.net$/, '@c.us')
}

/**
 * The same for every delivery of an event, whether its people are named by number or by LID.
 *
 * @param event the event
 * @param identities what is known of people; learn from the event first
 * @returns its `dedupeKey`, with one name for each person
 */
export function dedupeKeyOf(event: GatewayEvent, identities: Pick<IdentityMap, 'canonical'> | undefined): string {
  if (!identities) return event.dedupeKey
  return withCanonicalPersons(event.dedupeKey, (jid) => identities.canonical(event.session, jid))
}
