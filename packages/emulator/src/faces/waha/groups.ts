import { NetworkError } from '../../errors.ts'
import type { Account, Group, GroupChange, ParticipantResult, Role } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, content, empty, json } from '../../wire/answer.ts'
import { participants, seconds } from '../engine/serialize.ts'
import type { Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { fileIn } from './files.ts'
import { nowebJid } from './messages.ts'
import { boom, type ConnectedCall, createConnectedHandlers, EngineError, engineError, pageOf, personsIn } from './request-context.ts'
import { notImplemented } from './server/core-edition.ts'

const ADMINS: Readonly<Record<Role, string | null>> = { member: null, admin: 'admin', owner: 'superadmin' }
const CODES = { 'not registered': '404', 'is in it already': '409', 'is not in it': '404', 'is the owner': '406', 'has not asked': '404' }

/** Who may do what in a group, of which WhatsApp's other clients know: settings that the network itself has no use for. */
interface Modes {
  readonly membersCanAddNewMember: boolean
  readonly membersCanShareHistory: boolean
}
const MODES: Modes = { membersCanAddNewMember: false, membersCanShareHistory: true }

/** Settings of groups that came after Core 2026.2.1. */
export function groupModeHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const { groups } = state.network
  const modes = state.memory.part('waha/group-modes', () => new Map<string, Modes>())
  const modesOf = (id: string) => modes.get(id) ?? MODES

  const inGroup = (play: (group: Group, at: ConnectedCall) => Answer) =>
    whenConnected((at) => {
      const group = groups.of(at.account).find(({ id }) => id === at.call.params.id)
      if (!group) throw new NetworkError('not_found', `there is no group ${at.call.params.id}`)
      return play(group, at)
    })
  const asAdmin = (change: (group: Group, at: ConnectedCall) => Answer) =>
    inGroup((group, at) => {
      const role = group.participants.get(at.account)
      if (role === undefined || role === 'member') throw new NetworkError('forbidden', 'only admins may change that')
      return change(group, at)
    })
  const setMode = (name: keyof Modes, answer: () => Answer) =>
    asAdmin(({ id }, { call }) => {
      modes.set(id, { ...modesOf(id), [name]: call.body[name] !== false })
      return answer()
    })
  const yes = () => json(200, true)

  return {
    'groups.getMemberAddMode': inGroup(({ id }) => json(200, { membersCanAddNewMember: modesOf(id).membersCanAddNewMember })),
    'groups.setMemberAddMode': setMode('membersCanAddNewMember', () => empty(200)),
    'groups.getShareHistory': inGroup(({ id }) => json(200, { membersCanShareHistory: modesOf(id).membersCanShareHistory })),
    'groups.setShareHistory': setMode('membersCanShareHistory', yes),
    'groups.getMembershipApproval': inGroup(({ approval }) => json(200, { newMembersApprovalRequired: approval })),
    'groups.setMembershipApproval': asAdmin(({ id }, { account, call }) => {
      groups.change(account, id, { approval: call.body.newMembersApprovalRequired === true })
      return yes()
    }),
  }
}

