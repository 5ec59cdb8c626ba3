import { textInput } from '../../verbs/validate.ts'
import type { MessageRef } from '../../vocabulary/refs.ts'
import { chatIdOf } from '../ids.ts'

/** Chat and message as the operations about one message name them. */
export type MessageIds = { chatId: string; messageId: string }

/** @throws GatewayError `invalid_request` for a chat that is none, or without a message */
export function messageIdsOf({ chat, message }: Omit<MessageRef, 'session'>): MessageIds {
  return { chatId: chatIdOf(chat, 'chat'), messageId: textInput(message, 'message') }
}
