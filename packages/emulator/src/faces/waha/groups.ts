import type { Account, Changed, Group, GroupChange, Role } from '../../network/types.ts'
import type { World } from '../../state.ts'
import { participants, seconds } from '../engine/serialize.ts'
import type { Handler } from '../handler.ts'
import { empty, json, textOf } from '../http.ts'
import { fileIn } from './files.ts'
import { nowebJid } from './messages.ts'
import { crash, type Linked, linkedTo, pageOf, personsIn } from './request-context.ts'
import { nestError } from './serialize.ts'

const ADMINS: Readonly<Record<Role, string | null>> = { member: null, admin: 'admin', owner: 'superadmin' }
const CODES = { 'not registered': '404', 'is in it already': '409', 'is not in it': '404', 'is the owner': '406', 'has not asked': '404' }

/** Groups, as the engine NOWEB has them. */
export function groupHandlers(world: World): Record<string, Handler> {
  const linked = linkedTo(world)
  const { groups } = world.network

  function groupWords(group: Group, withParticipants = true): Record<string, unknown> {
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

  /** A call about one group that the account is in. */
  const inGroup = (play: (group: Group, at: Linked) => Response | Promise<Response>) =>
    linked((at) => {
      const id = at.call.params.id ?? ''
      const group = groups.of(at.account).find((one) => one.id === id)
      // an unknown group ends inside the engine
      return group ? play(group, at) : crash(world, at.call, `Group with id '${id}' not found`)
    })

  const change = (changeOf: (at: Linked) => GroupChange | Promise<GroupChange>, answer: () => Response = () => empty(200)) =>
    inGroup(async ({ id }, at) => {
      groups.change(at.account, id, await changeOf(at))
      return answer()
    })

  const changePersons = (act: (by: Account, id: string, persons: readonly Account[]) => readonly Changed[]) =>
    inGroup(({ id }, { account, call }) => {
      const changed = act(account, id, personsIn(world, call))
      return json(
        200,
        changed.map(({ person, ok, reason }) => {
          return { status: ok || reason === undefined ? '200' : CODES[reason], jid: nowebJid(person.jid), content: {} }
        }),
      )
    })

  const success = () => json(200, { success: true })
  const adminsOnly = ({ call }: Linked) => call.body.adminsOnly === true
  const picture = (group: Group) => (group.picture ? world.files.urlOf(group.picture) : null)

  return {
    'groups.list': linked(({ account, call }) => {
      const withParticipants = !call.query.getAll('exclude').includes('participants')
      const shown = pageOf(groups.of(account), call).map((group) => [group.id, groupWords(group, withParticipants)])
      return json(200, Object.fromEntries(shown))
    }),
    'groups.create': linked(({ account, call }) => {
      const made = groups.create(account, { subject: String(call.body.name), participants: personsIn(world, call) })
      return json(201, groupWords(made))
    }),
    'groups.count': linked(({ account }) => json(200, { count: groups.of(account).length })),
    'groups.refresh': linked(success),
    'groups.getJoinInfo': linked(({ call }) => {
      const group = groups.byInvite(call.query.get('code') ?? '')
      return group ? json(200, groupWords(group, false)) : crash(world, call, 'item-not-found', { data: 404 })
    }),
    'groups.join': linked(({ account, call }) => json(200, { id: groups.join(account, textOf(call.body.code) ?? '').group.id })),
    'groups.get': inGroup((group) => json(200, groupWords(group))),
    'groups.delete': linked(() => {
      const text = "The method is not implemented by 'NOWEB' engine. Check the docs and try another engine: https://waha.devlike.pro/"
      return nestError(501, 'Not Implemented', text)
    }),
    'groups.leave': inGroup(({ id }, { account }) => {
      groups.leave(account, id)
      return empty(200)
    }),
    'groups.setSubject': change(({ call }) => ({ subject: String(call.body.subject) })),
    'groups.setDescription': change(({ call }) => ({ description: String(call.body.description) })),
    'groups.getPicture': inGroup((group) => json(200, { url: picture(group) })),
    'groups.setPicture': change(async ({ call }) => ({ picture: await fileIn(world, call, 'image/jpeg') }), success),
    'groups.deletePicture': change(() => ({ picture: null }), success),
    'groups.setInfoAdminOnly': change((at) => ({ locked: adminsOnly(at) })),
    'groups.setMessagesAdminOnly': change((at) => ({ announcement: adminsOnly(at) })),
    'groups.getInfoAdminOnly': inGroup(({ locked }) => json(200, { adminsOnly: locked })),
    'groups.getMessagesAdminOnly': inGroup(({ announcement }) => json(200, { adminsOnly: announcement })),
    'groups.getInviteCode': inGroup(({ id }, { account }) => bareText(groups.inviteOf(account, id))),
    'groups.revokeInviteCode': inGroup(({ id }, { account }) => bareText(groups.revokeInvite(account, id))),
    'groups.listParticipants': inGroup((group) => json(200, groupWords(group).participants)),
    'groups.listParticipantsV2': inGroup((group) => json(200, participants(group))),
    'groups.addParticipants': changePersons(groups.add),
    'groups.removeParticipants': changePersons(groups.remove),
    'groups.promote': changePersons(groups.promote),
    'groups.demote': changePersons(groups.demote),
  }
}

// the framework sends a bare text under this type
function bareText(text: string): Response {
  return new Response(text, { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } })
}
