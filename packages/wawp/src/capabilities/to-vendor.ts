import { engineMessageId, invalidInput, type Media, type SendInput, type SentMessage } from '@wamux/core'
import { chatIdOf } from '@wamux/core/engine'
import { mimetypeOf, openMedia, textInput, unsupportedInput } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Sent = components['schemas']['SentMessage']

/** A file as Wawp takes it: three fields whose names have brackets. */
export interface FileFields {
  readonly 'file[url]': string
  readonly 'file[filename]': string
  readonly 'file[mimetype]': string
}

/**
 * What every send has: the chat, and the message that it answers.
 *
 * @throws GatewayError `invalid_request` for an address that is none, `unsupported` for mentions
 */
export function recipient({ to, replyTo, mentions }: SendInput): { readonly chatId: string; readonly reply_to?: string } {
  const chatId = chatIdOf(to, 'to')
  if (mentions !== undefined && mentions.length > 0) {
    throw unsupportedInput(manifest, 'mentions', 'none of its sends takes persons to mention. Nothing was sent.')
  }
  return { chatId, ...(replyTo === undefined ? {} : { reply_to: textInput(replyTo, 'replyTo') }) }
}

/** What verbs with a file need; it takes one for the gateway that a config reaches. */
export interface Files {
  /** A file in the fields of Wawp. @param mimetype what it is when nothing tells */
  fields(media: Media, mimetype: string): Promise<FileFields>
  /** The same with its caption, where there is one. */
  captioned(
    input: { readonly file: Media; readonly caption?: string },
    mimetype: string,
  ): Promise<FileFields & { readonly caption?: string }>
  /** A file as an object, for the calls that take one. */
  remote(media: Media, mimetype: string): Promise<{ url: string; filename: string; mimetype: string }>
}

/**
 * Files for Wawp, which fetches them itself. All throw GatewayError `unsupported` for bytes, `invalid_request` for an address that is neither
 * https nor the gateway's own.
 */
export function filesFor({ baseUrl }: WawpConfig): Files {
  async function remote(media: Media, mimetype: string): Promise<{ url: string; filename: string; mimetype: string }> {
    // before openMedia, which would read a stream to its end
    if (media?.url === undefined && (media?.data !== undefined || media?.base64 !== undefined)) {
      throw unsupportedInput(
        manifest,
        'file',
        'it takes files by public https address only, as `{ url }`, and has no place to upload bytes. Nothing was sent.',
      )
    }
    const opened = await openMedia(media, mimetype)
    const { protocol, origin } = new URL(opened.kind === 'url' ? opened.url : 'data:')
    if (opened.kind !== 'url' || (protocol !== 'https:' && origin !== new URL(baseUrl).origin)) {
      throw invalidInput('file.url', 'expected a public https address: Wawp fetches the file itself')
    }
    return { url: opened.url, filename: opened.filename ?? nameInUrl(opened.url) ?? 'file', mimetype: opened.mimetype }
  }

  async function fields(media: Media, mimetype: string): Promise<FileFields> {
    const file = await remote(media, mimetype)
    return { 'file[url]': file.url, 'file[filename]': file.filename, 'file[mimetype]': file.mimetype }
  }

  return {
    remote,
    fields,
    captioned: async ({ file, caption }, mimetype) => ({
      ...(await fields(file, mimetype)),
      ...(caption === undefined ? {} : { caption }),
    }),
  }
}

function nameInUrl(url: string): string | undefined {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  // a segment without a known ending is an id rather than a name
  return mimetypeOf(last) === undefined ? undefined : decodeURIComponentSafely(last)
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Asks Wawp to convert a film first that is none of the kind WhatsApp plays. */
export function conversion(fields: FileFields): { readonly convert?: true } {
  return /^video\/mp4\b/i.test(fields['file[mimetype]']) ? {} : { convert: true }
}

/** Whether Wawp has to convert a sound first: WhatsApp plays Opus in OGG as a voice note, nothing else. */
export function needsConversion(fields: FileFields): boolean {
  return !/^audio\/ogg\b/i.test(fields['file[mimetype]'])
}

/** What came of a send. Never throws: the message is gone whatever the answer looks like. */
export function sentMessage<Raw extends Sent | undefined>(session: string, to: string, raw: Raw): SentMessage & { readonly raw: Raw } {
  return { session, to, ...sentFacts(raw), raw }
}

/** Id and progress of what was sent, as far as the answer tells. */
export function sentFacts(raw: unknown): Pick<SentMessage, 'id' | 'status'> {
  const id = engineMessageId(raw)
  const said = typeof raw === 'object' && raw !== null && (raw as { sent?: unknown }).sent === true
  return { ...(id === undefined ? {} : { id }), status: id !== undefined || said ? 'sent' : 'unknown' }
}
