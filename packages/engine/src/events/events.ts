import type { EventData, EventType } from '@wamux/core'
import { meaningOf } from '@wamux/core'
import type { ParsedEvent } from '@wamux/core/webhooks'
import { digestOf, messageEventType } from '@wamux/core/webhooks'
import { enginePresence } from '../answers/chat.ts'
import { editedText } from '../answers/content.ts'
import { engineAck, engineMessage, fullMessageId, messageIdParts } from '../answers/message.ts'
import { messageIdOf } from '../answers/message-id.ts'
import { participantChangeOf, participantsIn } from '../answers/people.ts'
import { ofPerson, personIn, personOf } from '../answers/person.ts'
import { type Fields, firstOf, flagOf, idOf, jidOf, nameOf, omitUndefined, recordOf, textOf, timeOf } from '../fields/fields.ts'
import { engineStates } from '../session/session-states.ts'
import { isMe, ownMessage, withPerson } from './event-person.ts'

/** One event of a gateway with a WhatsApp engine, without its envelope. */
export interface EngineEvent {
  /** The gateway's word: `message.any`. */
  readonly word: string
  /** Session id. */
  readonly session?: string | undefined
  /** The gateway's id of the event. */
  readonly id?: string | undefined
  /** ms since the epoch. */
  readonly at?: number | undefined
  /** Content of the event. */
  readonly payload: unknown
  /** The account itself, where the delivery names it: `{ id, lid }`. */
  readonly me?: unknown
}

type EventContent<Type extends EventType = EventType> = {
  [T in Type]: { readonly type: T; readonly data: EventData[T]; readonly key?: string | undefined }
}[Type]
type Reader = (payload: Fields, event: EngineEvent) => readonly EventContent[]

/**
 * Reads an event. An unknown name or a malformed payload becomes `unknown`.
 *
 * @param event the event
 */
export function engineEvents(event: EngineEvent): readonly ParsedEvent[] {
  const { word, session, id, at } = event
  const payload = recordOf(event.payload)
  const read = Object.hasOwn(READERS, word) ? READERS[word] : undefined
  const contents = payload && read ? read(payload, event) : []
  const all: readonly EventContent[] = contents.length > 0 ? contents : [{ type: 'unknown', data: {} }]
  return all.map(({ type, data: content, key }, index) => {
    const data = payload ? withPerson(content, payload, event.me) : content
    // several events read from one delivery need different keys
    const dedupeKey = key ?? (id === undefined || index === 0 ? undefined : `${id}:${index}`)
    return { type, vendorType: word, session, id, at, data, dedupeKey } as ParsedEvent
  })
}

const READERS: Readonly<Record<string, Reader>> = {
  'session.status': readStatus,
  message: readMessage,
  'message.any': readMessage,
  'message.ack': readAck,
  'message.ack.group': readAck,
  'message.reaction': readReaction,
  'message.edited': readEdited,
  'message.revoked': readRevoked,
  'message.waiting': readUndecryptable,
  'poll.vote': readVote,
  // this payload has no choices, and read as `poll.vote` it would look like a withdrawn vote
  'poll.vote.failed': (payload) => readUndecryptable(recordOf(payload.vote) ?? {}),
  'event.response': readResponse,
  'event.response.failed': readUndecryptable,
  'group.v2.join': (payload) => [{ type: 'group.joined', data: groupOf(payload) }],
  'group.v2.leave': (payload) => [{ type: 'group.left', data: groupOf(payload) }],
  'group.v2.update': (payload) => [{ type: 'group.updated', data: groupOf(payload) }],
  'group.v2.participants': readParticipants,
  'group.v2.participants.join-request': readJoinRequest,
  'group.join': (payload) => [{ type: 'group.joined', data: groupOf(payload) }],
  'group.leave': (payload) => [{ type: 'group.left', data: groupOf(payload) }],
  'chat.archive': (payload) => [
    { type: 'chat.archived', data: omitUndefined({ chat: jidOf(payload.id), archived: flagOf(payload.archived) }) },
  ],
  'presence.update': readPresence,
  'label.upsert': (payload) => [{ type: 'label.upserted', data: labelOf(payload) }],
  'label.deleted': (payload) => [{ type: 'label.deleted', data: labelOf(payload) }],
  'label.chat.added': (payload) => [
    { type: 'label.assigned', data: { ...labelOf(payload), ...omitUndefined({ chat: jidOf(payload.chatId) }) } },
  ],
  'label.chat.deleted': (payload) => [
    { type: 'label.unassigned', data: { ...labelOf(payload), ...omitUndefined({ chat: jidOf(payload.chatId) }) } },
  ],
  'call.received': (payload) => [{ type: 'call.received', data: engineCall(payload) }],
  'call.accepted': (payload) => [{ type: 'call.accepted', data: engineCall(payload) }],
  'call.rejected': (payload) => [{ type: 'call.rejected', data: engineCall(payload) }],
}

