import type { Clock } from '@wamux/core'
import { NetworkError } from '../errors.ts'
import { BASE64, DIGITS, type Ids } from '../ids.ts'
import type { Memory } from '../memory/memory.ts'
import { dropOldest, MAX_GROUPS } from './limits.ts'
import type { People } from './people/people.ts'
import type { Account, Emit, Group, GroupChange, ParticipantResult, Role } from './types.ts'

/** `by` is who does it. All throw {@link NetworkError}: `not_found` (no such group, or not in it), `forbidden` (no admin). */
export interface Groups {
  create(by: Account, input: { readonly subject: string; readonly participants: readonly Account[] }): Group
  /** @param id JID */
  find(id: string): Group | undefined
  /** The group, for one who is in it. */
  get(by: Account, id: string): Group
  /** The groups of an account, oldest first. */
  of(account: Account): readonly Group[]
  change(by: Account, id: string, change: GroupChange): Group
  add(by: Account, id: string, persons: readonly Account[]): readonly ParticipantResult[]
  remove(by: Account, id: string, persons: readonly Account[]): readonly ParticipantResult[]
  promote(by: Account, id: string, persons: readonly Account[]): readonly ParticipantResult[]
  demote(by: Account, id: string, persons: readonly Account[]): readonly ParticipantResult[]
  leave(by: Account, id: string): void
  /** The end of the link that lets others join; `https://chat.whatsapp.com/` goes before it. */
  inviteOf(by: Account, id: string): string
  /** Makes a new invite link; the old one stops working. */
  revokeInvite(by: Account, id: string): string
  /** The group behind an invite link or the code at its end. */
  byInvite(invite: string): Group | undefined
  /** Joins by link or code; with `approval` it only asks to. */
  join(by: Account, invite: string): { readonly group: Group; readonly joined: boolean }
  requests(by: Account, id: string): readonly { readonly person: Account; readonly at: number }[]
  approve(by: Account, id: string, persons: readonly Account[]): readonly ParticipantResult[]
  reject(by: Account, id: string, persons: readonly Account[]): readonly ParticipantResult[]
  /** Somebody takes back the wish to join. */
  withdraw(by: Account, id: string): void
}

type StoredGroup = { -readonly [Key in keyof Omit<Group, 'participants' | 'requests'>]: Group[Key] } & {
  readonly participants: Map<Account, Role>
  readonly requests: Map<Account, number>
}

export interface GroupContext {
  readonly clock: Clock
  readonly ids: Ids
  readonly emit: Emit
  readonly people: People
  readonly memory: Memory
  /** The account came in: it has the group's chat from now on. */
  joined(account: Account, id: string): void
}

