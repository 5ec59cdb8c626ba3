import type { Account, GroupChange, ParticipantResult } from '../../network/types.ts'
import { serializeChannel } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord } from '../http.ts'
import { remoteFileIn } from './messages.ts'
import { field, flag, given, idsIn, page, personAt, Refusal, type RequestContext, required, SUCCESS } from './request-context.ts'
import { chatPicture, pictureUrl, serializeGroup, serializeJid, serializeMessage } from './serialize.ts'

/** The engine's status for the reasons why a person was not added. */
const CODES: Readonly<Record<NonNullable<ParticipantResult['reason']>, number>> = {
  'not registered': 404,
  'is in it already': 409,
  'is not in it': 404,
  'is the owner': 406,
  'has not asked': 404,
}

const inPath = ({ params }: Call) => params.id ?? ''

/** Groups and channels. */
export function groupHandlers(context: RequestContext): Record<string, Handler> {
  const { state } = context
  const { groups } = state.network

  const persons = (call: Call): readonly Account[] => {
    const ids = idsIn(call, 'participants')
    if (ids.length === 0) throw new Refusal({ status: 400, message: 'participants is required' })
    return ids.map((id) => personAt(context, id))
  }

  const change = (what: (call: Call) => GroupChange | Promise<GroupChange>) =>
    context.connected(async (account, call) => {
      groups.change(account, inPath(call), await what(call))
      return SUCCESS
    })

  /** Only adding answers with a result for each person. */
  const changePersons = (act: 'remove' | 'promote' | 'demote') =>
    context.connected((account, call) => {
      const changed = groups[act](account, inPath(call), persons(call))
      return { status: changed.every(({ ok }) => ok) ? 200 : 207 }
    })

  return {
    'groups.list': context.connected((account, call) =>
      page(call, groups.of(account)).map((group) => serializeGroup(state, account, group)),
    ),
    'groups.count': context.connected((account) => ({ count: groups.of(account).length })),
    'groups.refresh': context.connected(() => SUCCESS),
    'groups.get': context.connected((account, call) => serializeGroup(state, account, groups.get(account, inPath(call)))),
    'groups.getParticipants': context.connected((account, call) =>
      [...groups.get(account, inPath(call)).participants].map(([{ jid }, role]) => ({
        id: serializeJid(jid),
        isAdmin: role !== 'member',
        isSuperAdmin: role === 'owner',
      })),
    ),

    'groups.create': context.connected((account, call) => {
      const wanted = persons(call)
      const { id, subject, participants } = groups.create(account, { subject: required(call, 'name'), participants: wanted })
      const codes = wanted.map((person) => [person.jid, { statusCode: participants.has(person) ? 200 : 404, isGroupCreator: false }])
      return { title: subject, gid: serializeJid(id), participants: Object.fromEntries(codes) }
    }),

    'groups.leave': context.connected((account, call) => {
      groups.leave(account, inPath(call))
      return SUCCESS
    }),
    'groups.join': context.connected((account, call) => ({ id: groups.join(account, required(call, 'code')).group.id })),
    'groups.getJoinInfo': context.connected((_, call) => {
      const group = groups.byInvite(required(call, 'code'))
      if (!group) throw new Refusal({ status: 404, message: 'The invite is not valid' })
      return { id: serializeJid(group.id), subject: group.subject, description: group.description, size: group.participants.size }
    }),
    'groups.getInviteCode': context.connected((account, call) => groups.inviteOf(account, inPath(call))),
    'groups.revokeInviteCode': context.connected((account, call) => groups.revokeInvite(account, inPath(call))),

    'groups.addParticipants': context.connected((account, call) => {
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
    'groups.getPicture': context.connected((account, call) => ({ url: chatPicture(state, groups.get(account, inPath(call)).id) })),
    'groups.setPicture': change(async (call) => ({ picture: await remoteFileIn(context, call, 'file') })),
    'groups.deletePicture': change(() => ({ picture: null })),
    'groups.getInfoAdminOnly': context.connected((account, call) => ({ adminsOnly: groups.get(account, inPath(call)).locked })),
    'groups.setInfoAdminOnly': change((call) => ({ locked: adminsOnly(call) })),
    'groups.getMessagesAdminOnly': context.connected((account, call) => ({ adminsOnly: groups.get(account, inPath(call)).announcement })),
    'groups.setMessagesAdminOnly': change((call) => ({ announcement: adminsOnly(call) })),

    ...channelHandlers(context),
  }
}

function adminsOnly(call: Call): boolean {
  const value = flag(call, 'adminsOnly')
  if (value === undefined) throw new Refusal({ status: 400, message: 'adminsOnly is required' })
  return value
}

function channelHandlers(context: RequestContext): Record<string, Handler> {
  const { state } = context
  const { network } = state
  const { channels } = network

  const words = (account: Account, id: string) => {
    const channel = channels.get(id)
    return serializeChannel(account, channel, pictureUrl(state, channel.picture))
  }
  const change = (act: (account: Account, id: string) => void) =>
    context.connected((account, call) => {
      act(account, inPath(call))
      return SUCCESS
    })

  return {
    'channels.list': context.connected((account, call) => {
      const role = field(call, 'role')
      const all = channels.of(account).map(({ id }) => words(account, id))
      return all.filter((channel) => role === undefined || channel.role === role)
    }),
    'channels.get': context.connected((account, call) => words(account, channels.byInvite(inPath(call))?.id ?? inPath(call))),
    'channels.create': context.connected(async (account, call) => {
      const picture = isRecord(call.body.picture) ? await remoteFileIn(context, call, 'picture') : undefined
      const { id } = channels.create(account, { name: required(call, 'name'), description: field(call, 'description'), picture })
      return words(account, id)
    }),
    'channels.delete': change(channels.delete),
    'channels.follow': change(channels.follow),
    'channels.unfollow': change(channels.unfollow),
    'channels.mute': change((account, id) => channels.mute(account, id, true)),
    'channels.unmute': change((account, id) => channels.mute(account, id, false)),
    'channels.previewMessages': context.connected((account, call) => {
      const { id } = channels.get(inPath(call))
      const posts = network.messages().filter(({ chat }) => chat === id)
      return page(call, posts.reverse()).map((message) => ({
        message: serializeMessage(state, account, message),
        reactions: {},
        viewCount: [...message.receipts.values()].filter((ack) => ack >= 3).length,
      }))
    }),
  }
}
