import type { Contact, Group, Participant, ParticipantsChanged, Person } from '@wamux/core'
import { type Fields, firstOf, flagOf, idOf, jidOf, omitUndefined, recordOf, textOf, timeOf, wordOf } from '../fields/fields.ts'
import { namesOnCard, numberOnCard, personOf } from './person.ts'

/**
 * Reads a contact. Never throws.
 *
 * @param session session id
 * @param raw what the gateway gave
 * @param asked JID that was asked for, in case the response names none
 */
export function engineContact<Raw>(session: string, raw: Raw, asked?: string): Contact<Raw> {
  const contact = recordOf(raw) ?? {}
  const id = jidOf(firstOf(contact, 'id', 'Jid', 'JID')) ?? asked ?? ''
  const person = personOf(id, ...namesOnCard(contact))
  return {
    ...omitUndefined({
      session,
      id,
      phone: person?.phone,
      lid: person?.lid,
      name: textOf(firstOf(contact, 'name', 'Name')),
      pushName: textOf(firstOf(contact, 'pushname', 'pushName', 'PushName', 'notify')),
      blocked: flagOf(contact.isBlocked),
    }),
    raw,
  }
}

/**
 * Reads a group as an engine writes it, or in the common form of events. Never throws.
 *
 * @param session session id
 * @param raw what the gateway gave
 * @param asked JID that was asked for, in case the response names none
 */
export function engineGroup<Raw>(session: string, raw: Raw, asked?: string): Group<Raw> {
  const chat = recordOf(raw) ?? {}
  const group: Fields = { ...chat, ...recordOf(chat.groupMetadata) }
  const participants = firstOf(group, 'participants', 'Participants')
  return {
    ...omitUndefined({
      session,
      id: jidOf(firstOf(group, 'id', 'JID', 'gid')) ?? asked ?? '',
      subject: textOf(firstOf(group, 'subject', 'Name', 'name', 'title')),
      description: textOf(firstOf(group, 'desc', 'description', 'Topic')),
      owner: jidOf(firstOf(group, 'owner', 'OwnerJID')),
      participants: Array.isArray(participants) ? participants.flatMap((one) => engineParticipant(one) ?? []) : undefined,
      announcement: flagOf(firstOf(group, 'announce', 'IsAnnounce')),
      locked: flagOf(firstOf(group, 'restrict', 'IsLocked')),
      createdAt: timeOf(firstOf(group, 'creation', 'GroupCreated')),
    }),
    raw,
  }
}

const ROLES: Readonly<Record<string, Participant['role']>> = {
  participant: 'member',
  member: 'member',
  admin: 'admin',
  superadmin: 'owner',
}

/**
 * Reads a person in a group.
 *
 * @param raw what the gateway gave
 * @returns `undefined` when it has no JID
 */
export function engineParticipant(raw: unknown): Participant | undefined {
  const value = typeof raw === 'string' ? fromJson(raw) : raw
  const person = recordOf(value)
  const named = jidOf(typeof value === 'string' ? value : firstOf(person, 'id', 'JID', 'jid', 'lid', 'LID'))
  // digits alone are a number, and a person without an id may have one
  const id = named?.includes('@') ? named : numberOnCard(person ?? { phone: named })
  if (id === undefined) return undefined
  return { id, ...personOf(id, ...namesOnCard(person)), role: roleOf(person ?? {}) }
}

/**
 * The persons of a change in a group: a list, one person, their JIDs in a text, or persons by their JID.
 *
 * @param value what the gateway gave
 */
export function participantsIn(value: unknown): readonly Person[] {
  return rowsOfPersons(value).flatMap((one) => participantPerson(one) ?? [])
}

function rowsOfPersons(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (typeof value === 'string') return value.startsWith('{') ? [value] : value.split(/[\s,;]+/)
  const fields = recordOf(value)
  if (!fields) return []
  const list = Object.values(fields).find(Array.isArray)
  if (list) return list
  if (participantPerson(fields)) return [fields]
  return Object.entries(fields).map(([key, one]) => (key.includes('@') ? { id: key, ...recordOf(one) } : one))
}

// Baileys 7 writes persons of a group's notices as JSON in a text
function fromJson(text: string): unknown {
  if (!text.startsWith('{')) return text
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads a person in a group, without the role, for events.
 *
 * @param raw what the gateway gave
 * @returns `undefined` when it has no JID
 */
export function participantPerson(raw: unknown): Person | undefined {
  const participant = engineParticipant(raw)
  if (!participant) return undefined
  const { role: _, ...person } = participant
  return person
}

function roleOf(person: Fields): Participant['role'] {
  const word = textOf(firstOf(person, 'role', 'admin'))
  if (word !== undefined) return wordOf(ROLES, word)
  if (firstOf(person, 'isSuperAdmin', 'IsSuperAdmin') === true) return 'owner'
  const admin = firstOf(person, 'isAdmin', 'IsAdmin')
  if (admin === true) return 'admin'
  // Baileys writes null for a member who is not an admin
  return admin === false || person.admin === null ? 'member' : 'unknown'
}

const CHANGES: Readonly<Record<string, 'added' | 'removed' | 'promoted' | 'demoted'>> = {
  join: 'added',
  joined: 'added',
  add: 'added',
  added: 'added',
  // who came by an invitation, out of a community, or was let in
  invite: 'added',
  linked_group_join: 'added',
  membership_approval: 'added',
  leave: 'removed',
  left: 'removed',
  remove: 'removed',
  removed: 'removed',
  promote: 'promoted',
  promoted: 'promoted',
  demote: 'demoted',
  demoted: 'demoted',
}

/**
 * Reads what happened to persons in a group.
 *
 * @param word the gateway's name for it
 * @returns `undefined` for an unknown name
 */
export function participantChangeOf(word: unknown): 'added' | 'removed' | 'promoted' | 'demoted' | undefined {
  const change = wordOf(CHANGES, textOf(word)?.toLowerCase())
  return change === 'unknown' ? undefined : change
}

const DONE: readonly unknown[] = [200, '200', 0, '0', undefined]

/**
 * Reads the result for each person.
 *
 * @param session session id
 * @param raw what the gateway gave
 * @returns an empty list when the engine does not tell
 */
export function engineParticipantsChanged<Raw>(session: string, raw: Raw): ParticipantsChanged<Raw> {
  const list: readonly unknown[] = Array.isArray(raw)
    ? raw
    : Object.entries(recordOf(raw) ?? {}).flatMap(([jid, value]) =>
        jid.includes('@') ? [{ jid, ...(recordOf(value) ?? { status: value }) }] : [],
      )
  const participants = list.flatMap((one) => {
    const person = recordOf(one)
    const named = jidOf(typeof one === 'string' ? one : firstOf(person, 'jid', 'JID', 'id', 'requesterId'))
    // a person with a LID was asked for by number, and the number is another field of the same entry
    const number = named?.endsWith('@lid') ? numberOnCard(person) : undefined
    const id = number ?? named
    if (id === undefined) return []
    const error = firstOf(person, 'Error', 'error')
    const code = error === undefined || error === 0 ? firstOf(person, 'status', 'code', 'statusCode') : error
    const ok = DONE.includes(code) && person?.success !== false
    const reason = ok ? undefined : (textOf(person?.message) ?? idOf(code) ?? 'WhatsApp refused')
    return [{ id, ...personOf(id, ...namesOnCard(person)), ...omitUndefined({ ok, reason }) }]
  })
  return { session, participants, raw }
}
