import { engineMessageId, type MessageVerbs, type PluginContext, parseAddress, type TypedVerbs, toJid } from '@wamux/core'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { Sender } from './reconcile.ts'

export type WahaMessage = TypedVerbs<MessageVerbs, { sendText: unknown }>

/** The message verbs of WAHA. */
export function messageVerbs(context: PluginContext<WahaConfig>): WahaMessage {
  const { exchange } = context
  const send = senderOf(context)

  return {
    async sendText({ session, to, text, replyTo }, options) {
      const chatId = toJid(parseAddress(to))
      const body = { session, chatId, text, ...(replyTo === undefined ? {} : { reply_to: replyTo }) }
      const data = await send({ session, chatId }, options, async (given, limits) => {
        return (await exchange(routes.messagesSendText, { body: { ...body, ...given } }, limits)).data
      })
      const id = engineMessageId(data)
      return { session, to: chatId, ...(id ? { id } : {}), status: 'sent', raw: data }
    },
  }
}

// code that only a config which asks for it loads
function senderOf(context: PluginContext<WahaConfig>): Sender {
  if (context.config.idempotency !== 'reconcile') return (_, options, send) => send({}, options)
  return async (place, options, send) => (await import('./reconcile.ts')).sendReconciled(context, place, options, send)
}
