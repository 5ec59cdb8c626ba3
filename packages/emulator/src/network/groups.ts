import type { Clock } from '@wamux/core'
import { BASE64, DIGITS, type Ids } from '../ids.ts'
import { NetworkError } from '../problem.ts'
import type { Emit } from './event.ts'
import { cap, KEPT_GROUPS } from './limits.ts'
import type { StoredMedia } from './media.ts'
import type { Account, People } from './people.ts'

export type Role = 'member' | 'admin' | 'owner'

export interface Group {
  /** `…@g.us` */
  readonly id: string
  readonly subject: string
  readonly description: string
  readonly picture: StoredMedia | undefined
  readonly owner: Account
  /** In the order of joining. */
  readonly participants: ReadonlyMap<Account, Role>
  /** Only admins may write. */
  readonly announcement: boolean
  /** Only admins may change subject, description and picture. */
  readonly locked: boolean
  /** Admins let in who joins by the link. */
  readonly approval: boolean
  /** The end of the invite link. */
  readonly invite: string
  /** Who waits to be let in, with when they asked, ms since the epoch. */
  readonly requests: ReadonlyMap<Account, number>
  readonly createdAt: number
}

export interface GroupChange {
  readonly subject?: string | undefined
  readonly description?: string | undefined
  /** `null` takes it away. */
  readonly picture?: StoredMedia | null | undefined
  readonly announcement?: boolean | undefined
  readonly locked?: boolean | undefined
  readonly approval?: boolean | undefined
}

/** What became of one person. */
export interface Changed {
  readonly person: Account
  readonly ok: boolean
  readonly reason?: 'not registered' | 'is in it already' | 'is not in it' | 'is the owner' | 'has not asked'
}

/** `by` is who does it. All throw {@link NetworkError}: `not_found` (no such group, or not in it), `forbidden` (no admin). */
export interface Groups {
  create(by: Account, input: { readonly subject: string; readonly participants: readonly Account[] }): Group
  /** @param id JID */
  find(id: string): Group | undefined
  /** The group, for one who is in it. */
  get(by: Account, id: string): Group
  /** Those that an account is in, in the order of their making. */
  of(account: Account): readonly Group[]
  change(by: Account, id: string, change: GroupChange): Group
  add(by: Account, id: string, persons: readonly Account[]): readonly Changed[]
  remove(by: Account, id: string, persons: readonly Account[]): readonly Changed[]
  promote(by: Account, id: string, persons: readonly Account[]): readonly Changed[]
  demote(by: Account, id: string, persons: readonly Account[]): readonly Changed[]
  leave(by: Account, id: string): void
  /** The end of the link that lets others join; `https://chat.whatsapp.com/` goes before it. */
  inviteOf(by: Account, id: string): string
  /** Makes a new link; the old one no longer works. */
  revokeInvite(by: Account, id: string): string
  /** The group behind an invite link or the code at its end. */
  byInvite(invite: string): Group | undefined
  /** Joins by link or code; with `approval` it only asks to. */
  join(by: Account, invite: string): { readonly group: Group; readonly joined: boolean }
  requests(by: Account, id: string): readonly { readonly person: Account; readonly at: number }[]
  approve(by: Account, id: string, persons: readonly Account[]): readonly Changed[]
  reject(by: Account, id: string, persons: readonly Account[]): readonly Changed[]
}

type Inside = { -readonly [Key in keyof Omit<Group, 'participants' | 'requests'>]: Group[Key] } & {
  readonly participants: Map<Account, Role>
  readonly requests: Map<Account, number>
}

export interface GroupContext {
  readonly clock: Clock
  readonly ids: Ids
  readonly emit: Emit
  readonly people: People
  /** The account came in: it has the group's chat from now on. */
  joined(account: Account, id: string): void
}

