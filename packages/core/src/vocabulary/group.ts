import type { CallOptions } from '../schema/call-options.ts'
import type { Media } from './media.ts'
import type { Paged, PageInput } from './page.ts'
import type { Person } from './person.ts'
import type { Acknowledged, AddressInput, GroupRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** A person in a group. */
export interface Participant extends Person {
  /** Rights of the person; `unknown` when the gateway does not tell. */
  readonly role: 'member' | 'admin' | 'owner' | 'unknown'
}

/** A group. */
export interface Group<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** JID, `…@g.us`. */
  readonly id: string
  /** Name of the group. */
  readonly subject?: string
  /** Description of the group. */
  readonly description?: string
  /** JID of who made it. */
  readonly owner?: string
  /** Persons in it; absent when the gateway does not tell. */
  readonly participants?: readonly Participant[]
  /** True when only admins may write. */
  readonly announcement?: boolean
  /** True when only admins may change subject, description and picture. */
  readonly locked?: boolean
  /** When it was made, ms since the epoch. */
  readonly createdAt?: number
  /** The gateway's group, unchanged. */
  readonly raw: Raw
}

/** Input of `group.create`. */
export interface GroupCreateInput extends SessionRef {
  /** Name of the group, not empty. */
  readonly subject: string
  /** Persons to add, at least one: E.164 numbers, JIDs or addresses. */
  readonly participants: readonly AddressInput[]
}

/** Input of verbs about persons of a group. */
export interface ParticipantsInput extends GroupRef {
  /** The persons, at least one: E.164 numbers, JIDs or addresses. */
  readonly participants: readonly AddressInput[]
}

/** The result for each person, as far as the gateway tells. */
export interface ParticipantsChanged<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** Each person, whether it worked, and why not. */
  readonly participants: readonly (Person & { readonly ok: boolean; readonly reason?: string })[]
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** The invite link of a group. */
export interface InviteLink<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** `https://chat.whatsapp.com/…`. Anybody who has it can join. */
  readonly link: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Input of `group.join`. */
export interface JoinInput extends SessionRef {
  /** Invite link, or the code at its end. */
  readonly invite: string
}

/** Persons who asked to join a group. */
export interface JoinRequests<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** Each person, and when they asked, ms since the epoch. */
  readonly requests: readonly (Person & { readonly at?: number })[]
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/**
 * Groups. Most changes need this account to be an admin. Other people see who is added or removed, so that is repeated only when the
 * first attempt certainly did not reach the gateway.
 */
export interface GroupVerbs {
  /**
   * All groups that this account is in.
   *
   * @param input session, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Group>
  /**
   * One group.
   *
   * @param input session and group
   * @param options signal, deadline and attempts of this call
   * @returns the group
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: GroupRef, options?: CallOptions): Promise<Group>
  /**
   * Makes a group.
   *
   * @param input session, subject and persons
   * @param options signal, deadline and attempts of this call
   * @returns the group
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been made
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  create(input: GroupCreateInput, options?: CallOptions): Promise<Group>
  /**
   * Leaves a group.
   *
   * @param input session and group
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  leave(input: GroupRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * Joins a group by its invite link.
   *
   * @param input session and invite link
   * @param options signal, deadline and attempts of this call
   * @returns the JID of the group, if the gateway tells it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  join(input: JoinInput, options?: CallOptions): Promise<Acknowledged & { readonly group?: string }>
  /**
   * The link by which other people can join.
   *
   * @param input session and group
   * @param options signal, deadline and attempts of this call
   * @returns the link
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  inviteLink(input: GroupRef, options?: CallOptions): Promise<InviteLink>
  /**
   * Makes the invite link invalid. wamux never repeats it.
   *
   * @param input session and group
   * @param options signal, deadline and attempts of this call
   * @returns the new link, if the gateway tells it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  revokeInvite(input: GroupRef, options?: CallOptions): Promise<Acknowledged & { readonly link?: string }>
  /**
   * Adds persons.
   *
   * @param input session, group and persons
   * @param options signal, deadline and attempts of this call
   * @returns the result for each person
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  addParticipants(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /**
   * Removes persons.
   *
   * @param input session, group and persons
   * @param options signal, deadline and attempts of this call
   * @returns the result for each person
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  removeParticipants(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /**
   * Makes persons admins.
   *
   * @param input session, group and persons
   * @param options signal, deadline and attempts of this call
   * @returns the result for each person
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  promote(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /**
   * Makes admins ordinary members.
   *
   * @param input session, group and persons
   * @param options signal, deadline and attempts of this call
   * @returns the result for each person
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  demote(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /**
   * Persons who asked to join and wait for an admin.
   *
   * @param input session and group
   * @param options signal, deadline and attempts of this call
   * @returns the requests
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  joinRequests(input: GroupRef, options?: CallOptions): Promise<JoinRequests>
  /**
   * Accepts persons who asked to join.
   *
   * @param input session, group and persons
   * @param options signal, deadline and attempts of this call
   * @returns the result for each person
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  approve(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /**
   * Declines persons who asked to join.
   *
   * @param input session, group and persons
   * @param options signal, deadline and attempts of this call
   * @returns the result for each person
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  reject(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /**
   * Changes the subject, the group's name.
   *
   * @param input session, group and subject
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setSubject(input: GroupRef & { readonly subject: string }, options?: CallOptions): Promise<Acknowledged>
  /**
   * Changes the description.
   *
   * @param input session, group and description
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setDescription(input: GroupRef & { readonly description: string }, options?: CallOptions): Promise<Acknowledged>
  /**
   * Changes the picture.
   *
   * @param input session, group and file
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setPicture(input: GroupRef & { readonly file: Media }, options?: CallOptions): Promise<Acknowledged>
  /**
   * Sets whether only admins may write.
   *
   * @param input session, group and setting
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setAnnouncement(input: GroupRef & { readonly announcement: boolean }, options?: CallOptions): Promise<Acknowledged>
  /**
   * Sets whether only admins may change subject, description and picture.
   *
   * @param input session, group and setting
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or group
   * @throws {GatewayError} `permission`: this account is not an admin of the group, and the gateway says so
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setLocked(input: GroupRef & { readonly locked: boolean }, options?: CallOptions): Promise<Acknowledged>
}
