import type { CallOptions } from '../schema/call-options.ts'
import type { Paged, PageInput } from './page.ts'
import type { Person } from './person.ts'
import type { Acknowledged, ContactRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** A person that this account knows. */
export interface Contact<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** JID, `…@c.us` or `…@lid`. */
  readonly id: string
  /** E.164 number with plus, if known. */
  readonly phone?: string
  /** LID, WhatsApp's id that hides the number: `…@lid`. */
  readonly lid?: string
  /** Name in this account's address book. */
  readonly name?: string
  /** Name that the person chose. */
  readonly pushName?: string
  /** True when this account blocks the person. */
  readonly blocked?: boolean
  /** The gateway's contact, unchanged. */
  readonly raw: Raw
}

/** Whether a number is on WhatsApp. */
export interface ContactCheck<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** True when the number is on WhatsApp. */
  readonly exists: boolean
  /** JID of the number, if it is on WhatsApp. WhatsApp may write the number in another form than the one that was asked for. */
  readonly id?: string
  /** E.164 number of that JID, if known. */
  readonly phone?: string
  /** LID of that JID, if known: `…@lid`. */
  readonly lid?: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** A person under all names that the gateway knows. Unknown names are absent. */
export interface ContactResolved<Raw = unknown> extends Person {
  /** Session id. */
  readonly session: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** The profile picture of a person. */
export interface ProfilePicture<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** Address of the picture; absent when there is none that this account may see. */
  readonly url?: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** The text that a person shows in their profile. */
export interface About<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** The text; absent when there is none that this account may see. */
  readonly about?: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Input of `contact.check`. */
export interface CheckInput extends SessionRef {
  /** E.164 number. */
  readonly phone: string
}

/** The account's contacts, and what WhatsApp tells about a number. */
export interface ContactVerbs {
  /**
   * All contacts.
   *
   * @param input session, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Contact>
  /**
   * One contact.
   *
   * @param input session and person
   * @param options signal, deadline and attempts of this call
   * @returns the contact
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or contact
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: ContactRef, options?: CallOptions): Promise<Contact>
  /**
   * Asks whether a number is on WhatsApp.
   *
   * @param input session and E.164 number
   * @param options signal, deadline and attempts of this call
   * @returns whether it exists, and its JID
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  check(input: CheckInput, options?: CallOptions): Promise<ContactCheck>
  /**
   * The number behind a LID, or the LID of a number. Names that the gateway does not know are absent. WhatsApp is not asked whether the
   * person exists.
   *
   * @param input session and person
   * @param options signal, deadline and attempts of this call
   * @returns the person under all known names
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or contact
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  resolve(input: ContactRef, options?: CallOptions): Promise<ContactResolved>
  /**
   * The profile picture of a person.
   *
   * @param input session and person
   * @param options signal, deadline and attempts of this call
   * @returns its address
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or contact
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  profilePicture(input: ContactRef, options?: CallOptions): Promise<ProfilePicture>
  /**
   * The text that a person shows in their profile.
   *
   * @param input session and person
   * @param options signal, deadline and attempts of this call
   * @returns the text
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or contact
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  about(input: ContactRef, options?: CallOptions): Promise<About>
  /**
   * Blocks a person.
   *
   * @param input session and person
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or contact
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  block(input: ContactRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Unblocks a person.
   *
   * @param input session and person
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or contact
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  unblock(input: ContactRef, options?: CallOptions): Promise<Acknowledged>
}
