import { type GatewayBase, GatewayError, type Message, supports } from '@wamux/core'
import type { OutboxMessage } from '../message/message.ts'

/** What a look into the chat showed. `not_told`: the gateway cannot tell, or did not. */
export type Finding = { readonly seen: 'found'; readonly message: Message } | { readonly seen: 'absent' | 'not_told' }

/** How far the gateway's clock and ours may differ, ms. */
const SLACK_MS = 120_000
/** The chat is read back at most so far. */
const MOST = 300

/**
 * Looks into the chat for a message that may have been sent: own, of the same content, not older than the send.
 *
 * @param isOther says whether an id belongs to another message of the outbox, which then is not this one
 */
export async function findSent(
  gateway: GatewayBase,
  session: string,
  message: OutboxMessage,
  isOther: (id: string) => Promise<boolean>,
): Promise<Finding> {
  if (!supports(gateway, 'message.list')) return { seen: 'not_told' }
  const since = (message.startedAt ?? 0) - SLACK_MS
  let read = 0
  try {
    for await (const one of gateway.message.list({ session, chat: message.to, limit: 50 })) {
      if (one.at !== undefined && one.at < since) return { seen: 'absent' }
      if (one.fromMe && sameContent(one, message) && !(await isOther(one.id)) && !(one.key && (await isOther(one.key)))) {
        return { seen: 'found', message: one }
      }
      if (++read >= MOST) return { seen: 'not_told' }
    }
    return { seen: 'absent' }
  } catch (error) {
    if (!GatewayError.is(error)) throw error
    return { seen: 'not_told' }
  }
}

function sameContent(seen: Message, { text, file, as }: OutboxMessage): boolean {
  const type = file ? (as ?? 'document') : 'text'
  return seen.type === type && (seen.text ?? '') === (type === 'audio' || type === 'voice' || type === 'sticker' ? '' : (text ?? ''))
}
