import { GatewayError, type MediaContent, type Message, type PluginContext, type Route, type Send, type SendOptions } from '@wamux/core'
import { recordOf, textOf } from '@wamux/engine'
import type { WahaConfig } from '../auth.ts'
import { sessionsMe } from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Schemas = components['schemas']

/** How long the account of a session is remembered, ms: it changes only when another phone is paired. */
const ACCOUNT_MS = 60_000

/** Asks for the account of a session, `{ id, lid }`, at most once a minute. */
export function accountsOf({
  send,
  clock,
}: PluginContext<WahaConfig>): (session: string, options: SendOptions | undefined) => Promise<unknown> {
  const known = new Map<string, { readonly me: unknown; readonly until: number }>()
  return async (session, options) => {
    const before = known.get(session)
    if (before && before.until > clock.now()) return before.me
    const { data: me } = await send(sessionsMe, { path: { session } }, options)
    // before a phone is paired the answer is empty
    if (recordOf(me)) known.set(session, { me, until: clock.now() + ACCOUNT_MS })
    return me
  }
}

function missing(operation: string, message: string, hint?: string): GatewayError {
  return new GatewayError(message, { kind: 'not_found', gateway: manifest.id, operation, hint, reached: 'yes' })
}

/** Not an operation of its own: where the server keeps what it downloaded. */
const FILE: Omit<Route<never>, 'path'> = { id: 'files.get', method: 'GET', safety: 'read' }
const OPERATION = 'message.downloadMedia'

/**
 * Fetches the file that a message names, from this server only: the key goes nowhere else.
 *
 * @throws {GatewayError} `not_found`: when there is none, `unsupported` when it is kept elsewhere
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
