import type { Account, Changed, GroupChange } from '../../network/types.ts'
import { channelWords } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord } from '../http.ts'
import { remoteFileIn } from './messages.ts'
import { DONE, field, flag, given, idsIn, page, personAt, Refusal, required, type WawpDesk } from './request-context.ts'
import { chatPicture, engineGroup, engineMessage, pictureUrl, wid } from './serialize.ts'

/** How the engine says why a person was not added. */
const CODES: Readonly<Record<NonNullable<Changed['reason']>, number>> = {
  'not registered': 404,
  'is in it already': 409,
  'is not in it': 404,
  'is the owner': 406,
  'has not asked': 404,
}

const inPath = ({ params }: Call) => params.id ?? ''

/** Groups and channels. */
export function groupHandlers(desk: WawpDesk): Record<string, Handler> {
  const { world } = desk
  const { groups } = world.network

  const persons = (call: Call): readonly Account[] => {
    const ids = idsIn(call, 'participants')
    if (ids.length === 0) throw new Refusal({ status: 400, message: 'participants is required' })
    return ids.map((id) => personAt(desk, id))
  }

  const change = (what: (call: Call) => GroupChange | Promise<GroupChange>) =>
    desk.connected(async (account, call) => {
      groups.change(account, inPath(call), await what(call))
      return DONE
    })

  /** The engine tells of each person only for adding. */
  const changePersons = (act: 'remove' | 'promote' | 'demote') =>
    desk.connected((account, call) => {
      const changed = groups[act](account, inPath(call), persons(call))
      return { status: changed.every(({ ok }) => ok) ? 200 : 207 }
    })

  return {
    'groups.list': desk.connected((account, call) => page(call, groups.of(account)).map((group) => engineGroup(world, account, group))),
    'groups.count': desk.connected((account) => ({ count: groups.of(account).length })),
    'groups.refresh': desk.connected(() => DONE),
    'groups.get': desk.connected((account, call) => engineGroup(world, account, groups.get(account, inPath(call)))),
    'groups.getParticipants': desk.connected((account, call) =>
      [...groups.get(account, inPath(call)).participants].map(([{ jid }, role]) => ({
        id: wid(jid),
        isAdmin: role !== 'member',
        isSuperAdmin: role === 'owner',
      })),
    ),

    'groups.create': desk.connected((account, call) => {
      const wanted = persons(call)
      const { id, subject, participants } = groups.create(account, { subject: required(call, 'name'), participants: wanted })
      const codes = wanted.map((person) => [person.jid, { statusCode: participants.has(person) ? 200 : 404, isGroupCreator: false }])
      return { title: subject, gid: wid(id), participants: Object.fromEntries(codes) }
    }),

    'groups.leave': desk.connected((account, call) => {
      groups.leave(account, inPath(call))
      return DONE
    }),
    'groups.join': desk.connected((account, call) => ({ id: groups.join(account, required(call, 'code')).group.id })),
    'groups.getJoinInfo': desk.connected((_, call) => {
      const group = groups.byInvite(required(call, 'code'))
      if (!group) throw new Refusal({ status: 404, message: 'The invite is not valid' })
      return { id: wid(group.id), subject: group.subject, description: group.description, size: group.participants.size }
    }),
    'groups.getInviteCode': desk.connected((account, call) => groups.inviteOf(account, inPath(call))),
    'groups.revokeInviteCode': desk.connected((account, call) => groups.revokeInvite(account, inPath(call))),

    'groups.addParticipants': desk.connected((account, call) => {
      const changed = groups.add(account, inPath(call), persons(call))
      const told = changed.map(({ person, reason }) => [
        person.jid,
        { code: reason === undefined ? 200 : CODES[reason], message: reason ?? 'The participant was added', isInviteV4Sent: false },
      ])
      return Object.fromEntries(told)
    }),
    'groups.removeParticipants': changePersons('remove'),
    'groups.promote': changePersons('promote'),
    'groups.demote': changePersons('demote'),

    'groups.setSubject': change((call) => ({ subject: required(call, 'subject') })),
    'groups.setDescription': change((call) => ({ description: given(call, 'description') })),
    'groups.getPicture': desk.connected((account, call) => ({ url: chatPicture(world, groups.get(account, inPath(call)).id) })),
    'groups.setPicture': change(async (call) => ({ picture: await remoteFileIn(desk, call, 'file') })),
    'groups.deletePicture': change(() => ({ picture: null })),
    'groups.getInfoAdminOnly': desk.connected((account, call) => ({ adminsOnly: groups.get(account, inPath(call)).locked })),
    'groups.setInfoAdminOnly': change((call) => ({ locked: adminsOnly(call) })),
    'groups.getMessagesAdminOnly': desk.connected((account, call) => ({ adminsOnly: groups.get(account, inPath(call)).announcement })),
    'groups.setMessagesAdminOnly': change((call) => ({ announcement: adminsOnly(call) })),

    ...channelHandlers(desk),
  }
}

function adminsOnly(call: Call): boolean {
  const value = flag(call, 'adminsOnly')
  if (value === undefined) throw new Refusal({ status: 400, message: 'adminsOnly is required' })
  return value
}

function channelHandlers(desk: WawpDesk): Record<string, Handler> {
  const { world } = desk
  const { network } = world
  const { channels } = network

  const words = (account: Account, id: string) => {
    const channel = channels.get(id)
    return channelWords(account, channel, pictureUrl(world, channel.picture))
  }
  const change = (act: (account: Account, id: string) => void) =>
    desk.connected((account, call) => {
      act(account, inPath(call))
      return DONE
    })

  return {
    'channels.list': desk.connected((account, call) => {
      const role = field(call, 'role')
      const all = channels.of(account).map(({ id }) => words(account, id))
      return all.filter((channel) => role === undefined || channel.role === role)
    }),
    'channels.get': desk.connected((account, call) => words(account, channels.byInvite(inPath(call))?.id ?? inPath(call))),
    'channels.create': desk.connected(async (account, call) => {
      const picture = isRecord(call.body.picture) ? await remoteFileIn(desk, call, 'picture') : undefined
      const { id } = channels.create(account, { name: required(call, 'name'), description: field(call, 'description'), picture })
      return words(account, id)
    }),
    'channels.delete': change(channels.delete),
    'channels.follow': change(channels.follow),
    'channels.unfollow': change(channels.unfollow),
    'channels.mute': change((account, id) => channels.mute(account, id, true)),
    'channels.unmute': change((account, id) => channels.mute(account, id, false)),
    'channels.previewMessages': desk.connected((account, call) => {
      const { id } = channels.get(inPath(call))
      const posts = network.messages().filter(({ chat }) => chat === id)
      return page(call, posts.reverse()).map((message) => ({
        message: engineMessage(world, account, message),
        reactions: {},
        viewCount: [...message.receipts.values()].filter((ack) => ack >= 3).length,
      }))
    }),
  }
}
