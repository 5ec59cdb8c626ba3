import type { EventType } from '@wamux/core'

/** The types of events that WARest reports. It posts nothing about messages that its own account sends. */
export const eventTypes: readonly EventType[] = [
  'session.status',
  'session.challenge',
  'message.received',
  'message.reaction',
  'message.edited',
  'message.revoked',
  'group.joined',
  'group.left',
  'group.updated',
  'group.participants',
  'presence.updated',
  'call.received',
  'call.accepted',
  'call.rejected',
  'call.missed',
  'call.ended',
  'channel.message',
  'status.posted',
]
