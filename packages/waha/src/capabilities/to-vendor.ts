import {
  type CallOptions,
  engineMessageId,
  invalidInput,
  type Media,
  type PluginContext,
  type SendInput,
  type SentMessage,
} from '@wamux/core'
import { chatIdOf, type EngineGateway, partsOf } from '@wamux/core/engine'
import { openMedia, textInput, toBase64, unsupportedInput } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import type { Sender } from './reconcile.ts'

type Schemas = components['schemas']

/** What the engine's verbs need of a WAHA server, which takes the session in the path, or beside the other fields. */
export function engineOf({ exchange, clock, news }: PluginContext<WahaConfig>): EngineGateway {
  return {
    gateway: manifest,
    clock,
    news,
    async call(route, session, fields, options) {
      const parts = partsOf(route, { ...(route.path.includes('{session}') ? { session } : inSession(session)), ...fields })
      return (await exchange(route, parts, options)).data
    },
  }
}

/** The session, for calls that name it in query or body; what is in a path is checked there. @throws GatewayError `invalid_request` */
export function inSession(session: string): { readonly session: string } {
  return { session: textInput(session, 'session') }
}

/** What every send has: the session, the chat, and the message that it answers. */
export interface Recipient {
  readonly session: string
  readonly chatId: string
  readonly reply_to?: string
}

/**
 * Session, chat and answered message of a send that takes nobody to mention.
 *
 * @throws GatewayError `invalid_request` for an address that is none, `unsupported` for mentions
 */
export function recipient({ session, to, replyTo, mentions }: SendInput): Recipient {
  const chatId = chatIdOf(to, 'to')
  if (mentions !== undefined && mentions.length > 0) {
    throw unsupportedInput(manifest, 'mentions', 'it takes persons to mention with a text only. Nothing was sent.')
  }
  return { ...inSession(session), chatId, ...(replyTo === undefined ? {} : { reply_to: replyTo }) }
}

/**
 * A file as WAHA takes it: an address that it fetches itself, or base64.
 *
 * @param mimetype what it is when nothing tells
 * @throws GatewayError `invalid_request`
 */
export async function fileOf(media: Media, mimetype: string): Promise<Schemas['File']> {
  const file = await openMedia(media, mimetype)
  const most = manifest.limits?.['message.sendImage']?.maxMediaBytes ?? Number.POSITIVE_INFINITY
  const facts = { mimetype: file.mimetype, ...(file.filename === undefined ? {} : { filename: file.filename }) }
  if (file.kind === 'url') return { ...facts, url: file.url }
  if (file.bytes.length > most) throw invalidInput('file', `is larger than the ${most / 1e6} MB that fit into a request; give it as a url`)
  return { ...facts, data: toBase64(file.bytes) }
}

/** Whether WAHA has to convert a sound first: WhatsApp plays Opus in OGG as a voice note, nothing else. */
export function isForeignVoice({ mimetype }: Schemas['File']): boolean {
  return !/^audio\/ogg\b/i.test(mimetype)
}

/** Whether WAHA has to convert a video first. */
export function isForeignVideo({ mimetype }: Schemas['File']): boolean {
  return !/^video\/mp4\b/i.test(mimetype)
}

/** The caption, where there is one. */
export function captionOf({ caption }: { readonly caption?: string }): { caption?: string } {
  return caption === undefined ? {} : { caption }
}

/** What came of a send. Never throws: the message is gone whatever the answer looks like. */
export function sentMessage<Raw>(session: string, to: string, raw: Raw): SentMessage & { readonly raw: Raw } {
  const id = engineMessageId(raw)
  return { session, to, ...(id === undefined ? {} : { id }), status: 'sent', raw }
}

/** How messages are sent that can have an id beforehand; the code that reconciles is loaded only where the config asks for it. */
export function senderOf(context: PluginContext<WahaConfig>): Sender {
  if (context.config.idempotency !== 'reconcile') return (_, options, send) => send({}, options)
  return async (place, options: CallOptions | undefined, send) =>
    (await import('./reconcile.ts')).sendReconciled(context, place, options, send)
}
