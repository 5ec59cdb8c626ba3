import { GatewayError, type MediaContent, type Message, type Route, type Send, type SendOptions } from '@wamux/core'
import { recordOf, textOf } from '@wamux/engine'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Schemas = components['schemas']

function missing(operation: string, message: string, hint?: string): GatewayError {
  return new GatewayError(message, { kind: 'not_found', gateway: manifest.id, operation, hint, reached: 'yes' })
}

/** The route of files that the server has downloaded. WAHA's document does not list it as an operation. */
const FILE: Omit<Route<never>, 'path'> = { id: 'files.get', method: 'GET', safety: 'read' }
const OPERATION = 'message.downloadMedia'

/**
 * Fetches the file of a message, from this server only, because the request contains the API key.
 *
 * @throws {GatewayError} `not_found`: the message has no file
 * @throws {GatewayError} `unsupported`: the file is kept at another server
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#files-of-messages
 */
export async function fetchFile(
  send: Send,
  { session, id }: Message,
  raw: Schemas['Message'],
  options: SendOptions | undefined,
): Promise<MediaContent & { readonly raw: Schemas['Message'] }> {
  const media = recordOf(raw.media)
  const url = textOf(media?.url)
  if (url === undefined) {
    const hint = raw.hasMedia ? 'WAHA could not download it: it may be gone from WhatsApp, or the server keeps no media.' : undefined
    throw missing(OPERATION, `Message ${id} has no file`, hint)
  }
  const [, ...segments] = URL.canParse(url, 'http://waha')
    ? (/\/api\/files\/([^/]+)(?:\/([^/]+))?$/.exec(new URL(url, 'http://waha').pathname) ?? [])
    : []
  const path = segments.filter((segment) => segment !== undefined)
  if (path.length === 0) {
    const hint = 'Its address is media.url of the message; fetch it from there.'
    const message = `The file of message ${id} is not kept by this server`
    throw new GatewayError(message, { kind: 'unsupported', gateway: manifest.id, operation: OPERATION, hint, reached: 'yes' })
  }
  const answer = await send<unknown>({ ...FILE, path: `/api/files/${path.join('/')}` }, {}, { ...options, accept: '*/*', bytes: true })
  const mimetype = textOf(media?.mimetype) ?? textOf(answer.contentType)
  const filename = textOf(media?.filename)
  return {
    session,
    data: answer.data instanceof Uint8Array ? answer.data : new Uint8Array(),
    ...(mimetype === undefined ? {} : { mimetype }),
    ...(filename === undefined ? {} : { filename }),
    raw,
  }
}
