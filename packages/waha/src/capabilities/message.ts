import { engineMessageId, type MessageVerbs, type PluginContext, parseAddress, type TypedVerbs, toJid } from '@wamux/core'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'

export type WahaMessage = TypedVerbs<MessageVerbs, { sendText: unknown }>

/** The message verbs of WAHA. */
export function messageVerbs({ exchange }: PluginContext<WahaConfig>): WahaMessage {
  return {
    async sendText({ session, to, text, replyTo }, options) {
      const chatId = toJid(parseAddress(to))
      const body = { session, chatId, text, ...(replyTo === undefined ? {} : { reply_to: replyTo }) }
      const { data } = await exchange(routes.messagesSendText, { body }, options)
      const id = engineMessageId(data)
      return { session, to: chatId, ...(id ? { id } : {}), status: 'sent', raw: data }
    },
  }
}
