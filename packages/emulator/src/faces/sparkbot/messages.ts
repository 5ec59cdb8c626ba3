import { kindOf, STATUS } from '../../network/jid.ts'
import type { Card, Message } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import type { State } from '../../state.ts'
import { Answer, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import type { FileStore } from './files.ts'
import type { Content, Outbound, OutboundInput, Outbox } from './outbox.ts'
import {
  asRecord,
  type DeviceGuards,
  errorResponse,
  invalidField,
  offlineResponse,
  omitUndefined,
  pageOf,
  queueStatus,
  standingOf,
  toIsoString,
} from './request-context.ts'
import { ACKS, digitsOf } from './serialize.ts'

// kinds of content that the simulated network does not have: their text is sent instead
const SENT_AS_TEXT = ['event', 'confirm', 'product', 'template', 'list', 'buttons']

type Body = Readonly<Record<string, unknown>>

/** A part of the message to send, or the error answer. */
type Read<Value> = Value | Answer

/** Sending messages and following their delivery. */
export function messageHandlers(state: State, outbox: Outbox, files: FileStore, guards: DeviceGuards): Record<string, Handler> {
  const devices = state.sessions('sparkbot')
  const { network } = state

  async function send({ body }: Call): Promise<Answer> {
    const address = body.phone ?? body.group ?? body.channel
    if (address === undefined) return invalidField('phone', 'is required, or group, or channel')
    const chat = network.chatOf(address)
    if (chat === undefined) return invalidField('phone', 'is not a number in E.164')
    const lost = kindOf(chat) === 'group' ? !network.groups.find(chat) : kindOf(chat) === 'channel' && !network.channels.find(chat)
    if (lost) return errorResponse(404, `There is no chat ${chat}`)
    // without a device in the call the first device sends
    const device = body.device === undefined ? devices.list()[0] : devices.get(textOf(body.device) ?? '')
    if (!device) return errorResponse(404, 'There is no such number to send from')
    const read = await contentOf(device, body)
    if (read instanceof Answer) return read
    return accept(device, { chat, ...read, ...optionsOf(body) }, body)
  }

  function accept(device: Session, handed: OutboundInput, body: Body): Answer {
    const refused = refusalOf(device)
    if (refused) return refused
    const live = body.enqueue === 'never' || body.live === true
    if (live && device.phase !== 'connected') return offlineResponse(device)
    return json(201, serializeOutbound(outbox.add(device, handed, live)))
  }

  /** Makes a handler for a message of the device. */
  function known(device: Session, id: unknown): Message | undefined {
    return device.account && network.chats.message(device.account, textOf(id) ?? '')
  }

  type Parts = Pick<OutboundInput, 'content' | 'file' | 'format'>
  const plain = (content: Content): Parts => ({ content, file: undefined, format: undefined })

  async function contentOf(device: Session, body: Body): Promise<Read<Parts>> {
    if (body.reaction !== undefined) {
      const message = known(device, body.reactionMessage)
      const emoji = textOf(body.reaction) ?? ''
      if (!message) return errorResponse(404, `There is no message ${body.reactionMessage}`)
      return plain({ kind: 'reaction', message, emoji: emoji === '-' ? '' : emoji })
    }
    if (body.forward !== undefined) {
      const id = asRecord(body.forward).message ?? body.forward
      const message = known(device, id)
      return message ? plain({ kind: 'forward', message }) : errorResponse(404, `There is no message ${String(id)}`)
    }
    if (isRecord(body.vote)) {
      const message = known(device, body.vote.poll)
      return message
        ? plain({ kind: 'vote', message, options: chosen(message, body.vote.options) })
        : errorResponse(404, 'There is no such poll')
    }
    const replyTo = textOf(body.quote)
    if (replyTo !== undefined && !known(device, replyTo)) return errorResponse(404, `There is no message ${replyTo} to answer`)
    const text = textOf(body.message)
    if (body.media !== undefined) return mediaOf(asRecord(body.media), text, replyTo)
    if (body.location !== undefined) return placeOf(asRecord(body.location), replyTo)
    if (body.contacts !== undefined) return cardsOf(body.contacts, replyTo)
    if (body.poll !== undefined) return pollOf(asRecord(body.poll), replyTo)
    const other = SENT_AS_TEXT.find((kind) => body[kind] !== undefined)
    if (other !== undefined) return plain({ kind: 'message', draft: { text: textIn(asRecord(body[other])) ?? text ?? other, replyTo } })
    return text === undefined ? invalidField('message', 'is required') : plain({ kind: 'message', draft: { text, replyTo } })
  }

  function textIn({ name, title, description, product }: Body): string | undefined {
    return textOf(name) ?? textOf(title) ?? textOf(description) ?? textOf(product)
  }

  async function mediaOf(media: Body, text: string | undefined, replyTo: string | undefined): Promise<Read<Parts>> {
    const file = files.get(textOf(media.file) ?? '')
    const format = textOf(media.format) ?? file?.format ?? 'native'
    const url = textOf(media.url)
    if (url === undefined && !file)
      return media.file === undefined ? invalidField('media', 'needs url or file') : errorResponse(404, 'There is no such file')
    const found = file ? undefined : await state.files.fetch(url ?? '')
    const stored = file?.media ?? (found && network.media.add({ ...found, filename: textOf(media.filename) ?? found.filename }))
    if (!stored) return errorResponse(400, 'The file could not be got', 'media:invalid_file')
    const type = format === 'ptt' ? ('voice' as const) : undefined
    const draft = { media: stored, replyTo, ...(text === undefined ? {} : { text }), ...(type ? { type } : {}) }
    return { content: { kind: 'message', draft }, file: file?.id, format }
  }

  function placeOf(location: Body, replyTo: string | undefined): Read<Parts> {
    const [latitude, longitude] = Array.isArray(location.coordinates) ? location.coordinates : [0, 0]
    const address = textOf(location.address)
    if (typeof latitude !== 'number' || typeof longitude !== 'number') return invalidField('location', 'needs two numbers as coordinates')
    if (location.coordinates === undefined && address === undefined) return invalidField('location', 'needs coordinates or an address')
    const place = { latitude, longitude, name: textOf(location.name), address }
    return plain({ kind: 'message', draft: { place, replyTo } })
  }

  function cardsOf(contacts: unknown, replyTo: string | undefined): Read<Parts> {
    const cards = (Array.isArray(contacts) ? contacts : []).map((one): Card => {
      const { name, phone } = asRecord(one)
      return { name: textOf(name) ?? String(phone), phone: digitsOf(String(phone)) }
    })
    if (cards.length === 0 || cards.length > 10) return invalidField('contacts', 'needs 1 to 10 entries')
    return plain({ kind: 'message', draft: { cards, replyTo } })
  }

  function pollOf({ name, options, multiple }: Body, replyTo: string | undefined): Read<Parts> {
    const question = textOf(name)
    const choices = Array.isArray(options) ? options.map(String) : []
    if (question === undefined) return invalidField('poll.name', 'is required')
    if (choices.length < 2 || choices.length > 12) return invalidField('poll.options', 'needs 2 to 12 entries')
    return plain({ kind: 'message', draft: { poll: { question, options: choices, multiple: multiple === true }, replyTo } })
  }

  const withOutbound = (act: (outbound: Outbound, call: Call) => Answer): Handler => {
    return (call) => {
      const found = outbox.get(call.params.messageId ?? '')
      return found ? act(found, call) : errorResponse(404, `There is no message ${call.params.messageId}`)
    }
  }

  return {
    'messages.sendText': send,

    'outboundMessages.list': ({ query }) => {
      const wanted = query.get('devices')?.split(',')
      return json(
        200,
        pageOf(
          outbox.list().filter(({ device }) => !wanted || wanted.includes(device)),
          query,
        ).map(serializeOutbound),
      )
    },

    'outboundMessages.get': withOutbound((outbound) => json(200, serializeOutbound(outbound))),

    'outboundMessages.delete': withOutbound((outbound) => {
      outbox.remove(outbound)
      return json(200, { ...serializeOutbound(outbound), status: 'removed' })
    }),

    'userStatus.publish': guards.device(async (device, { body }) => {
      const media = asRecord(body.media)
      const text = textOf(body.message) ?? textOf(media.message)
      const read = body.media === undefined ? plainText(text) : await mediaOf(media, text, undefined)
      if (read instanceof Answer) return read
      return accept(device, { chat: STATUS, ...read, ...optionsOf(body) }, {})
    }),
  }

  function plainText(text: string | undefined): Read<Parts> {
    return text === undefined ? invalidField('message', 'is required, or media') : plain({ kind: 'message', draft: { text } })
  }
}

/** The answer of a number that takes no messages. */
function refusalOf(device: Session): Answer | undefined {
  const standing = standingOf(device)
  if (standing === 'unpaid') return errorResponse(402, 'The subscription of the number is not paid')
  if (standing === 'disabled') return errorResponse(403, 'The number is disabled')
  return queueStatus(device) === 'reject' ? errorResponse(409, 'The queue of the number takes no messages') : undefined
}

function optionsOf(body: Body): Pick<OutboundInput, 'reference' | 'quote' | 'priority'> {
  return { reference: textOf(body.reference), quote: textOf(body.quote), priority: textOf(body.priority) ?? 'normal' }
}

function chosen({ poll }: Message, options: unknown): string[] {
  return (Array.isArray(options) ? options : []).flatMap((one) => {
    const { id, value } = asRecord(one)
    return textOf(value) ?? (typeof id === 'number' ? (poll?.options[id] ?? []) : [])
  })
}

/** A queued or sent message as the API has it. */
export function serializeOutbound(outbound: Outbound): Record<string, unknown> {
  const { id, device, chat, content, reference, quote, priority, status, failureReason, message, file, format } = outbound
  const draft = content.kind === 'message' ? content.draft : undefined
  const kind = kindOf(chat)
  const media = draft?.media
  const [family = ''] = media?.mimetype.split('/') ?? []
  return omitUndefined({
    id,
    waId: message?.id,
    device,
    entity: kind === 'status' ? 'status' : 'message',
    ...(kind === 'person'
      ? { phone: `+${chat.split('@')[0]}` }
      : kind === 'group'
        ? { group: chat }
        : kind === 'channel'
          ? { channel: chat }
          : {}),
    wid: chat,
    source: 'api',
    flow: 'out',
    message: textOf(draft?.text),
    media: media && { file: file ?? media.id.slice(0, 24), format, filename: media.filename, kind: isFamily(family) ? family : 'document' },
    location: draft?.place && omitUndefined({ name: draft.place.name, address: draft.place.address }),
    poll: draft?.poll && { name: draft.poll.question, multiple: draft.poll.multiple },
    reaction: content.kind === 'reaction' ? content.emoji || '-' : undefined,
    reactionMessage: content.kind === 'reaction' ? content.message.id : undefined,
    forward: content.kind === 'forward' ? content.message.id : undefined,
    reference,
    quote,
    priority,
    status: message?.ack === -1 ? 'failed' : status,
    deliveryStatus: deliveryOf(outbound),
    failureReason,
    createdAt: toIsoString(outbound.createdAt),
    ...(message ? { sentAt: toIsoString(message.sentAt), processedAt: toIsoString(message.sentAt) } : {}),
  })
}

function isFamily(family: string): boolean {
  return ['image', 'video', 'audio'].includes(family)
}

function deliveryOf({ status, message }: Outbound): string {
  if (message) return message.ack === 0 ? 'processing' : ACKS[message.ack]
  return { removed: 'cancelled', failed: 'failed', processed: 'sent', queued: 'queued' }[status]
}