export function createGroups({ clock, ids, emit, people, joined }: GroupContext): Groups {
  const groups = new Map<string, Inside>()
  const newInvite = () => ids.next('invite', 22, BASE64.slice(0, 62))

  function inside(by: Account, id: string): Inside {
    const group = groups.get(id)
    if (!group?.participants.has(by)) throw new NetworkError('not_found', `there is no group ${id} that ${by.phone} is in`)
    return group
  }

  function asAdmin(by: Account, id: string): Inside {
    const group = inside(by, id)
    if (group.participants.get(by) === 'member') throw new NetworkError('forbidden', `${by.phone} is not an admin of ${id}`)
    return group
  }

  function tell(group: Inside, happening: Parameters<Emit>[1], but: readonly Account[] = []): void {
    for (const account of group.participants.keys()) if (!but.includes(account)) emit(account, happening)
  }

  function come(group: Inside, by: Account, persons: readonly Account[]): void {
    for (const person of persons) {
      people.keep(person)
      group.participants.set(person, 'member')
      group.requests.delete(person)
      joined(person, group.id)
      emit(person, { type: 'group-joined', group, by })
    }
    if (persons.length > 0) tell(group, { type: 'group-participants', group, by, change: 'added', participants: persons }, persons)
  }

  function go(group: Inside, by: Account, persons: readonly Account[]): void {
    for (const person of persons) group.participants.delete(person)
    for (const person of persons) emit(person, { type: 'group-left', group, by })
    if (persons.length > 0) tell(group, { type: 'group-participants', group, by, change: 'removed', participants: persons })
    const heirs = [...group.participants]
    // a group is never without an admin
    if (heirs[0] && heirs.every(([, role]) => role === 'member')) group.participants.set(heirs[0][0], 'admin')
  }

  function each(persons: readonly Account[], problem: (person: Account) => Changed['reason']): readonly Changed[] {
    return persons.map((person) => {
      const reason = problem(person)
      return reason === undefined ? { person, ok: true } : { person, ok: false, reason }
    })
  }

  const fine = (changed: readonly Changed[]) => changed.flatMap(({ person, ok }) => (ok ? [person] : []))
  const absent = (group: Inside) => (person: Account) => (group.participants.has(person) ? undefined : 'is not in it')

  function setRole(by: Account, id: string, persons: readonly Account[], role: 'admin' | 'member'): readonly Changed[] {
    const group = asAdmin(by, id)
    const changed = each(persons, (person) => {
      if (role === 'member' && group.participants.get(person) === 'owner') return 'is the owner'
      return absent(group)(person)
    })
    const participants = fine(changed)
    for (const person of participants) if (group.participants.get(person) !== 'owner') group.participants.set(person, role)
    const change = role === 'admin' ? 'promoted' : 'demoted'
    if (participants.length > 0) tell(group, { type: 'group-participants', group, by, change, participants })
    return changed
  }

  function byInvite(invite: string): Inside | undefined {
    const code = invite.split(/[?#]/, 1)[0]?.split('/').findLast(Boolean)
    return [...groups.values()].find((group) => group.invite === code && group.participants.size > 0)
  }

  return {
    create(by, { subject, participants }) {
      if (subject.trim() === '') throw new NetworkError('invalid', 'a group needs a subject')
      people.keep(by)
      const settings = { description: '', picture: undefined, announcement: false, locked: false, approval: false }
      const group: Inside = {
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
      cap(
        groups,
        KEPT_GROUPS,
        () => {},
        (other) => other === group,
      )
      joined(by, group.id)
      emit(by, { type: 'group-joined', group, by })
      come(
        group,
        by,
        participants.filter((person) => person !== by && person.registered),
      )
      return group
    },

    find: (id) => groups.get(id),
    get: inside,
    of: (account) => [...groups.values()].filter(({ participants }) => participants.has(account)),

    change(by, id, { picture, subject, description, ...settings }) {
      const group = inside(by, id)
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
      for (const what of changed) if (what) tell(group, { type: 'group-changed', group, by, what })
      if (given.length > 0) tell(group, { type: 'group-changed', group, by, what: 'settings' })
      return group
    },

    add(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => {
        if (!person.registered) return 'not registered'
        return group.participants.has(person) ? 'is in it already' : undefined
      })
      come(group, by, fine(changed))
      return changed
    },

    remove(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => (group.participants.get(person) === 'owner' ? 'is the owner' : absent(group)(person)))
      go(group, by, fine(changed))
      return changed
    },

    promote: (by, id, persons) => setRole(by, id, persons, 'admin'),
    demote: (by, id, persons) => setRole(by, id, persons, 'member'),

    leave(by, id) {
      go(inside(by, id), by, [by])
    },

    inviteOf: (by, id) => asAdmin(by, id).invite,

    revokeInvite(by, id) {
      const group = asAdmin(by, id)
      group.invite = newInvite()
      tell(group, { type: 'group-changed', group, by, what: 'invite' })
      return group.invite
    },

    byInvite,

    join(by, invite) {
      const group = byInvite(invite)
      if (!group) throw new NetworkError('not_found', 'the invite link is not valid')
      if (group.participants.has(by)) return { group, joined: true }
      if (!group.approval) {
        come(group, by, [by])
        return { group, joined: true }
      }
      people.keep(by)
      group.requests.set(by, clock.now())
      for (const [admin, role] of group.participants) if (role !== 'member') emit(admin, { type: 'group-request', group, by })
      return { group, joined: false }
    },

    requests: (by, id) => [...asAdmin(by, id).requests].map(([person, at]) => ({ person, at })),

    approve(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => (group.requests.has(person) ? undefined : 'has not asked'))
      come(group, by, fine(changed))
      return changed
    },

    reject(by, id, persons) {
      const group = asAdmin(by, id)
      const changed = each(persons, (person) => (group.requests.has(person) ? undefined : 'has not asked'))
      for (const person of fine(changed)) group.requests.delete(person)
      return changed
    },
  }
}
