import { ackName, changedCopy } from '../../network/messages/message.ts'
import type { Network } from '../../network/network.ts'
import type { Account, Group, Message } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import type { SessionEvent } from '../../sessions/session-events.ts'
import { ENGINE_STATUS } from '../waha/serialize.ts'
import { bareIdOf, fullIdOf, participants, seconds, serializeLabel, serializePresence } from './serialize.ts'

/** An event in the words of gateways that run WhatsApp engines. */
export interface EngineEvent {
  readonly word: string
  readonly payload: unknown
}

/** Writes a message in the form of an engine. */
export type DescribeMessage = (account: Account, message: Message) => Record<string, unknown>

/** The engine events of a session event: several, one or none. */
export function toEngineEvents(network: Network, session: Session, event: SessionEvent, describe: DescribeMessage): readonly EngineEvent[] {
  switch (event.type) {
    case 'custom':
      return [{ word: event.name, payload: event.payload }]
    case 'session':
      // the first QR code follows at once and carries the same status
      return event.phase === 'pairing' ? [] : [{ word: 'session.status', payload: statusOf(session) }]
    case 'qr':
      return [{ word: 'session.status', payload: statusOf(session) }]
    case 'message':
    case 'ack':
    case 'reaction':
    case 'edit':
    case 'revoke':
    case 'vote':
      return ofMessage(event, describe)
    case 'group-joined':
      return [{ word: 'group.v2.join', payload: { timestamp: seconds(event.at), group: groupInfo(event.group), _data: {} } }]
    case 'group-left':
      return [{ word: 'group.v2.leave', payload: { timestamp: seconds(event.at), group: { id: event.group.id }, _data: {} } }]
    case 'group-changed':
      return [{ word: 'group.v2.update', payload: { timestamp: seconds(event.at), group: groupInfo(event.group), _data: {} } }]
    case 'group-participants':
      return [{ word: 'group.v2.participants', payload: participantsChanged(event) }]
    case 'chat': {
      const { chat, change, at } = event
      const archived = change === 'archived'
      if (!archived && change !== 'unarchived') return []
      return [{ word: 'chat.archive', payload: { id: chat, archived, timestamp: seconds(at) } }]
    }
    case 'presence': {
      const { chat, by, presence } = event
      const { lastSeenAt } = network.presence.own(by)
      return [{ word: 'presence.update', payload: serializePresence(chat, [{ person: by, presence, lastSeenAt }]) }]
    }
    case 'label':
      return [{ word: event.change === 'deleted' ? 'label.deleted' : 'label.upsert', payload: serializeLabel(event.label) }]
    case 'labelled': {
      const { label, chat, added } = event
      const payload = { labelId: label.id, chatId: chat, label: serializeLabel(label) }
      return [{ word: added ? 'label.chat.added' : 'label.chat.deleted', payload }]
    }
    case 'group-request':
      return [{ word: 'group.v2.participants.join-request', payload: joinRequest(event) }]
    case 'call': {
      // the engine reports the end of a call that nobody accepted as a rejection, and does not report the end of an accepted one
      if (event.change === 'ended') return []
      const { id, from, at, video, group } = event.call
      const data = { id, from: from.jid, status: CALLS[event.change], ...(group === undefined ? {} : { groupJid: group }) }
      const payload = { id, from: from.jid, timestamp: seconds(at), isVideo: video, isGroup: group !== undefined, _data: data }
      return [{ word: `call.${event.change === 'missed' ? 'rejected' : event.change}`, payload }]
    }
    default:
      return []
  }
}

/** What an engine reports about the state of a session. */
export function statusOf({ name, phase, phases }: Session): Record<string, unknown> {
  // connecting is no status of its own
  const shown = phases.filter((one) => one.phase !== 'connecting')
  return { name, status: ENGINE_STATUS[phase], statuses: shown.map((one) => ({ status: ENGINE_STATUS[one.phase], timestamp: one.at })) }
}

type OfMessage = Extract<SessionEvent, { type: 'message' | 'ack' | 'reaction' | 'edit' | 'revoke' | 'vote' }>