function readStatus({ status, data }: Fields, { id }: EngineEvent): readonly EventContent[] {
  const meaning = meaningOf(engineStates, status)
  const { challenge } = meaning
  const stateEvent: EventContent = { type: 'session.status', data: meaning }
  if (!challenge) return [stateEvent]
  const value = textOf(recordOf(data)?.code)
  return [
    stateEvent,
    { type: 'session.challenge', data: omitUndefined({ challenge, value }), key: id === undefined ? undefined : `${id}:challenge` },
  ]
}

// gateways send the same message under two names to subscribers of both
function readMessage(payload: Fields, { session = '', me }: EngineEvent): readonly EventContent[] {
  // must run before the type is decided, because engines do not mark all own messages in groups
  const message = ownMessage(engineMessage(session, payload), me)
  const type = messageEventType(message)
  return [{ type, data: { message }, key: message.id === '' ? undefined : `${type}:${message.id}` }]
}

function readAck(payload: Fields, { me }: EngineEvent): readonly EventContent[] {
  const message = messageIdOf(payload.id)
  if (message === undefined) return []
  const chat = chatOf(payload)
  const ack = engineAck(payload)
  const person = jidOf(payload.participant)
  // some engines name the author of the message there, which is this account
  const own = person === undefined || person === messageIdParts(message)?.author || isMe(person, me)
  const from = own ? undefined : inGroup(person, chat)
  // `fromMe` is of the message, not of who received it
  const reader = from === undefined ? {} : { from, ...ofPerson(personIn(payload, { chat, from, fromMe: false })) }
  // two acks with different unknown words need different keys
  const word = ack === 'unknown' ? `unknown-${nameOf(firstOf(payload, 'ack', 'ackName', 'status'))}` : ack
  const key = ['message.ack', message, word, ...(person === undefined ? [] : [person])].join(':')
  if (ack === 'failed') return [{ type: 'message.failed', data: { ...omitUndefined({ message, chat }), ...reader }, key }]
  return [{ type: 'message.ack', data: { ...omitUndefined({ message, chat, ack }), ...reader }, key }]
}

/**
 * A key for something that can happen to one message several times: an edit, a reaction, a vote. It contains the id of that change, or its
 * time, or the id of the envelope. Without any of these it is `undefined`, and the key is made from the content of the whole delivery.
 */
function changeKey(
  kind: string,
  message: string,
  own: string | undefined,
  at: unknown,
  event: EngineEvent,
  content: string,
  author?: string,
): EventContent['key'] {
  const ownId = own !== undefined && bareId(own) !== bareId(message) ? own : undefined
  const stamp = ownId ?? timeOf(at) ?? event.id
  // the id of a change already contains its author, whom a payload may name by number or by LID
  const differing = ownId === undefined ? `${author} ${content}` : content
  return stamp === undefined ? undefined : [kind, message, stamp, digestOf(differing)].join(':')
}

function bareId(id: string): string {
  return messageIdParts(id)?.id ?? id
}

/** Who acted, in groups, among status posts and in broadcast lists. In a chat with one person the chat itself says it. */
function inGroup(person: string | undefined, chat: string | undefined): string | undefined {
  return chat !== undefined && /@(g\.us|broadcast)$/.test(chat) ? person : undefined
}

function readReaction(payload: Fields, event: EngineEvent): readonly EventContent[] {
  const reaction = recordOf(payload.reaction)
  const message = messageIdOf(reaction?.messageId)
  if (message === undefined) return []
  const chat = messageIdParts(message)?.chat ?? chatOf(payload)
  const emoji = typeof reaction?.text === 'string' ? reaction.text : ''
  const from = authorOf(payload)
  // in browser engines a changed reaction may keep its id, so the key needs emoji and time as well
  const content = [emoji, timeOf(payload.timestamp)].join(' ')
  const key = changeKey('reaction', message, messageIdOf(payload.id), payload.timestamp, event, content, from)
  return [{ type: 'message.reaction', data: omitUndefined({ message, chat, from, emoji }), key }]
}

