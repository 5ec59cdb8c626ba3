import type { Message } from '../vocabulary/message.ts'

/**
 * The type of event that a message is.
 *
 * @param message a message of any chat
 */
export function messageEventType({ chat, fromMe }: Message): 'message.sent' | 'message.received' | 'channel.message' | 'status.posted' {
  if (chat.endsWith('@broadcast')) return 'status.posted'
  if (chat.endsWith('@newsletter') && !fromMe) return 'channel.message'
  return fromMe ? 'message.sent' : 'message.received'
}
