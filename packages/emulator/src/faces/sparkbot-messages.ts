import type { Ack } from '../network.ts'
import { recipientOf } from '../recipient.ts'
import type { World } from '../world.ts'
import { type Call, type Handler, json, textOf } from './face.ts'
import type { Outbound, Outbox } from './sparkbot-outbox.ts'
import { failed, WORDS } from './sparkbot-words.ts'

// with any of these a message is of another kind than text
const OTHER_KINDS = [
  'media',
  'location',
  'contacts',
  'poll',
  'vote',
  'event',
  'confirm',
  'reaction',
  'forward',
  'product',
  'template',
  'list',
]

const DELIVERY: Readonly<Record<Ack, string>> = { [-1]: 'failed', 0: 'processing', 1: 'sent', 2: 'delivered', 3: 'read', 4: 'played' }

/** Handing texts in, and following them. */
export function messageHandlers(world: World, outbox: Outbox): Record<string, Handler> {
  const devices = world.sessions('sparkbot')

  function send({ body }: Call): Response {
    const other = OTHER_KINDS.find((kind) => body[kind] !== undefined)
    if (other) return failed(501, `The wamux emulator does not play messages with ${other} yet`)
    const text = textOf(body.message)
    if (text === undefined) return invalid('message', 'is required')
    const address = body.phone ?? body.group ?? body.channel
    if (address === undefined) return invalid('phone', 'is required, or group, or channel')
    const recipient = recipientOf(world.network, address)
    if (recipient === 'invalid') return invalid('phone', 'is not a number in E.164')
    if ('missing' in recipient) return failed(404, `There is no chat ${recipient.missing}`)
    // without a device the first one sends
    const device = body.device === undefined ? devices.list()[0] : devices.get(textOf(body.device) ?? '')
    if (!device) return failed(404, 'There is no such number to send from')
    const live = body.enqueue === 'never' || body.live === true
    if (live && device.phase !== 'connected') return failed(503, `The session is ${WORDS[device.phase]}: nothing can be sent live`)
    const { phone } = recipient
    const draft = { phone, text, reference: textOf(body.reference), quote: textOf(body.quote), priority: textOf(body.priority) ?? 'normal' }
    return json(201, describe(outbox.add(device, draft, live)))
  }

  return {
    'messages.sendText': send,

    'outboundMessages.get': ({ params }) => {
      const found = outbox.get(params.messageId ?? '')
      return found ? json(200, describe(found)) : failed(404, `There is no message ${params.messageId}`)
    },
  }
}

function describe(outbound: Outbound): Record<string, unknown> {
  const { id, device, phone, text, reference, quote, priority, status, message } = outbound
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    id,
    ...(message ? { waId: message.id } : {}),
    device,
    entity: 'message',
    phone: `+${phone}`,
    wid: `${phone}@c.us`,
    source: 'api',
    flow: 'out',
    waType: 'chat',
    message: text,
    ...(reference === undefined ? {} : { reference }),
    ...(quote === undefined ? {} : { quote }),
    priority,
    status,
    deliveryStatus: message ? DELIVERY[message.ack] : status === 'removed' ? 'cancelled' : 'queued',
    createdAt: iso(outbound.createdAt),
    ...(message ? { sentAt: iso(message.sentAt), processedAt: iso(message.sentAt) } : {}),
  }
}

function invalid(field: string, reason: string): Response {
  return json(400, {
    status: 400,
    message: `${field} ${reason}`,
    errorCode: 'error:generic',
    errors: [{ code: field, reason, message: reason }],
  })
}
