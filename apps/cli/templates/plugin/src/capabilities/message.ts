import { type MessageVerbs, type PluginContext, parseAddress, toJid } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import type { AcmeConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'

/** The message verbs of Acme. A verb that it lacks is not here. */
export type AcmeMessage = Pick<MessageVerbs, 'sendText'>

// TODO 6: add the verbs that Acme has, and refuse inputs that it cannot take: `unsupportedInput(manifest, 'mentions', …)`.
export function messageVerbs({ send }: PluginContext<AcmeConfig>): AcmeMessage {
  return {
    async sendText({ session, to, text }, options) {
      const jid = toJid(parseAddress(to))
      const body = { session: textInput(session, 'session'), to: jid, text: textInput(text, 'text') }
      const { data } = await send(routes.messagesSendText, { body }, options)
      const id = data?.id
      return { session, to: jid, ...(typeof id === 'string' && id !== '' ? { id } : {}), status: id ? 'sent' : 'unknown', raw: data }
    },
  }
}