function ofMessage(event: OfMessage, describe: DescribeMessage): readonly EngineEvent[] {
  const { account, chat, message, at } = event
  const id = fullIdOf(account, chat, message)
  const own = message.from === account
  const ends = own ? { from: account.jid, to: chat } : { from: chat, to: account.jid }
  switch (event.type) {
    case 'message': {
      const payload = describe(account, message)
      return (event.fromMe ? ['message.any'] : ['message', 'message.any']).map((word) => ({ word, payload }))
    }
    case 'ack': {
      const { receipt, by } = event
      const inGroup = chat.endsWith('@g.us') && by !== undefined
      const payload = { id, ...ends, participant: inGroup ? by.jid : null, fromMe: own, ack: receipt, ackName: ackName(receipt) }
      return [{ word: inGroup ? 'message.ack.group' : 'message.ack', payload }]
    }
    case 'reaction': {
      const { by, emoji } = event
      const fromMe = by === account
      const reaction = { text: emoji, messageId: id }
      const sides = fromMe ? { from: account.jid, to: chat } : { from: chat, to: account.jid }
      // a reaction is a message of its own in WhatsApp, but not in the emulator's network
      const ownId = fullIdOf(account, chat, changedCopy(message, { id: `${message.id}R${by.phone}${at}`, from: by }))
      const participant = chat.endsWith('@g.us') ? by.jid : null
      return [
        {
          word: 'message.reaction',
          payload: { id: ownId, timestamp: seconds(at), ...sides, fromMe, source: 'app', participant, reaction },
        },
      ]
    }
    case 'edit': {
      const changed = describe(account, changedCopy(message, { id: `${message.id}E${at}` }))
      return [{ word: 'message.edited', payload: { ...changed, timestamp: seconds(at), editedMessageId: bareIdOf(id) } }]
    }
    case 'revoke': {
      const after = describe(account, changedCopy(message, { id: `${message.id}X` }))
      // the network does not keep the text from before the deletion
      return [{ word: 'message.revoked', payload: { revokedMessageId: bareIdOf(id), after, before: null, _data: {} } }]
    }
    case 'vote': {
      const { by, options } = event
      const fromMe = by === account
      const sides = fromMe ? { from: account.jid, to: chat } : { from: by.jid, to: account.jid }
      const voteId = fullIdOf(account, chat, changedCopy(message, { id: `${message.id}V${by.phone}${at}`, from: by }))
      const vote = { id: voteId, selectedOptions: options, timestamp: at, ...sides, fromMe }
      return [{ word: 'poll.vote', payload: { vote, poll: { id, ...ends, fromMe: own } } }]
    }
  }
}

function groupInfo(group: Group): Record<string, unknown> {
  const { id, subject, description, invite, announcement, approval } = group
  return {
    id,
    subject,
    description,
    invite: `https://chat.whatsapp.com/${invite}`,
    membersCanAddNewMember: false,
    membersCanSendMessages: !announcement,
    newMembersApprovalRequired: approval,
    participants: participants(group),
  }
}

const CALLS = { received: 'offer', accepted: 'accept', rejected: 'reject', missed: 'terminate' } as const

function joinRequest({ group, by, change, at }: Extract<SessionEvent, { type: 'group-request' }>): object {
  return {
    group: { id: group.id },
    action: change,
    requesterId: `${by.lid}@lid`,
    requesterPn: by.jid,
    requestMethod: 'invite_link',
    timestamp: seconds(at),
    _data: {},
  }
}

const CHANGES = { added: 'join', removed: 'leave', promoted: 'promote', demoted: 'demote' } as const

function participantsChanged({ group, change, participants: persons, at }: Extract<SessionEvent, { type: 'group-participants' }>): object {
  const roles = new Map(participants(group).map(({ id, role }) => [id, role]))
  return {
    type: CHANGES[change],
    timestamp: seconds(at),
    group: { id: group.id },
    participants: persons.map(({ jid }) => ({ id: jid, pn: jid, role: roles.get(jid) ?? 'left' })),
    _data: {},
  }
}
