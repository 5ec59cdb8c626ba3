import { type CallOptions, type GatewayBase, GatewayError, requireVerb, type SentMessage } from '@wamux/core'
import type { FileKind, OutboxContent, OutboxMessage } from '../message/message.ts'
import type { Pause } from '../store/store.ts'

/** What became of a send. */
export type Outcome =
  | { readonly to: 'sent'; readonly messageId?: string | undefined; readonly messageKey?: string | undefined }
  | { readonly to: 'unknown' | 'refused'; readonly reason: string }
  | {
      /** Nothing was sent, and it may be tried again. */
      readonly to: 'queued'
      readonly reason: string
      /** What keeps the whole number from sending. */
      readonly cause?: Pause['cause']
      /** Ask the session before it is tried again: it may be gone. */
      readonly refusedUnlessDisconnected?: true
      /** How long the gateway asks to wait, ms. */
      readonly waitMs?: number | undefined
    }

type FileVerb =
  | 'message.sendImage'
  | 'message.sendVideo'
  | 'message.sendAudio'
  | 'message.sendVoice'
  | 'message.sendDocument'
  | 'message.sendSticker'

const VERBS: Readonly<Record<FileKind, FileVerb>> = {
  image: 'message.sendImage',
  video: 'message.sendVideo',
  audio: 'message.sendAudio',
  voice: 'message.sendVoice',
  document: 'message.sendDocument',
  sticker: 'message.sendSticker',
}

/** Names the verb that sends a content. */
export function verbFor({ file, as }: OutboxContent): 'message.sendText' | FileVerb {
  return file ? VERBS[as ?? 'document'] : 'message.sendText'
}

/** Sends a message and says what became of it. It throws nothing: what nobody expected has an unknown outcome. */
export async function sendMessage(gateway: GatewayBase, session: string, message: OutboxMessage, options: CallOptions): Promise<Outcome> {
  try {
    const { id, key } = await callVerb(gateway, session, message, options)
    return { to: 'sent', messageId: id, messageKey: key }
  } catch (error) {
    return outcomeOf(error)
  }
}

function callVerb(gateway: GatewayBase, session: string, message: OutboxMessage, options: CallOptions): Promise<SentMessage> {
  const { to, text, file } = message
  const verb = verbFor(message)
  if (verb === 'message.sendText') return requireVerb(gateway, verb)({ session, to, text: text ?? '' }, options)
  const { url, base64 = '', ...facts } = file ?? {}
  const media = url === undefined ? { ...facts, base64 } : { ...facts, url }
  if (verb === 'message.sendImage' || verb === 'message.sendVideo' || verb === 'message.sendDocument') {
    return requireVerb(gateway, verb)({ session, to, file: media, ...(text && { caption: text }) }, options)
  }
  return requireVerb(gateway, verb)({ session, to, file: media }, options)
}

function outcomeOf(error: unknown): Outcome {
  if (!GatewayError.is(error))
    return { to: 'unknown', reason: `An unexpected error: ${error instanceof Error ? error.message : 'no text'}` }
  const reason = error.message
  if (error.kind === 'unknown_outcome' || error.kind === 'bad_response' || error.reached === 'maybe') return { to: 'unknown', reason }
  switch (error.kind) {
    case 'network':
    case 'timeout':
    case 'aborted':
      return { to: 'queued', reason }
    case 'rate_limited':
      return { to: 'queued', reason, waitMs: error.retryAfterMs ?? 60_000 }
    case 'conflict':
      return { to: 'queued', reason, cause: 'not_connected' }
    case 'auth':
    case 'config':
      return { to: 'queued', reason, cause: 'credentials' }
    case 'permission':
      return { to: 'queued', reason, cause: error.code === 'account_limited' ? 'limited' : 'credentials' }
    case 'not_found':
      return { to: 'queued', reason, refusedUnlessDisconnected: true }
    default:
      return { to: 'refused', reason }
  }
}
