import type { Ack, AddressInput, Media, SendInput, SentMessage } from '@wamux/core'
import { GatewayError, isPersonJid } from '@wamux/core'
import { textInput, unsupportedInput } from '@wamux/core/verbs'
import { engineAck, messageIdParts, messageKey } from '../answers/message.ts'
import { engineMessageId } from '../answers/message-id.ts'
import { jidOf, omitUndefined, recordOf } from '../fields/fields.ts'
import { chatIdOf } from '../fields/ids.ts'
import type { EngineGateway } from './calls.ts'

/** A file as a gateway takes it. */
export interface EngineFile<File> {
  /** The fields that hold it. */
  readonly fields: File
  /** Media type. */
  readonly mimetype: string
}

/** How sends differ between the gateways that run an engine. */
export interface SendDifferences<File, Video> {
  /**
   * A file as the gateway takes it.
   *
   * @param mimetype media type when neither the caller nor the file name tells it
   */
  readonly file: (media: Media, mimetype: string) => Promise<EngineFile<File>>
  /**
   * What a video has besides its file.
   *
   * @param convert whether WhatsApp cannot play it as it is
   */
  readonly video: (convert: boolean) => Video
  /** Reads how far a message got, for a gateway with names of its own; `undefined` when the response does not say. */
  readonly statusOf?: (raw: unknown, id: string | undefined) => SentMessage['status'] | undefined
}

interface FileInput {
  readonly file: Media
  readonly caption?: string
}

/** The fields of a picture, document or the like. */
export async function fileFields<File extends object>(
  { file }: SendDifferences<File, unknown>,
  input: FileInput,
  mimetype: string,
): Promise<File & { caption?: string }> {
  return { ...(await file(input.file, mimetype)).fields, ...omitUndefined({ caption: input.caption }) }
}

/** The fields of a video: what WhatsApp cannot play, the gateway is asked to convert. */
export async function videoFields<File extends object, Video extends object>(
  { file, video }: SendDifferences<File, Video>,
  input: FileInput,
): Promise<File & Video & { caption?: string }> {
  const { fields, mimetype } = await file(input.file, 'video/mp4')
  return { ...fields, ...video(!/^video\/mp4\b/i.test(mimetype)), ...omitUndefined({ caption: input.caption }) }
}

/** The fields of a voice note. WhatsApp plays only Opus in OGG as a voice note. */
export async function voiceFields<File extends object>(
  { file }: SendDifferences<File, unknown>,
  input: FileInput,
): Promise<File & { convert: boolean }> {
  const { fields, mimetype } = await file(input.file, 'audio/ogg; codecs=opus')
  return { ...fields, convert: !/^audio\/ogg\b/i.test(mimetype) }
}

/** Recipient of a send, and the message that it replies to. */
export interface Recipient {
  /** JID of the recipient. */
  readonly chatId: string
  /** Id of the message to reply to. */
  readonly reply_to?: string
}

/**
 * Reads the recipient of a send.
 *
 * @param input what the caller gave
 * @throws {GatewayError} `invalid_request`: the recipient or `replyTo` is malformed
 */
export function recipientOf({ to, replyTo }: SendInput): Recipient {
  return { chatId: chatIdOf(to, 'to'), ...(replyTo === undefined ? {} : { reply_to: textInput(replyTo, 'replyTo') }) }
}

/**
 * Refuses mentions in sends that cannot have them.
 *
 * @param gateway plugin id and display name
 * @param mentions what the caller gave
 * @param reason why, as a sentence
 * @throws {GatewayError} `unsupported`: there is somebody to mention
 */
export function refuseMentions(gateway: EngineGateway['gateway'], mentions: readonly AddressInput[] | undefined, reason: string): void {
  if (mentions !== undefined && mentions.length > 0) throw unsupportedInput(gateway, 'mentions', reason)
}

// WhatsApp may know a number in another form, and the message is then in that chat; for groups the answer is not used
function chatOfAnswer(raw: unknown, asked: string, named: string | undefined): string | undefined {
  if (named === asked) return undefined
  const message = recordOf(raw)
  const data = recordOf(message?._data)
  const key = recordOf(message?.key) ?? recordOf(data?.key)
  const chat = named ?? jidOf(key?.remoteJid) ?? jidOf(recordOf(data?.Info)?.Chat)
  return chat !== undefined && isPersonJid(chat) && isPersonJid(asked) ? chat : undefined
}

/**
 * Reads from a response the id and progress of a message: `queued` when it waits, `sent` with an id or an ack, otherwise `unknown`. `to` is
 * set when WhatsApp knows the number in `asked` in another form.
 *
 * @param raw the gateway's response
 * @param options `statusOf`: how this gateway tells the progress
 * @throws {GatewayError} `server`: the response says that WhatsApp did not accept the message
 */
export function sentFacts(
  raw: unknown,
  { statusOf }: Pick<SendDifferences<unknown, unknown>, 'statusOf'>,
  asked?: string,
): { readonly id?: string; readonly key?: string; readonly to?: string; readonly status: SentMessage['status'] } {
  const ack = engineAck(raw)
  if (ack === 'failed') throw failed()
  const id = engineMessageId(raw)
  const status = statusOf?.(raw, id) ?? progressOf(ack, id)
  // most answers name the chat that was asked for, which needs no reading of its JID
  const key = id !== undefined && asked !== undefined ? keyIn(id, asked) : undefined
  if (id !== undefined && key !== undefined) return { id, key, status }
  const parts = messageIdParts(id)
  const to = asked === undefined ? undefined : chatOfAnswer(raw, asked, parts?.chat)
  return { ...omitUndefined({ id, key: parts?.id ?? messageKey(id), to }), status }
}

/** The message's own id in an id of the form `true_{chat}_{id}`; `undefined` for an id of another chat or form. */
function keyIn(id: string, chat: string): string | undefined {
  const start = `true_${chat}_`
  if (!id.startsWith(start) || chat.includes('_')) return undefined
  const key = id.slice(start.length)
  return key === '' || key.includes('_') ? undefined : key
}

/**
 * Checks that a sent message did not fail.
 *
 * @param raw the gateway's response
 * @throws {GatewayError} `server`: the response contains a message that WhatsApp did not accept
 */
export function refuseFailed(raw: unknown): void {
  if (engineAck(raw) === 'failed') throw failed()
}

function failed(): GatewayError {
  const message = 'WhatsApp did not accept the message: its status is ERROR'
  const hint = 'It was not sent. Is the session connected, and may this account write to that chat?'
  return new GatewayError(message, { kind: 'server', reached: 'yes', vendorMessage: 'status ERROR', hint })
}

function progressOf(ack: Ack, id: string | undefined): SentMessage['status'] {
  if (ack === 'pending') return 'queued'
  return id !== undefined || ack !== 'unknown' ? 'sent' : 'unknown'
}
