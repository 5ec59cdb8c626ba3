import { type Message, normalJid } from '@wamux/core'
import { defineWebhooks, hmacMatches, type ParsedEvent, type ParseWebhook, secretsOf, type WebhookOptions } from '@wamux/core/webhooks'
import { manifest } from './manifest.ts'

type Fields = Readonly<Record<string, unknown>>

/** Options of `parseWebhook`: `secrets` are the keys of the webhook; GOWA always signs. */
export type GowaWebhookOptions = WebhookOptions

/**
 * Checks a delivery of GOWA and tells what happened. Its signature covers the body, not the time.
 *
 * @see https://github.com/aldinokemal/go-whatsapp-web-multidevice/blob/main/docs/webhook-payload.md
 */
export const parseWebhook: ParseWebhook<GowaWebhookOptions> = defineWebhooks<GowaWebhookOptions>({
  gateway: manifest.id,
  verify: ({ header, body }, options) =>
    hmacMatches('sha256', secretsOf(manifest.id, options?.secrets), body, header('x-hub-signature-256')?.replace(/^sha256=/, '')),
  read: (body) => readEvent(fieldsOf(body)),
})

function readEvent(body: Fields): readonly ParsedEvent[] {
  const payload = fieldsOf(body.payload)
  const vendorType = textOf(body.event) ?? 'unknown'
  const deviceId = textOf(body.device_id)
  // a paired device is named by the JID of its phone, which is no session id
  const session = deviceId?.includes('@') ? undefined : deviceId
  const at = timeOf(payload.timestamp) ?? timeOf(body.timestamp)
  const about = { vendorType, session, at, id: textOf(payload.id) }
  const chat = normalJid(payload.chat_id)
  const from = normalJid(payload.from)
  const place = { ...(chat ? { chat } : {}), ...(from ? { from } : {}) }

  if (vendorType === 'message' && about.id !== undefined) {
    const message = messageOf(session ?? '', about.id, payload, chat ?? '', at)
    return [{ ...about, type: message.fromMe ? 'message.sent' : 'message.received', data: { message } }]
  }
  if (vendorType === 'message.ack' && Array.isArray(payload.ids)) {
    const word = textOf(payload.receipt_type)
    const ack = word === 'delivered' || word === 'read' || word === 'played' ? word : 'unknown'
    const ids = payload.ids.flatMap((id) => textOf(id) ?? [])
    return ids.map((message) => ({
      ...{ vendorType, session, at },
      type: 'message.ack',
      data: { ...place, message, key: message, ack },
      dedupeKey: `${message}:${ack}`,
    }))
  }
  const reacted = textOf(payload.reacted_message_id)
  if (vendorType === 'message.reaction' && reacted !== undefined) {
    return [{ ...about, type: 'message.reaction', data: { ...place, message: reacted, emoji: textOf(payload.reaction) ?? '' } }]
  }
  return [{ ...about, type: 'unknown', data: {} }]
}

const FILES = ['image', 'video', 'audio', 'document', 'sticker', 'location', 'contact'] as const

function messageOf(session: string, id: string, payload: Fields, chat: string, at: number | undefined): Message {
  const from = normalJid(payload.from)
  const text = textOf(payload.body)
  const replyTo = textOf(payload.replied_to_id)
  const type = FILES.find((one) => payload[one] !== undefined) ?? (text === undefined ? 'unknown' : 'text')
  return {
    ...{ session, id, key: id, chat, type, fromMe: payload.is_from_me === true, ack: 'unknown', raw: payload },
    ...(from === undefined ? {} : { from }),
    ...(text === undefined ? {} : { text }),
    ...(at === undefined ? {} : { at }),
    ...(replyTo === undefined ? {} : { replyTo }),
  }
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
