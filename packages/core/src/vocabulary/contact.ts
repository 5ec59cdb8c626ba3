import type { CallOptions } from '../schema/call-options.ts'
import type { Paged, PageInput } from './page.ts'
import type { Person } from './person.ts'
import type { Acknowledged, ContactRef } from './refs.ts'
import type { SessionRef } from './session.ts'

export interface Contact<Raw = unknown> {
  readonly session: string
  /** JID, `…@c.us` or `…@lid`. */
  readonly id: string
  /** E.164 number, where it is known. */
  readonly phone?: string
  /** JID that hides the number, `…@lid`. */
  readonly lid?: string
  /** Name in this account's address book. */
  readonly name?: string
  /** Name that the person gave itself. */
  readonly pushName?: string
  readonly blocked?: boolean
  readonly raw: Raw
}

export interface ContactCheck<Raw = unknown> {
  readonly session: string
  /** Whether the number is on WhatsApp. */
  readonly exists: boolean
  /** JID under which it is, when it is; WhatsApp may know a number in another form than the one asked for. */
  readonly id?: string
  /** E.164 number of that JID, where it is known. */
  readonly phone?: string
  /** JID that hides the number, where it is known. */
  readonly lid?: string
  readonly raw: Raw
}

/** One person under all names that the gateway knows; a name that it does not know is absent. */
export interface ContactResolved<Raw = unknown> extends Person {
  readonly session: string
  readonly raw: Raw
}

export interface ProfilePicture<Raw = unknown> {
  readonly session: string
  /** Where it is; absent when there is none, or none that this account may see. */
  readonly url?: string
  readonly raw: Raw
}

export interface About<Raw = unknown> {
  readonly session: string
  /** Absent when there is none, or none that this account may see. */
  readonly about?: string
  readonly raw: Raw
}

export interface CheckInput extends SessionRef {
  /** E.164 number. */
  readonly phone: string
}

/** The account's contacts, and what can be known of a number. */
export interface ContactVerbs {
  /** All contacts. */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Contact>
  /** One contact. Throws `not_found`. */
  get(input: ContactRef, options?: CallOptions): Promise<Contact>
  /** Whether a number is on WhatsApp. */
  check(input: CheckInput, options?: CallOptions): Promise<ContactCheck>
  /**
   * The number behind a LID, or the LID of a number. What the gateway does not know is absent from the result; nobody is asked whether
   * the person exists.
   */
  resolve(input: ContactRef, options?: CallOptions): Promise<ContactResolved>
  /** The picture of a person. */
  profilePicture(input: ContactRef, options?: CallOptions): Promise<ProfilePicture>
  /** The text that a person shows about itself. */
  about(input: ContactRef, options?: CallOptions): Promise<About>
  /** Blocks a person. */
  block(input: ContactRef, options?: CallOptions): Promise<Acknowledged>
  /** Unblocks a person. */
  unblock(input: ContactRef, options?: CallOptions): Promise<Acknowledged>
}
