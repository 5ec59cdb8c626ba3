import type { MessageRef } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { chatIdOf } from '../fields/ids.ts'

/** Chat and message as the operations about one message name them. */
export type MessageIds = { chatId: string; messageId: string }

/**
 * Chat and message id as operations about one message take them.
 *
 * @param ref chat and message of the caller
 * @throws {GatewayError} `invalid_request`: the chat is malformed, or the message is missing
 */
export function messageIdsOf({ chat, message }: Omit<MessageRef, 'session'>): MessageIds {
  return { chatId: chatIdOf(chat, 'chat'), messageId: textInput(message, 'message') }
}
