import type { CallOptions } from '../schema/call-options.ts'
import type { Media } from './media.ts'
import type { Paged, PageInput } from './page.ts'
import type { Person } from './person.ts'
import type { Acknowledged, AddressInput, GroupRef } from './refs.ts'
import type { SessionRef } from './session.ts'

export interface Participant extends Person {
  readonly role: 'member' | 'admin' | 'owner' | 'unknown'
}

export interface Group<Raw = unknown> {
  readonly session: string
  /** JID, `…@g.us`. */
  readonly id: string
  readonly subject?: string
  readonly description?: string
  /** JID of who made it. */
  readonly owner?: string
  readonly participants?: readonly Participant[]
  /** Only admins may write. */
  readonly announcement?: boolean
  /** Only admins may change subject, description and picture. */
  readonly locked?: boolean
  /** ms since the epoch. */
  readonly createdAt?: number
  readonly raw: Raw
}

export interface GroupCreateInput extends SessionRef {
  readonly subject: string
  /** Persons to add, at least one. */
  readonly participants: readonly AddressInput[]
}

export interface ParticipantsInput extends GroupRef {
  readonly participants: readonly AddressInput[]
}

/** What became of each person, as far as the gateway tells. */
export interface ParticipantsChanged<Raw = unknown> {
  readonly session: string
  readonly participants: readonly (Person & { readonly ok: boolean; readonly reason?: string })[]
  readonly raw: Raw
}

export interface InviteLink<Raw = unknown> {
  readonly session: string
  /** `https://chat.whatsapp.com/…`: whoever has it can join. */
  readonly link: string
  readonly raw: Raw
}

export interface JoinInput extends SessionRef {
  /** Invite link, or the code at its end. */
  readonly invite: string
}

export interface JoinRequests<Raw = unknown> {
  readonly session: string
  readonly requests: readonly (Person & { readonly at?: number })[]
  readonly raw: Raw
}

/**
 * Groups. Most changes need this account to be an admin; a gateway that says so throws `permission`.
 * Adding and removing persons is seen by others: it is repeated only when it certainly never reached the gateway.
 */
export interface GroupVerbs {
  /** All groups that this account is in. */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Group>
  /** One group. Throws `not_found`. */
  get(input: GroupRef, options?: CallOptions): Promise<Group>
  /** Makes a group. Throws `unknown_outcome` when the answer was lost. */
  create(input: GroupCreateInput, options?: CallOptions): Promise<Group>
  /** Leaves a group. */
  leave(input: GroupRef, options?: CallOptions): Promise<Acknowledged>
  /** Joins a group by its invite link. */
  join(input: JoinInput, options?: CallOptions): Promise<Acknowledged & { readonly group?: string }>
  /** The link that lets others join. */
  inviteLink(input: GroupRef, options?: CallOptions): Promise<InviteLink>
  /** Makes the invite link invalid; gives the new one, where the gateway tells it. Never repeated by itself. */
  revokeInvite(input: GroupRef, options?: CallOptions): Promise<Acknowledged & { readonly link?: string }>
  /** Adds persons. */
  addParticipants(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /** Removes persons. */
  removeParticipants(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /** Makes persons admins. */
  promote(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /** Makes admins members again. */
  demote(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /** Who wants to join and waits for an admin. */
  joinRequests(input: GroupRef, options?: CallOptions): Promise<JoinRequests>
  /** Lets persons in who asked for it. */
  approve(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /** Turns persons down who asked to join. */
  reject(input: ParticipantsInput, options?: CallOptions): Promise<ParticipantsChanged>
  /** Changes the subject, the group's name. */
  setSubject(input: GroupRef & { readonly subject: string }, options?: CallOptions): Promise<Acknowledged>
  /** Changes the description. */
  setDescription(input: GroupRef & { readonly description: string }, options?: CallOptions): Promise<Acknowledged>
  /** Changes the picture. */
  setPicture(input: GroupRef & { readonly file: Media }, options?: CallOptions): Promise<Acknowledged>
  /** Whether only admins may write. */
  setAnnouncement(input: GroupRef & { readonly announcement: boolean }, options?: CallOptions): Promise<Acknowledged>
  /** Whether only admins may change subject, description and picture. */
  setLocked(input: GroupRef & { readonly locked: boolean }, options?: CallOptions): Promise<Acknowledged>
}
