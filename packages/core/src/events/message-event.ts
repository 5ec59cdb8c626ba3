import type { Message } from '../vocabulary/message.ts'

/** Where status posts stand; other `…@broadcast` are lists of persons that an account writes to at once. */
const STATUS_CHAT = 'status@broadcast'

/** The event that a message is. */
export function messageEventType({ chat, fromMe }: Message): 'message.sent' | 'message.received' | 'channel.message' | 'status.posted' {
  if (chat === STATUS_CHAT) return 'status.posted'
  if (chat.endsWith('@newsletter') && !fromMe) return 'channel.message'
  return fromMe ? 'message.sent' : 'message.received'
}
