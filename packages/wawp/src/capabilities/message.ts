import { engineMessageId, type MessageVerbs, type PluginContext, parseAddress, type Route, type TypedVerbs, toJid } from '@wamux/core'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { instanceOf } from './session.ts'

export type WawpMessage = TypedVerbs<MessageVerbs, { sendText: components['schemas']['SentMessage'] }>

/** The message verbs of Wawp. */
export function messageVerbs({ exchange }: PluginContext<WawpConfig>): WawpMessage {
  return {
    async sendText({ session, to, text, replyTo }, options) {
      const chatId = toJid(parseAddress(to))
      const body = { chatId, message: text, ...(replyTo === undefined ? {} : { reply_to: replyTo }) }
      const { data } = await exchange(routes.messagesSendText as Route, { query: instanceOf(session), body }, options)
      const id = engineMessageId(data)
      return { session, to: chatId, ...(id ? { id } : {}), status: 'sent', raw: data as components['schemas']['SentMessage'] }
    },
  }
}