/** Groups, as the engine NOWEB has them. */
export function groupHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const { groups } = state.network

  function serializeGroup(group: Group, withParticipants = true): Record<string, unknown> {
    const { id, subject, description, owner, createdAt, locked, announcement, approval } = group
    const persons = [...group.participants].map(([person, role]) => ({ id: nowebJid(person.jid), admin: ADMINS[role] }))
    return {
      id,
      subject,
      owner: nowebJid(owner.jid),
      ...(description === '' ? {} : { desc: description }),
      creation: seconds(createdAt),
      restrict: locked,
      announce: announcement,
      joinApprovalMode: approval,
      memberAddMode: false,
      size: persons.length,
      ...(withParticipants ? { participants: persons } : {}),
    }
  }

  const groupOf = ({ account, call }: ConnectedCall) => groups.of(account).find(({ id }) => id === call.params.id)

  /** Makes a handler that reads a group out of the engine's own store. */
  const stored = (play: (group: Group, at: ConnectedCall) => Answer) =>
    whenConnected((at) => {
      const group = groupOf(at)
      if (!group) throw new EngineError(`Group with id '${at.call.params.id}' not found`)
      return play(group, at)
    })

  /** Makes a handler that asks WhatsApp about a group, or changes it there. */
  const inGroup = (play: (group: Group, at: ConnectedCall) => Answer | Promise<Answer>) =>
    whenConnected((at) => {
      const group = groupOf(at)
      if (!group) throw new NetworkError('not_found', `there is no group ${at.call.params.id}`)
      return play(group, at)
    })

  const change = (changeOf: (at: ConnectedCall) => GroupChange | Promise<GroupChange>, answer: () => Answer = () => empty(200)) =>
    inGroup(async ({ id }, at) => {
      groups.change(at.account, id, await changeOf(at))
      return answer()
    })

  const changePersons = (act: (by: Account, id: string, persons: readonly Account[]) => readonly ParticipantResult[]) =>
    inGroup(({ id }, { account, call }) => {
      const changed = act(account, id, personsIn(state, call))
      return json(
        200,
        changed.map(({ person, ok, reason }) => {
          return { status: ok || reason === undefined ? '200' : CODES[reason], jid: nowebJid(person.jid), content: {} }
        }),
      )
    })

  const answerRequests = (act: (by: Account, id: string, persons: readonly Account[]) => readonly ParticipantResult[]) =>
    inGroup(({ id }, { account, call }) => {
      const answered = act(account, id, personsIn(state, call))
      return json(
        200,
        answered.map(({ person, ok }) => ({ requesterId: person.jid, success: ok, ...(ok ? {} : { error: 404 }) })),
      )
    })

  const success = () => json(200, { success: true })
  const adminsOnly = ({ call }: ConnectedCall) => call.body.adminsOnly === true
  const picture = (group: Group | undefined) => (group?.picture ? state.files.urlOf(group.picture) : null)

  return {
    'groups.list': whenConnected(({ account, call }) => {
      const withParticipants = !call.query.getAll('exclude').includes('participants')
      const shown = pageOf(groups.of(account), call).map((group) => [group.id, serializeGroup(group, withParticipants)])
      return json(200, Object.fromEntries(shown))
    }),
    'groups.create': whenConnected(({ account, call }) => {
      const made = groups.create(account, { subject: String(call.body.name), participants: personsIn(state, call) })
      return json(201, serializeGroup(made))
    }),
    'groups.count': whenConnected(({ account }) => json(200, { count: groups.of(account).length })),
    'groups.refresh': whenConnected(success),
    'groups.getJoinInfo': whenConnected(({ call }) => {
      const group = groups.byInvite(call.query.get('code') ?? '')
      return group ? json(200, serializeGroup(group, false)) : engineError(state, call, 'item-not-found', boom(404))
    }),
    'groups.join': whenConnected(({ account, call }) => json(200, { id: groups.join(account, textOf(call.body.code) ?? '').group.id })),
    'groups.get': stored((group) => json(200, serializeGroup(group))),
    'groups.delete': whenConnected(notImplemented),
    'groups.leave': inGroup(({ id }, { account }) => {
      groups.leave(account, id)
      return empty(200)
    }),
    'groups.setSubject': change(({ call }) => ({ subject: String(call.body.subject) })),
    'groups.setDescription': change(({ call }) => ({ description: String(call.body.description) })),
    'groups.getPicture': whenConnected((at) => json(200, { url: picture(groupOf(at)) })),
    'groups.setPicture': change(async ({ call }) => ({ picture: await fileIn(state, call, 'image/jpeg') }), success),
    'groups.deletePicture': change(() => ({ picture: null }), success),
    'groups.setInfoAdminOnly': change((at) => ({ locked: adminsOnly(at) })),
    'groups.setMessagesAdminOnly': change((at) => ({ announcement: adminsOnly(at) })),
    'groups.getInfoAdminOnly': stored(({ locked }) => json(200, { adminsOnly: locked })),
    'groups.getMessagesAdminOnly': stored(({ announcement }) => json(200, { adminsOnly: announcement })),
    'groups.getInviteCode': inGroup(({ id }, { account }) => bareText(groups.inviteOf(account, id))),
    'groups.revokeInviteCode': inGroup(({ id }, { account }) => bareText(groups.revokeInvite(account, id))),
    'groups.listParticipants': whenConnected((at) => {
      const group = groupOf(at)
      if (!group) throw new EngineError("Cannot read properties of undefined (reading 'participants')")
      return json(200, serializeGroup(group).participants)
    }),
    'groups.listParticipantsV2': stored((group) => json(200, participants(group))),
    'groups.addParticipants': changePersons(groups.add),
    'groups.removeParticipants': changePersons(groups.remove),
    'groups.listJoinRequests': inGroup(({ id }, { account }) => {
      const requests = groups.requests(account, id).map(({ person, at }) => ({
        requesterId: `${person.lid}@lid`,
        requesterPn: person.jid,
        addedById: null,
        parentGroupId: null,
        requestMethod: 'invite_link',
        timestamp: seconds(at),
      }))
      return json(200, requests)
    }),
    'groups.approveJoinRequests': answerRequests(groups.approve),
    'groups.rejectJoinRequests': answerRequests(groups.reject),
    'groups.promote': changePersons(groups.promote),
    'groups.demote': changePersons(groups.demote),
  }
}

// WAHA's web framework sends a plain text with this content type
function bareText(text: string): Answer {
  return content(200, 'text/html; charset=utf-8', text)
}