function readEdited(payload: Fields, event: EngineEvent): readonly EventContent[] {
  const id = messageIdOf(payload.id)
  const parts = messageIdParts(id)
  const edited = messageIdOf(payload.editedMessageId)
  // only the author can edit a message, so both full ids differ in the bare id only
  const message = edited !== undefined && parts && !edited.includes('_') ? fullMessageId({ ...parts, id: edited }) : (edited ?? id)
  if (message === undefined) return []
  const text = textOf(firstOf(payload, 'body', 'newBody')) ?? editedText(recordOf(payload._data) ?? {})
  const chat = chatOf(payload)
  const data = omitUndefined({ message, chat, from: inGroup(authorOf(payload), chat), text })
  return [{ type: 'message.edited', data, key: changeKey('edited', message, id, editedAt(payload), event, text ?? '') }]
}

/** When the message was edited. The time of the payload is that of the message, and is the same for all its edits. */
function editedAt(payload: Fields): unknown {
  const data = recordOf(payload._data)
  const protocol = recordOf(recordOf(data?.message ?? data?.Message)?.protocolMessage)
  return firstOf(data, 'latestEditSenderTimestampMs') ?? firstOf(protocol, 'timestampMs', 'timestampMS') ?? firstOf(payload, 'editedAt')
}

function readRevoked(payload: Fields): readonly EventContent[] {
  const [before, after] = [recordOf(payload.before), recordOf(payload.after)]
  const message = revokedMessage(payload, before, after)
  if (message === undefined) return []
  const notice = after ?? before
  const chat = messageIdParts(message)?.chat ?? chatOf(notice ?? payload)
  // a bare id may occur in two chats
  const key = ['revoked', ...(messageIdParts(message) || chat === undefined ? [] : [chat]), message].join(':')
  return [{ type: 'message.revoked', data: omitUndefined({ message, chat, from: revokerOf(payload, chat) }), key }]
}

/** Who deleted the message: the author of the notice of the deletion. The deleted message itself names its own author. */
function revokerOf(payload: Fields, chat: string | undefined): string | undefined {
  const told = jidOf(payload.revokedBy)
  const notice = [payload.after, payload.before].map(recordOf).find((one) => one && protocolKey(one) !== undefined)
  return told ?? (notice && inGroup(authorOf(notice), chat))
}

/** The id of the deleted message. Both `before` and `after` may be the notice of the deletion, which has its own id. */
function revokedMessage(payload: Fields, before: Fields | undefined, after: Fields | undefined): string | undefined {
  const revoked = protocolKey(payload)
  const told = idOf(payload.revokedMessageId) ?? keyId(payload.revokedMessageId) ?? keyId(revoked)
  const [earlier, later] = [eventId(before?.id), eventId(after?.id)]
  if (told === undefined) return earlier ?? later ?? eventId(payload.id)
  if (messageIdParts(told)) return told
  const known = [earlier, later].find((id) => id !== undefined && messageIdParts(id)?.id === told)
  if (known !== undefined) return known
  const parts = messageIdParts(earlier) ?? messageIdParts(later)
  // an admin can delete the messages of other people; then the notice does not tell who wrote the message
  const author = jidOf(recordOf(revoked)?.participant)
  if (!parts || (author !== undefined && parts.author !== undefined && author !== parts.author)) return told
  return fullMessageId({ ...parts, id: told })
}

function eventId(id: unknown): string | undefined {
  return messageIdOf(id) ?? idOf(id)
}

/** The key of the message that a deletion is about, as the protocol or the web page has it. */
function protocolKey(payload: Fields): unknown {
  for (const from of [payload, recordOf(payload.after), recordOf(payload.before)]) {
    const data = recordOf(from?._data)
    const protocol = recordOf(recordOf(data?.message ?? data?.Message)?.protocolMessage)
    const key = firstOf(protocol, 'key') ?? firstOf(data, 'protocolMessageKey') ?? firstOf(from, 'protocolMessageKey')
    if (key !== undefined) return key
  }
  return undefined
}

/** The id of a key: bare text, or an object that has it. */
function keyId(key: unknown): string | undefined {
  return textOf(key) ?? textOf(firstOf(recordOf(key), '_serialized', '$1', 'id', 'ID'))
}

function readUndecryptable(payload: Fields): readonly EventContent[] {
  const message = messageIdOf(payload.id)
  const key = message === undefined ? undefined : `unreadable:${message}`
  const chat = chatOf(payload)
  return [{ type: 'message.undecryptable', data: omitUndefined({ message, chat, from: inGroup(authorOf(payload), chat) }), key }]
}

function readVote({ vote, poll }: Fields, event: EngineEvent): readonly EventContent[] {
  const cast = recordOf(vote) ?? {}
  const options = Array.isArray(cast.selectedOptions) ? cast.selectedOptions.filter((one) => typeof one === 'string') : []
  const message = messageIdOf(recordOf(poll)?.id)
  const chat = messageIdParts(message)?.chat ?? chatOf(cast)
  const from = authorOf(cast)
  const content = [timeOf(cast.timestamp), ...options].join(' ')
  const key = changeKey('vote', message ?? '', messageIdOf(cast.id), cast.timestamp, event, content, from)
  return [{ type: 'poll.vote', data: omitUndefined({ message, chat, from, options }), key }]
}

