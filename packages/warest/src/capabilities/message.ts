import { type MessageVerbs, type PluginContext, parseAddress, type TypedVerbs, toJid } from '@wamux/core'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'

export type WarestMessage = TypedVerbs<MessageVerbs, { sendText: components['schemas']['SentTextAnswer'] }>

/** The message verbs of WARest. */
export function messageVerbs({ exchange }: PluginContext<WarestConfig>): WarestMessage {
  return {
    async sendText({ session, to, text, replyTo }, options) {
      const jid = toJid(parseAddress(to), 's.whatsapp.net')
      const body = { sessionId: session, to: jid, message: text, ...(replyTo === undefined ? {} : { replyMessageId: replyTo }) }
      const { data } = await exchange(routes.messagesSendText, { body }, options)
      // sent is sent, whatever the answer looks like
      const sent = data?.results?.[0]
      return { session, to: sent?.toJid ?? jid, ...(sent?.messageId ? { id: sent.messageId } : {}), status: 'sent', raw: data }
    },
  }
}
