import { type GatewayBase, GatewayError, supports } from '@wamux/core'
import type { ICredentialDataDecryptedObject } from 'n8n-workflow'
import { credentialText } from '../wire/credential-text.ts'
import { ignoresCertificates, n8nFetch, type RequestContext } from '../wire/n8n-fetch.ts'
import type { GatewayNode } from './gateway-node.ts'

/** The message whose file is wanted. */
export interface MessageWithFile {
  readonly session: string
  readonly chat: string
  readonly id: string
  /** What the gateway told of the file. */
  readonly media?: { readonly url?: string; readonly mimetype?: string; readonly filename?: string; readonly size?: number } | undefined
}

/** A file of a message. */
export interface DownloadedFile {
  readonly bytes: Uint8Array
  readonly mimetype: string
  readonly filename: string | undefined
}

/** What a download needs. */
export interface DownloadSource {
  readonly context: RequestContext
  readonly node: GatewayNode
  readonly gateway: GatewayBase
  readonly credentials: ICredentialDataDecryptedObject
  readonly timeoutMs: number
  /** Largest file, bytes. */
  readonly limit: number
}

/**
 * The file inside a message: by the gateway's own verb; where it has none, from the address that the gateway named, when that is the
 * gateway itself. The credential goes nowhere else.
 *
 * @throws GatewayError `not_found` when there is no file, `invalid_request` when it is larger than allowed, `unsupported` when the gateway
 * does not keep it
 */
export async function downloadMedia(source: DownloadSource, message: MessageWithFile): Promise<DownloadedFile> {
  const { gateway, timeoutMs, limit } = source
  const { session, chat, id, media } = message
  if ((media?.size ?? 0) > limit) throw tooLarge(gateway, media?.size ?? 0, limit)
  const file = supports(gateway, 'message.downloadMedia')
    ? fromVerb(await gateway.message.downloadMedia({ session, chat, message: id }, { timeoutMs }))
    : await fromAddress(source, message)
  if (file.bytes.length > limit) throw tooLarge(gateway, file.bytes.length, limit)
  return { ...file, mimetype: file.mimetype || media?.mimetype || 'application/octet-stream', filename: file.filename ?? media?.filename }
}

// a message that was only named tells its file when it is asked for
async function mediaOf(
  { gateway, timeoutMs }: DownloadSource,
  { session, chat, id, media }: MessageWithFile,
): Promise<MessageWithFile['media']> {
  if (!supports(gateway, 'message.get')) return media
  return (await gateway.message.get({ session, chat, message: id }, { timeoutMs })).media
}

function fromVerb({ data, mimetype, filename }: { data: Uint8Array; mimetype?: string; filename?: string }): DownloadedFile {
  return { bytes: data, mimetype: mimetype ?? '', filename }
}

async function fromAddress(source: DownloadSource, message: MessageWithFile): Promise<DownloadedFile> {
  const { context, node, gateway, credentials, timeoutMs } = source
  const media = message.media?.url === undefined ? await mediaOf(source, message) : message.media
  const base = credentialText(credentials, 'baseUrl')
  const url = media?.url
  if (url === undefined || !URL.canParse(url, base)) throw problem(gateway, 'not_found', 'the message names no file that can be fetched')
  const address = new URL(url, base)
  if (address.origin !== new URL(base).origin) {
    throw problem(gateway, 'unsupported', 'the file of the message is kept at another server', `Fetch it from ${address.origin} yourself.`)
  }
  const fetch = n8nFetch(context, node.credential, node.places, { timeoutMs, ignoresCertificates: ignoresCertificates(credentials) })
  const init = {
    method: 'GET',
    headers: { accept: '*/*' },
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'manual',
    duplex: 'half',
  } as const
  const answer = await fetch(address.href, init)
  if (answer.status !== 200) throw problem(gateway, 'not_found', `the gateway does not give the file (HTTP ${answer.status})`)
  return {
    bytes: new Uint8Array(await answer.arrayBuffer()),
    mimetype: answer.headers.get('content-type') ?? '',
    filename: undefined,
  }
}

function tooLarge(gateway: GatewayBase, size: number, limit: number): GatewayError {
  const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1)
  return problem(gateway, 'invalid_request', `the file has ${megabytes(size)} MB, more than the ${megabytes(limit)} MB that are allowed`)
}

function problem(gateway: GatewayBase, kind: 'not_found' | 'unsupported' | 'invalid_request', text: string, hint?: string): GatewayError {
  const { id, name } = gateway.manifest
  return new GatewayError(`${name}: ${text}`, { kind, gateway: id, operation: 'message.downloadMedia', hint, reached: 'yes' })
}
