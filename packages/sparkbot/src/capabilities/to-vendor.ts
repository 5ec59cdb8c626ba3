import {
  type Address,
  type AddressInput,
  type CallOptions,
  GatewayError,
  invalidInput,
  type Media,
  type PageInput,
  parseAddress,
  type Send,
  type SendInput,
  type SentMessage,
  toJid,
} from '@wamux/core'
import { type Offset, type OpenMedia, offsetOf, openMedia, textInput, toBase64, unsupportedInput } from '@wamux/core/verbs'
import { firstOf, omitUndefined, textOf } from '@wamux/engine'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { ackOf, fieldsOf, isServiceId, jidOf, referenceOf, whatsappKey } from './from-vendor.ts'
import { personOf } from './message-content.ts'

type Outbound = components['schemas']['Message']

const FILE_IN_ANSWER = /"file"\s*:\s*"([0-9a-fA-F]{24})"/
/** Largest picture that it accepts, bytes: 1 MB. */
const LARGEST_PICTURE = 1024 * 1024

/** The fields that say whom a message is for. */
export type Target = { phone: string } | { group: string } | { channel: string }

/** A file as a message has it: by its address, or by its id in the file store. */
export type MediaField = { url: string } | { file: string }

/**
 * The number that a verb is about.
 *
 * @throws {GatewayError} `invalid_request`
 */
export function deviceOf(session: string): string {
  return textInput(session, 'session')
}

/**
 * The field for a recipient. SparkBot has a field for each kind.
 *
 * @param field input field to name
 * @throws {GatewayError} `invalid_request`: for what it cannot address
 */
export function targetOf(address: Address, field: string = 'to'): Target {
  if (address.kind === 'phone') return { phone: `+${address.user}` }
  if (address.kind === 'group') return { group: toJid(address) }
  if (address.kind === 'channel') return { channel: toJid(address) }
  throw invalidInput(field, 'SparkBot takes a number, a group (…@g.us) or a channel (…@newsletter)')
}

/**
 * The JID of a number, JID or address.
 *
 * @param kinds what it may be
 * @throws {GatewayError} `invalid_request`
 */
export function jidInput(value: AddressInput, field: string, ...kinds: readonly Address['kind'][]): string {
  const address = parseAddress(value, field)
  if (kinds.length > 0 && !kinds.includes(address.kind))
    throw invalidInput(field, `expected a ${kinds.join(' or ')}, not a ${address.kind}`)
  return toJid(address)
}

/**
 * Persons by number, as groups and blocks take them.
 *
 * @throws {GatewayError} `invalid_request`, `unsupported`: for a hidden number
 */
export function phoneInput(value: AddressInput, field: string): string {
  const { kind, user } = parseAddress(value, field)
  if (kind === 'lid') throw unsupportedInput(manifest, field, 'it takes persons by number only. Nothing was sent.')
  if (kind !== 'phone') throw invalidInput(field, `expected a number, not a ${kind}`)
  return `+${user}`
}

/**
 * WhatsApp's id of a message. For the service's id it is looked up.
 *
 * @throws {GatewayError} `conflict`: the message waits in the queue and has no such id yet
 * @throws {GatewayError} `not_found`: there is no such message
 */
export async function whatsappId(send: Send, message: string, options?: CallOptions, field: string = 'message'): Promise<string> {
  if (typeof message !== 'string' || message === '') throw invalidInput(field, 'expected the id of a message')
  if (!isServiceId(message)) return message
  const { data } = await send(routes.outboundMessagesGet, { path: { messageId: message } }, options)
  const id = textOf(fieldsOf(data).waId)
  if (id !== undefined) return id
  throw new GatewayError(`${manifest.name}: message ${message} has not left the queue, so WhatsApp does not know it yet`, {
    kind: 'conflict',
    gateway: manifest.id,
    field,
    retryable: true,
    hint: 'Wait for it with message.waitFor, or withdraw it with call("outboundMessages.delete").',
  })
}

/** The fields of every send: own number, recipient, and the message that it replies to. */
export interface Envelope {
  readonly to: string
  readonly body: { device: string; quote?: string } & Target
}

/**
 * Checks the recipient of a message, and looks up the message that it replies to.
 *
 * @throws {GatewayError} `invalid_request`: for an address that is none, `unsupported` for mentions, `conflict` when what it answers
 *   was not sent yet
 */
export async function envelope(send: Send, { session, to, replyTo, mentions }: SendInput, options?: CallOptions): Promise<Envelope> {
  const address = parseAddress(to)
  const target = targetOf(address)
  if (mentions !== undefined && mentions.length > 0) {
    throw unsupportedInput(manifest, 'mentions', 'no field for persons to mention is known. Nothing was sent.')
  }
  const quote = replyTo === undefined ? {} : { quote: await whatsappId(send, replyTo, options, 'replyTo') }
  return { to: toJid(address), body: { device: deviceOf(session), ...target, ...quote } }
}

/** The result of a send. Never throws for a malformed response: the service has accepted the message. */
export function sentMessage(session: string, to: string, raw: Outbound): SentMessage<Outbound> {
  const { wid, phone, status, ...rest } = fieldsOf(raw)
  refuseFailed(status)
  const id = textOf(rest.id)
  return {
    session,
    to: [jidOf(wid), personOf(wid), personOf(phone)].find((jid) => jid?.includes('@')) ?? to,
    ...omitUndefined({ id, key: whatsappKey(id, rest.waId) }),
    status: queueStatus(status),
    raw,
  }
}

