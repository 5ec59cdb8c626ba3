import type { Message } from '../vocabulary/message.ts'

/** The event that a message is. */
export function messageEventType({ chat, fromMe }: Message): 'message.sent' | 'message.received' | 'channel.message' | 'status.posted' {
  if (chat.endsWith('@broadcast')) return 'status.posted'
  if (chat.endsWith('@newsletter') && !fromMe) return 'channel.message'
  return fromMe ? 'message.sent' : 'message.received'
}
