import type { Channel, Chat, ChatKind, Label, Presence, PresenceState } from '@wamux/core'
import { firstOf, flagOf, idOf, jidOf, numberOf, omitUndefined, recordOf, textOf, timeOf, wordOf } from '../fields/fields.ts'
import { namesBeside, namesOnCard, personOf } from './person.ts'

const KINDS: Readonly<Record<string, ChatKind>> = {
  'c.us': 'person',
  lid: 'person',
  hosted: 'person',
  'hosted.lid': 'person',
  'g.us': 'group',
  newsletter: 'channel',
  broadcast: 'broadcast',
}

/**
 * The kind of a chat.
 *
 * @param jid its JID
 */
export function chatKindOf(jid: string): ChatKind {
  return wordOf(KINDS, jid.slice(jid.indexOf('@') + 1))
}

/**
 * Reads a chat as an engine writes it, or a summary that contains one. Never throws: missing fields are left out.
 *
 * @param session session id
 * @param raw what the gateway gave
 * @param now ms since the epoch, to tell whether a chat is still muted
 */
export function engineChat<Raw>(session: string, raw: Raw, now: number): Chat<Raw> {
  const summary = recordOf(raw) ?? {}
  const chat = { ...recordOf(summary._chat), ...summary }
  const id = jidOf(firstOf(chat, 'id', 'Jid', 'JID')) ?? (typeof raw === 'string' ? jidOf(raw) : undefined) ?? ''
  const unread = numberOf(chat.unreadCount)
  return {
    ...omitUndefined({
      session,
      id,
      kind: chatKindOf(id),
      name: textOf(firstOf(chat, 'name', 'Name', 'formattedTitle', 'subject')),
      // engines write -1 for a chat that was marked as unread
      unread: unread === undefined || unread < 0 ? undefined : unread,
      archived: flagOf(firstOf(chat, 'archived', 'archive')),
      pinned: pinnedOf(chat.pinned),
      muted: mutedOf(chat, now),
      at:
        timeOf(firstOf(chat, 'conversationTimestamp', 'ConversationTimestamp', 'timestamp')) ??
        timeOf(recordOf(chat.lastMessage)?.timestamp),
    }),
    raw,
  }
}

// engines write either the time since when a chat is pinned, or true and false
function pinnedOf(value: unknown): boolean | undefined {
  return flagOf(value) ?? (numberOf(value) === undefined ? undefined : numberOf(value) !== 0)
}

function mutedOf(chat: Readonly<Record<string, unknown>>, now: number): boolean | undefined {
  const told = flagOf(firstOf(chat, 'isMuted', 'muted'))
  if (told !== undefined) return told
  const until = numberOf(firstOf(chat, 'muteEndTime', 'muteExpiration'))
  // a negative time means muted without an end
  return until === undefined ? undefined : until < 0 || (timeOf(until) ?? 0) > now
}

/**
 * Reads a label of WhatsApp Business. Never throws.
 *
 * @param session session id
 * @param raw what the gateway gave
 */
export function engineLabel<Raw>(session: string, raw: Raw): Label<Raw> {
  const label = recordOf(raw) ?? {}
  return {
    ...omitUndefined({
      session,
      id: idOf(firstOf(label, 'id', 'labelId')) ?? '',
      name: textOf(label.name),
      color: numberOf(label.color),
    }),
    raw,
  }
}

const ROLES: readonly NonNullable<Channel['role']>[] = ['owner', 'admin', 'subscriber', 'guest']

/**
 * Reads a channel. Never throws.
 *
 * @param session session id
 * @param raw what the gateway gave
 */
export function engineChannel<Raw>(session: string, raw: Raw): Channel<Raw> {
  const channel = recordOf(raw) ?? {}
  const word = textOf(channel.role)?.toLowerCase()
  const role = word === undefined ? undefined : (ROLES.find((one) => one === word) ?? 'unknown')
  return {
    ...omitUndefined({
      session,
      id: jidOf(channel.id) ?? '',
      name: textOf(channel.name),
      description: textOf(channel.description),
      invite: textOf(channel.invite),
      role,
      subscribers: numberOf(channel.subscribersCount),
    }),
    raw,
  }
}

const PRESENCES: Readonly<Record<string, PresenceState>> = {
  online: 'online',
  offline: 'offline',
  typing: 'typing',
  recording: 'recording',
  paused: 'paused',
  // the protocol's own words
  available: 'online',
  unavailable: 'offline',
  composing: 'typing',
}

/**
 * Reads what a person is doing.
 *
 * @param word the gateway's or the protocol's name for it
 * @returns `unknown` for another name
 */
export function presenceStateOf(word: unknown): PresenceState {
  return wordOf(PRESENCES, word)
}

/**
 * Reads the presence of a chat. Never throws.
 *
 * @param session session id
 * @param raw what the gateway gave
 * @param chat JID that was asked for, in case the response names none
 */
export function enginePresence<Raw>(session: string, raw: Raw, chat: string): Presence<Raw> {
  const fields = recordOf(raw) ?? {}
  const presences = (Array.isArray(fields.presences) ? fields.presences : []).flatMap((one) => {
    const person = recordOf(one)
    const id = jidOf(firstOf(person, 'participant', 'id'))
    const state = presenceStateOf(person?.lastKnownPresence)
    const names = personOf(id, ...namesBeside(person, id), ...namesOnCard(person))
    return id === undefined
      ? []
      : [omitUndefined({ id, phone: names?.phone, lid: names?.lid, state, lastSeenAt: timeOf(person?.lastSeen) })]
  })
  return { session, chat: jidOf(fields.id) ?? chat, presences, raw }
}