export function createGroups({ clock, ids, emit, people, memory, joined }: GroupContext): Groups {
  const groups = memory.part('network/groups', () => new Map<string, StoredGroup>())
  const newInvite = () => ids.next('invite', 22, BASE64.slice(0, 62))

  function groupOfMember(by: Account, id: string): StoredGroup {
    const group = groups.get(id)
    if (!group?.participants.has(by)) throw new NetworkError('not_found', `there is no group ${id} that ${by.phone} is in`)
    return group
  }

  function asAdmin(by: Account, id: string): StoredGroup {
    const group = groupOfMember(by, id)
    if (group.participants.get(by) === 'member') throw new NetworkError('forbidden', `${by.phone} is not an admin of ${id}`)
    return group
  }

  function emitToMembers(group: StoredGroup, details: Parameters<Emit>[1], but: readonly Account[] = []): void {
    for (const account of group.participants.keys()) if (!but.includes(account)) emit(account, details)
  }

  function addMembers(group: StoredGroup, by: Account, persons: readonly Account[]): void {
    for (const person of persons) {
      people.keep(person)
      group.participants.set(person, 'member')
      group.requests.delete(person)
      joined(person, group.id)
      emit(person, { type: 'group-joined', group, by })
    }
    if (persons.length > 0) emitToMembers(group, { type: 'group-participants', group, by, change: 'added', participants: persons }, persons)
  }

  function removeMembers(group: StoredGroup, by: Account, persons: readonly Account[]): void {
    for (const person of persons) group.participants.delete(person)
    for (const person of persons) emit(person, { type: 'group-left', group, by })
    if (persons.length > 0) emitToMembers(group, { type: 'group-participants', group, by, change: 'removed', participants: persons })
    const heirs = [...group.participants]
    // a group without an admin gets a new one, as in WhatsApp
    if (heirs[0] && heirs.every(([, role]) => role === 'member')) group.participants.set(heirs[0][0], 'admin')
  }

  function each(persons: readonly Account[], problem: (person: Account) => ParticipantResult['reason']): readonly ParticipantResult[] {
    return persons.map((person) => {
      const reason = problem(person)
      return reason === undefined ? { person, ok: true } : { person, ok: false, reason }
    })
  }

  const fine = (changed: readonly ParticipantResult[]) => changed.flatMap(({ person, ok }) => (ok ? [person] : []))
  const absent = (group: StoredGroup) => (person: Account) => (group.participants.has(person) ? undefined : 'is not in it')

  function setRole(by: Account, id: string, persons: readonly Account[], role: 'admin' | 'member'): readonly ParticipantResult[] {
    const group = asAdmin(by, id)
    const changed = each(persons, (person) => {
      if (role === 'member' && group.participants.get(person) === 'owner') return 'is the owner'
      return absent(group)(person)
    })
    const participants = fine(changed)
    for (const person of participants) if (group.participants.get(person) !== 'owner') group.participants.set(person, role)
    const change = role === 'admin' ? 'promoted' : 'demoted'
    if (participants.length > 0) emitToMembers(group, { type: 'group-participants', group, by, change, participants })
    return changed
  }

  function byInvite(invite: string): StoredGroup | undefined {
    const code = invite.split(/[?#]/, 1)[0]?.split('/').findLast(Boolean)
    return [...groups.values()].find((group) => group.invite === code && group.participants.size > 0)
  }

  return {
    create(by, { subject, participants }) {
      if (subject.trim() === '') throw new NetworkError('invalid', 'a group needs a subject')
      people.keep(by)
      const settings = { description: '', picture: undefined, announcement: false, locked: false, approval: false }
      const group: StoredGroup = {
        id: `120363${ids.next('group', 12, DIGITS)}@g.us`,
        subject,
        ...settings,
        owner: by,
        participants: new Map([[by, 'owner']]),
        invite: newInvite(),
        requests: new Map(),
        createdAt: clock.now(),
      }
      groups.set(group.id, group)
      dropOldest(
        groups,
        MAX_GROUPS,
        () => {},
        (other) => other === group,
      )
      joined(by, group.id)
      emit(by, { type: 'group-joined', group, by })
      addMembers(
        group,
        by,
        participants.filter((person) => person !== by && person.registered),
      )
      return group
    },

    find: (id) => groups.get(id),
    get: groupOfMember,
    of: (account) => [...groups.values()].filter(({ participants }) => participants.has(account)),

    change(by, id, { picture, subject, description, ...settings }) {
      const group = groupOfMember(by, id)
      const looks = { ...(subject === undefined ? {} : { subject }), ...(description === undefined ? {} : { description }) }
      const given = Object.entries(settings).filter(([, value]) => value !== undefined)
      // members may change how an unlocked group looks, never its settings
      if (group.locked || given.length > 0) asAdmin(by, id)
      if (subject?.trim() === '') throw new NetworkError('invalid', 'a group needs a subject')
      Object.assign(group, looks, Object.fromEntries(given), picture === undefined ? {} : { picture: picture ?? undefined })
      const changed = [
        subject !== undefined && 'subject',
        description !== undefined && 'description',
        picture !== undefined && 'picture',
      ] as const
      for (const what of changed) if (what) emitToMembers(group, { type: 'group-changed', group, by, what })
      if (given.length > 0) emitToMembers(group, { type: 'group-changed', group, by, what: 'settings' })
      return group
    },

    add(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => {
        if (!person.registered) return 'not registered'
        return group.participants.has(person) ? 'is in it already' : undefined
      })
      addMembers(group, by, fine(changed))
      return changed
    },

    remove(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => (group.participants.get(person) === 'owner' ? 'is the owner' : absent(group)(person)))
      removeMembers(group, by, fine(changed))
      return changed
    },

    promote: (by, id, persons) => setRole(by, id, persons, 'admin'),
    demote: (by, id, persons) => setRole(by, id, persons, 'member'),

    leave(by, id) {
      removeMembers(groupOfMember(by, id), by, [by])
    },

    inviteOf: (by, id) => asAdmin(by, id).invite,

    revokeInvite(by, id) {
      const group = asAdmin(by, id)
      group.invite = newInvite()
      emitToMembers(group, { type: 'group-changed', group, by, what: 'invite' })
      return group.invite
    },

    byInvite,

    join(by, invite) {
      const group = byInvite(invite)
      if (!group) throw new NetworkError('not_found', 'the invite link is not valid')
      if (group.participants.has(by)) return { group, joined: true }
      if (!group.approval) {
        addMembers(group, by, [by])
        return { group, joined: true }
      }
      people.keep(by)
      group.requests.set(by, clock.now())
      for (const [admin, role] of group.participants)
        if (role !== 'member') emit(admin, { type: 'group-request', group, by, change: 'created' })
      return { group, joined: false }
    },

    requests: (by, id) => [...asAdmin(by, id).requests].map(([person, at]) => ({ person, at })),

    approve(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => (group.requests.has(person) ? undefined : 'has not asked'))
      addMembers(group, by, fine(changed))
      return changed
    },

    reject(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => (group.requests.has(person) ? undefined : 'has not asked'))
      for (const person of fine(changed)) dropRequest(group, person, 'rejected')
      return changed
    },

    withdraw(by, id) {
      const group = groups.get(id)
      if (!group?.requests.has(by)) throw new NetworkError('not_found', `${by.phone} has not asked to join ${id}`)
      dropRequest(group, by, 'revoked')
    },
  }

  function dropRequest(group: StoredGroup, by: Account, change: 'rejected' | 'revoked'): void {
    group.requests.delete(by)
    for (const [admin, role] of group.participants) if (role !== 'member') emit(admin, { type: 'group-request', group, by, change })
  }
}
