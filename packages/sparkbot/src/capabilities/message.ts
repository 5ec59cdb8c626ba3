import { type Address, invalidInput, type MessageVerbs, type PluginContext, parseAddress, type TypedVerbs, toJid } from '@wamux/core'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'

type Message = components['schemas']['Message']

export type SparkbotMessage = TypedVerbs<MessageVerbs, { sendText: Message }>

/** The message verbs of SparkBot. */
export function messageVerbs({ exchange }: PluginContext<SparkbotConfig>): SparkbotMessage {
  return {
    async sendText({ session, to, text, replyTo }, options) {
      const address = parseAddress(to)
      const target = { device: session, ...targetOf(address) }
      // an answer is a kind of its own there
      const { data } =
        replyTo === undefined
          ? await exchange(routes.messagesSendText, { body: { ...target, message: text } }, options)
          : await exchange(routes.messagesReply, { body: { ...target, message: text, quote: replyTo } }, options)
      return { session, to: data?.wid ?? toJid(address), ...(data?.id ? { id: data.id } : {}), status: statusOf(data), raw: data }
    },
  }
}

/** SparkBot has one field a kind of recipient. @throws GatewayError `invalid_request` for what it cannot address */
export function targetOf(address: Address): { phone: string } | { group: string } | { channel: string } {
  if (address.kind === 'phone') return { phone: `+${address.user}` }
  if (address.kind === 'group') return { group: toJid(address) }
  if (address.kind === 'channel') return { channel: toJid(address) }
  throw invalidInput('to', 'SparkBot takes a number, a group (…@g.us) or a channel (…@newsletter)')
}

function statusOf(message: Message | undefined): 'queued' | 'sent' | 'unknown' {
  const status = message?.status
  if (status === 'queued' || status === 'processing') return 'queued'
  return status === 'processed' ? 'sent' : 'unknown'
}
