import type { Message } from '../vocabulary/message.ts'

/** The chat of status posts. Every other `…@broadcast` is a broadcast list: a message to several people at once. */
const STATUS_CHAT = 'status@broadcast'

/**
 * The type of event that a message is.
 *
 * @param message a message of any chat
 */
export function messageEventType({ chat, fromMe }: Message): 'message.sent' | 'message.received' | 'channel.message' | 'status.posted' {
  if (chat === STATUS_CHAT) return 'status.posted'
  if (chat.endsWith('@newsletter') && !fromMe) return 'channel.message'
  return fromMe ? 'message.sent' : 'message.received'
}