function readResponse(payload: Fields, event: EngineEvent): readonly EventContent[] {
  const message = messageIdOf(recordOf(payload.eventCreationKey)?.id)
  const response = textOf(recordOf(payload.eventResponse)?.response)?.toLowerCase()
  const chat = messageIdParts(message)?.chat ?? chatOf(payload)
  const from = authorOf(payload)
  const content = [timeOf(payload.timestamp), response].join(' ')
  const key = changeKey('response', message ?? '', messageIdOf(payload.id), payload.timestamp, event, content, from)
  return [{ type: 'event.response', data: omitUndefined({ message, chat, from, response }), key }]
}

function readParticipants(payload: Fields): readonly EventContent[] {
  const persons = participantsIn(payload.participants)
  const participants = persons.map(({ id }) => id)
  const change = participantChangeOf(firstOf(payload, 'type', 'action'))
  return [{ type: 'group.participants', data: { ...groupOf(payload), ...omitUndefined({ change, participants, persons }) } }]
}

const REQUESTS = ['created', 'revoked', 'rejected'] as const

function readJoinRequest(payload: Fields, event: EngineEvent): readonly EventContent[] {
  const change = REQUESTS.find((one) => one === payload.action)
  const from = jidOf(payload.requesterId)
  const person = personOf(from ?? jidOf(payload.requesterPn), payload.requesterPn)
  const group = groupOf(payload)
  const at = timeOf(payload.timestamp) ?? event.id
  const key = at === undefined ? undefined : ['join-request', group.group, from, nameOf(payload.action), at].join(':')
  return [
    {
      type: 'group.join_request',
      data: { ...group, ...omitUndefined({ change, from, method: textOf(payload.requestMethod) }), ...ofPerson(person) },
      key,
    },
  ]
}

function readPresence(payload: Fields, { session = '' }: EngineEvent): readonly EventContent[] {
  const { chat, presences } = enginePresence(session, payload, '')
  return presences.map(({ id, phone, lid, state }) => ({
    type: 'presence.updated',
    // a person without a number is read from the rest of the payload, by `withPerson`
    data: omitUndefined({
      chat: chat || undefined,
      from: id,
      presence: state,
      ...(phone && ofPerson(omitUndefined({ id, phone, lid }))),
    }),
  }))
}

function groupOf(payload: Fields): EventData['group.updated'] {
  const group = recordOf(payload.group) ?? payload
  // an older form has the fields in the envelope, whose id is not that of a group
  const id = [group.id, group.chatId, group.JID].map(jidOf).find((one) => one?.includes('@'))
  return omitUndefined({ group: id, subject: textOf(firstOf(group, 'subject', 'name')) })
}

function labelOf(payload: Fields): EventData['label.upserted'] {
  const label = recordOf(payload.label) ?? payload
  return omitUndefined({ label: idOf(payload.labelId) ?? idOf(label.id), name: textOf(label.name) })
}

/**
 * Reads a call: who calls, in which group, and whether with video.
 *
 * @param payload content of the event
 */
export function engineCall(payload: Fields): EventData['call.received'] {
  const data = recordOf(payload._data) ?? {}
  const group = [payload.groupJid, data.groupJid, data.GroupJID, payload.chatId, data.chatId]
    .map(jidOf)
    .find((one) => one?.endsWith('@g.us'))
  return omitUndefined({
    call: textOf(firstOf(payload, 'id', 'callId')),
    from: jidOf(firstOf(payload, 'from', 'peerJid')),
    video: flagOf(firstOf(payload, 'isVideo')) ?? flagOf(firstOf(data, 'isVideo')),
    group,
    groupCall: flagOf(firstOf(payload, 'isGroup')) ?? flagOf(firstOf(data, 'isGroup')) ?? (group === undefined ? undefined : true),
  })
}

function chatOf(payload: Fields): string | undefined {
  return messageIdParts(messageIdOf(payload.id))?.chat ?? jidOf(payload.fromMe === true ? firstOf(payload, 'to', 'from') : payload.from)
}

function authorOf(payload: Fields): string | undefined {
  const person = jidOf(firstOf(payload, 'participant', 'author'))
  if (person !== undefined) return person
  const author = messageIdParts(messageIdOf(payload.id))?.author
  if (author !== undefined) return author
  const from = jidOf(payload.from)
  const chat = chatOf(payload)
  return payload.fromMe === true && from === chat ? undefined : from
}
