import type { EventType } from '@wamux/core'

/** The types of events that SparkBot reports: none about calls or presence. */
export const eventTypes: readonly EventType[] = [
  'session.status',
  'message.received',
  'message.sent',
  'message.ack',
  'message.failed',
  'message.reaction',
  'message.edited',
  'message.revoked',
  'group.updated',
  'group.participants',
  'chat.updated',
  'chat.archived',
  'contact.updated',
  'channel.message',
  'status.posted',
]
