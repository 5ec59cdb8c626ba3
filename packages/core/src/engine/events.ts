import { messageEventType } from '../events/message-event.ts'
import type { ParsedEvent } from '../events/parsed-event.ts'
import { meaningOf } from '../verbs/session-info.ts'
import type { EventData, EventType } from '../vocabulary/event.ts'
import { enginePresence } from './chat.ts'
import { type Fields, firstOf, flagOf, idOf, jidOf, omitUndefined, recordOf, textOf } from './fields.ts'
import { engineAck, engineMessage, fullMessageId, messageIdParts } from './message.ts'
import { engineParticipant, participantChangeOf } from './people.ts'
import { engineStates } from './session-states.ts'

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
}

type Told<Type extends EventType = EventType> = {
  [T in Type]: { readonly type: T; readonly data: EventData[T]; readonly key?: string | undefined }
}[Type]
type Reader = (payload: Fields, event: EngineEvent) => readonly Told[]

/**
 * Reads an event. An unknown name or a malformed payload becomes `unknown`.
 *
 * @param event the event
 */
export function engineEvents(event: EngineEvent): readonly ParsedEvent[] {
  const { word, session, id, at } = event
  const payload = recordOf(event.payload)
  const read = Object.hasOwn(READERS, word) ? READERS[word] : undefined
  const told = payload && read ? read(payload, event) : []
  const all: readonly Told[] = told.length > 0 ? told : [{ type: 'unknown', data: {} }]
  return all.map(({ type, data, key }, index) => {
    // gives each of several events out of one a key of its own
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
  'message.waiting': readUnread,
  'poll.vote': readVote,
  // without choices it would look like a vote that was withdrawn
  'poll.vote.failed': (payload) => readUnread(recordOf(payload.vote) ?? {}),
  'event.response': readResponse,
  'event.response.failed': readUnread,
  'group.v2.join': (payload) => [{ type: 'group.joined', data: groupOf(payload) }],
  'group.v2.leave': (payload) => [{ type: 'group.left', data: groupOf(payload) }],
  'group.v2.update': (payload) => [{ type: 'group.updated', data: groupOf(payload) }],
  'group.v2.participants': readParticipants,
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
  'call.received': (payload) => [{ type: 'call.received', data: callOf(payload) }],
  'call.accepted': (payload) => [{ type: 'call.accepted', data: callOf(payload) }],
  'call.rejected': (payload) => [{ type: 'call.rejected', data: callOf(payload) }],
}

function readStatus({ status, data }: Fields, { id }: EngineEvent): readonly Told[] {
  const meaning = meaningOf(engineStates, status)
  const { challenge } = meaning
  const told: Told = { type: 'session.status', data: meaning }
  if (!challenge) return [told]
  const value = textOf(recordOf(data)?.code)
  return [
    told,
    { type: 'session.challenge', data: omitUndefined({ challenge, value }), key: id === undefined ? undefined : `${id}:challenge` },
  ]
}

// gateways send the same message under two names to subscribers of both
function readMessage(payload: Fields, { session = '' }: EngineEvent): readonly Told[] {
  const message = engineMessage(session, payload)
  const type = messageEventType(message)
  return [{ type, data: { message }, key: message.id === '' ? undefined : `${type}:${message.id}` }]
}

function readAck(payload: Fields): readonly Told[] {
  const message = textOf(payload.id)
  if (message === undefined) return []
  const chat = chatOf(payload)
  const ack = engineAck(payload)
  const person = jidOf(payload.participant)
  const key = ['message.ack', message, ack, ...(person === undefined ? [] : [person])].join(':')
  if (ack === 'failed') return [{ type: 'message.failed', data: omitUndefined({ message, chat }), key }]
  return [{ type: 'message.ack', data: omitUndefined({ message, chat, ack }), key }]
}

function readReaction(payload: Fields): readonly Told[] {
  const reaction = recordOf(payload.reaction)
  const message = textOf(reaction?.messageId)
  if (message === undefined) return []
  const chat = messageIdParts(message)?.chat ?? chatOf(payload)
  const emoji = typeof reaction?.text === 'string' ? reaction.text : ''
  const own = textOf(payload.id)
  const key = own === undefined ? undefined : `reaction:${own}`
  return [{ type: 'message.reaction', data: omitUndefined({ message, chat, from: authorOf(payload), emoji }), key }]
}

function readEdited(payload: Fields): readonly Told[] {
  const parts = messageIdParts(payload.id)
  const edited = textOf(payload.editedMessageId)
  // who edits is who wrote: only the bare id differs
  const message =
    edited !== undefined && parts && !edited.includes('_') ? fullMessageId({ ...parts, id: edited }) : (edited ?? textOf(payload.id))
  if (message === undefined) return []
  const own = textOf(payload.id)
  const data = omitUndefined({ message, chat: chatOf(payload), text: textOf(payload.body) })
  return [{ type: 'message.edited', data, key: own === undefined ? undefined : `edited:${own}` }]
}

function readRevoked(payload: Fields): readonly Told[] {
  const before = recordOf(payload.before)
  const after = recordOf(payload.after)
  const bare = textOf(payload.revokedMessageId)
  const parts = messageIdParts(after?.id)
  const message =
    textOf(before?.id) ?? (bare !== undefined && parts && !bare.includes('_') ? revokedId(bare, payload) : (bare ?? textOf(after?.id)))
  if (message === undefined) return []
  const chat = messageIdParts(message)?.chat ?? parts?.chat ?? chatOf(after ?? before ?? {})
  return [{ type: 'message.revoked', data: omitUndefined({ message, chat }), key: `revoked:${message}` }]
}

// an admin can delete the messages of other people; then the deletion does not tell who wrote the message
function revokedId(bare: string, { after, _data }: Fields): string {
  const parts = messageIdParts(recordOf(after)?.id)
  const data = recordOf(_data) ?? recordOf(recordOf(after)?._data)
  const key = recordOf(recordOf(recordOf(data?.message ?? data?.Message)?.protocolMessage)?.key)
  const author = jidOf(key?.participant)
  if (!parts || (author !== undefined && parts.author !== undefined && author !== parts.author)) return bare
  return fullMessageId({ ...parts, id: bare })
}

function readUnread(payload: Fields): readonly Told[] {
  const message = textOf(payload.id)
  const key = message === undefined ? undefined : `unreadable:${message}`
  return [{ type: 'message.undecryptable', data: omitUndefined({ message, chat: chatOf(payload) }), key }]
}

function readVote({ vote, poll }: Fields): readonly Told[] {
  const cast = recordOf(vote) ?? {}
  const options = Array.isArray(cast.selectedOptions) ? cast.selectedOptions.filter((one) => typeof one === 'string') : []
  const message = textOf(recordOf(poll)?.id)
  const chat = messageIdParts(message)?.chat ?? chatOf(cast)
  return [{ type: 'poll.vote', data: omitUndefined({ message, chat, from: authorOf(cast), options }) }]
}

function readResponse(payload: Fields): readonly Told[] {
  const message = textOf(recordOf(payload.eventCreationKey)?.id)
  const response = textOf(recordOf(payload.eventResponse)?.response)?.toLowerCase()
  const chat = messageIdParts(message)?.chat ?? chatOf(payload)
  return [{ type: 'event.response', data: omitUndefined({ message, chat, from: authorOf(payload), response }) }]
}

function readParticipants(payload: Fields): readonly Told[] {
  const list = Array.isArray(payload.participants) ? payload.participants : []
  const participants = list.flatMap((one) => engineParticipant(one)?.id ?? [])
  const change = participantChangeOf(payload.type)
  return [{ type: 'group.participants', data: { ...groupOf(payload), ...omitUndefined({ change, participants }) } }]
}

function readPresence(payload: Fields, { session = '' }: EngineEvent): readonly Told[] {
  const { chat, presences } = enginePresence(session, payload, '')
  return presences.map(({ id, state }) => ({
    type: 'presence.updated',
    data: omitUndefined({ chat: chat || undefined, from: id, presence: state }),
  }))
}

function groupOf(payload: Fields): EventData['group.updated'] {
  const group = recordOf(payload.group) ?? payload
  return omitUndefined({ group: jidOf(firstOf(group, 'id', 'chatId', 'JID')), subject: textOf(firstOf(group, 'subject', 'name')) })
}

function labelOf(payload: Fields): EventData['label.upserted'] {
  const label = recordOf(payload.label) ?? payload
  return omitUndefined({ label: idOf(payload.labelId) ?? idOf(label.id), name: textOf(label.name) })
}

function callOf(payload: Fields): EventData['call.received'] {
  return omitUndefined({ call: textOf(payload.id), from: jidOf(payload.from) })
}

function chatOf(payload: Fields): string | undefined {
  return messageIdParts(payload.id)?.chat ?? jidOf(payload.fromMe === true ? firstOf(payload, 'to', 'from') : payload.from)
}

function authorOf(payload: Fields): string | undefined {
  const person = jidOf(firstOf(payload, 'participant', 'author'))
  if (person !== undefined) return person
  const from = jidOf(payload.from)
  const chat = chatOf(payload)
  return payload.fromMe === true && from === chat ? undefined : from
}