/** @throws {GatewayError} `server`: when the service says that it will not send the message */
export function refuseFailed(status: unknown): void {
  if (ackOf(status) !== 'failed') return
  const message = `${manifest.name} did not take the message: its status is ${status}`
  throw new GatewayError(message, { kind: 'server', gateway: manifest.id, reached: 'yes', vendorMessage: `status ${status}` })
}

/** Reads the state in the queue. */
export function queueStatus(status: unknown): SentMessage['status'] {
  const ack = typeof status === 'string' ? ackOf(status) : 'unknown'
  if (ack === 'unknown' || ack === 'failed') return 'unknown'
  return ack === 'pending' ? 'queued' : 'sent'
}

/** The kind of a message with a file. SparkBot concludes it from the file, so the file has to fit. */
export type FileKind = 'image' | 'video' | 'audio' | 'document'

const FALLBACKS: Readonly<Record<FileKind, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/mpeg',
  document: 'application/octet-stream',
}

/**
 * A file for a message: its address, or the id in the file store that its bytes are uploaded to.
 *
 * @throws {GatewayError} `invalid_request`: for a file of another kind, `unsupported` for a picture, video or sound as a document;
 *   `network` and others when the file could not be handed over: no message was sent then
 */
export async function mediaField(send: Send, file: Media, kind: FileKind, options?: CallOptions): Promise<MediaField> {
  const opened = await openMedia(file, FALLBACKS[kind])
  checkKind(opened.mimetype, kind)
  return opened.kind === 'url' ? { url: opened.url } : { file: await upload(send, opened, options) }
}

function checkKind(mimetype: string, wanted: FileKind): void {
  const [family = ''] = mimetype.split('/')
  const shown = ['image', 'video', 'audio'].includes(family) ? family : 'document'
  if (shown === wanted) return
  if (wanted === 'document') {
    const reason = `it tells by the file what a message is, and this one (${mimetype}) would arrive as ${family}. Nothing was sent.`
    throw unsupportedInput(manifest, 'file', reason)
  }
  throw invalidInput('file.mimetype', `expected ${wanted}/…, not ${mimetype}`)
}

async function upload(send: Send, file: Extract<OpenMedia, { kind: 'bytes' }>, options?: CallOptions): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([file.bytes], { type: file.mimetype }), file.filename ?? nameFor(file.mimetype))
  try {
    // the generated type is an object with bytes; it is sent as a form
    const { data } = await send(routes.filesUpload, { body: form as never }, options)
    const id = referenceOf(Array.isArray(data) ? data[0] : data)
    if (id !== undefined) return id
    throw new GatewayError(`${manifest.name} ${routes.filesUpload.id}: the answer names no file`, {
      kind: 'bad_response',
      gateway: manifest.id,
      operation: routes.filesUpload.id,
      reached: 'yes',
      hint: NOT_SENT,
    })
  } catch (error) {
    const id = GatewayError.is(error) && error.status === 409 ? FILE_IN_ANSWER.exec(error.body ?? '')?.[1] : undefined
    if (id === undefined) throw withoutMessage(error)
    return id
  }
}

const NOT_SENT = 'The file may be in the file store; no message was sent. It is safe to try again.'

// after a failed upload no message was sent, also when the upload itself may have worked: uploading the same file again does no harm
function withoutMessage(error: unknown): unknown {
  if (!GatewayError.is(error) || error.kind !== 'unknown_outcome') return error
  const { gateway, operation, status, code, attempts, requestId, reached } = error
  const kind = status === undefined ? 'network' : 'server'
  return new GatewayError(`${manifest.name}: the file could not be uploaded, no message was sent`, {
    ...{ kind, gateway, operation, status, code, attempts, requestId, reached },
    retryable: true,
    hint: NOT_SENT,
    cause: error,
  })
}

function nameFor(mimetype: string): string {
  const ending = /^\w+\/([a-z0-9]{2,4})\b/.exec(mimetype)?.[1]
  return ending === undefined ? 'file' : `file.${ending}`
}

/**
 * A picture of a group or profile.
 *
 * @throws {GatewayError} `invalid_request`: for what is no JPEG or PNG, or larger than 1 MB
 */
export async function pictureField(file: Media): Promise<{ url: string } | { image: string }> {
  const opened = await openMedia(file, 'image/jpeg')
  if (!/^image\/(jpeg|png)\b/.test(opened.mimetype))
    throw invalidInput('file.mimetype', `expected image/jpeg or image/png, not ${opened.mimetype}`)
  if (opened.kind === 'url') return { url: opened.url }
  if (opened.bytes.length > LARGEST_PICTURE) throw invalidInput('file', 'expected a picture of at most 1 MB')
  return { image: toBase64(opened.bytes) }
}

/**
 * Where a page begins, as SparkBot counts: by pages of one size. The cursor is the number of items before it.
 *
 * @param most entries that fit on a page; larger pages are cut to it
 * @throws {GatewayError} `invalid_request`: for a limit or cursor that cannot be
 */
export function pageOf(input: PageInput, most: number): Offset & { readonly query: { readonly page: number; readonly size: number } } {
  const asked = offsetOf(input)
  const limit = Math.min(asked.limit, most)
  if (asked.offset % limit !== 0) throw invalidInput('limit', 'expected the same as for the page before')
  return { limit, offset: asked.offset, query: { page: asked.offset / limit, size: limit } }
}

/**
 * Checks a text that may be empty, which removes the present one.
 *
 * @throws {GatewayError} `invalid_request`
 */
export function anyText(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalidInput(field, 'required, expected text')
  return value
}

/** The first text of several fields of an answer of unknown shape. */
export function answerText(data: unknown, ...names: readonly string[]): string | undefined {
  return textOf(firstOf(fieldsOf(data), ...names))
}
