import { invalidInput, type Media, type PluginContext } from '@wamux/core'
import { mimetypeOf, openMedia, unsupportedInput } from '@wamux/core/verbs'
import { type EngineGateway, partsOf, type SendDifferences } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import { manifest } from '../manifest.ts'
import { sentStatus } from './from-vendor.ts'
import { instanceCalls } from './session.ts'

/** Connects the engine's verbs to Wawp, whose sessions are instance ids. */
export function engineOf({ send, clock, eventBus }: PluginContext<WawpConfig>): EngineGateway {
  const forInstance = instanceCalls(send)
  return {
    gateway: manifest,
    clock,
    eventBus,
    call: async (route, session, fields, options) => (await forInstance(route, session, partsOf(route, fields), options)).data,
  }
}

/** A file that Wawp fetches itself. */
export interface RemoteFile {
  readonly url: string
  readonly filename: string
  readonly mimetype: string
}

/** The same in three fields whose names have brackets. */
export interface FileFields {
  readonly 'file[url]': string
  readonly 'file[filename]': string
  readonly 'file[mimetype]': string
}

/**
 * A file for Wawp, which fetches it itself.
 *
 * @param mimetype media type when neither the caller nor the file name tells it
 * @throws {GatewayError} `unsupported`: bytes were given
 * @throws {GatewayError} `invalid_request`: the address is neither https nor the gateway's own
 */
export async function fileOf({ baseUrl }: WawpConfig, media: Media, mimetype: string): Promise<RemoteFile> {
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

/** A file in the fields that most operations have for it. */
export function fieldsOf({ url, filename, mimetype }: RemoteFile): FileFields {
  return { 'file[url]': url, 'file[filename]': filename, 'file[mimetype]': mimetype }
}

function nameInUrl(url: string): string | undefined {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  // a segment without a known extension is an id, not a file name
  return mimetypeOf(last) === undefined ? undefined : decodeURIComponentSafely(last)
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** How Wawp's sends take a file, and what their answers say. */
export function sendsOf(config: WawpConfig): SendDifferences<FileFields, { convert?: true }> {
  return {
    async file(media, mimetype) {
      const file = await fileOf(config, media, mimetype)
      return { fields: fieldsOf(file), mimetype: file.mimetype }
    },
    // that Wawp accepts `convert` for a video is inferred, so it is sent only when needed
    video: (convert) => (convert ? { convert } : {}),
    statusOf: sentStatus,
  }
}
