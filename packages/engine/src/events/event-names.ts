import type { EventType } from '@wamux/core'

/** The gateways' words for each type of event; empty when they have none. */
const WORDS: Readonly<Record<EventType, readonly string[]>> = {
  'session.status': ['session.status'],
  'session.challenge': ['session.status'],
  'message.received': ['message'],
  'message.sent': ['message.any'],
  'message.ack': ['message.ack', 'message.ack.group'],
  'message.failed': ['message.ack', 'message.ack.group'],
  'message.reaction': ['message.reaction'],
  'message.edited': ['message.edited'],
  'message.revoked': ['message.revoked'],
  'message.undecryptable': ['message.waiting', 'poll.vote.failed', 'event.response.failed'],
  'poll.vote': ['poll.vote'],
  'event.response': ['event.response'],
  'group.joined': ['group.v2.join'],
  'group.left': ['group.v2.leave'],
  'group.updated': ['group.v2.update'],
  'group.participants': ['group.v2.participants'],
  // since WAHA 2026.8.2; older versions ignore a name that they do not know
  'group.join_request': ['group.v2.participants.join-request'],
  'chat.updated': [],
  'chat.archived': ['chat.archive'],
  'contact.updated': [],
  'presence.updated': ['presence.update'],
  'label.upserted': ['label.upsert'],
  'label.deleted': ['label.deleted'],
  'label.assigned': ['label.chat.added'],
  'label.unassigned': ['label.chat.deleted'],
  'call.received': ['call.received'],
  'call.accepted': ['call.accepted'],
  'call.rejected': ['call.rejected'],
  'call.missed': [],
  'call.ended': [],
  'channel.message': ['message'],
  'status.posted': ['message'],
  'connection.lost': [],
  'connection.restored': [],
  'connection.gap': [],
  unknown: [],
}

/** The types of events that these gateways report: those that they have a word for. */
export const engineEventTypes: readonly EventType[] = /* @__PURE__ */ (Object.keys(WORDS) as EventType[]).filter(
  (type) => WORDS[type].length > 0,
)

/**
 * The gateways' words for types of events, to subscribe with.
 *
 * @param types default: all that there is a word for
 * @returns the words, and the types that have none
 */
export function engineEventWords(types?: readonly EventType[]): {
  readonly words: readonly string[]
  readonly missing: readonly EventType[]
} {
  const wanted = types ?? (Object.keys(WORDS) as EventType[])
  const wordsOf = (type: EventType): readonly string[] => (Object.hasOwn(WORDS, type) ? WORDS[type] : [])
  const words = new Set(wanted.flatMap(wordsOf))
  // `message.any` includes `message`: a subscriber to both would get each received message twice
  if (words.has('message.any')) words.delete('message')
  return { words: [...words], missing: types?.filter((type) => wordsOf(type).length === 0) ?? [] }
}
