import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { GatewayError, type GatewayErrorDetails, invalidInput } from '../errors/gateway-error.ts'
import { joinChunks } from '../request/join-chunks.ts'
import { causeCode } from '../request/network-error.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import { assertPublicUrl } from './assert-public-url.ts'
import type { FetchPublicOptions, PublicAddress, PublicFile, PublicUrl } from './options.ts'

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024
const DEFAULT_TIMEOUT_MS = 30_000
const MAX_REDIRECTS = 3
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/**
 * Fetches a file from a link that came from outside. The link is checked as {@link assertPublicUrl} does, and the connection goes to the
 * addresses that were checked, so that a host cannot change its address in between. Every redirect is checked, too: at most three, and
 * never from https to http. It uses no cookies, credentials or proxies, and accepts uncompressed bodies only.
 *
 * It protects the network of this program. A link that is passed to a gateway is fetched by the gateway, from its own network.
 *
 * @param url an absolute link
 * @param options limits and accepted media types; everything has a default
 * @returns the file
 * @throws {GatewayError} `invalid_request`: the link or a redirect is refused; `field` is `url`
 * @throws {GatewayError} `network`: the host has no address, or the connection failed
 * @throws {GatewayError} `timeout`: the file was not there within `timeoutMs`
 * @throws {GatewayError} `aborted`: the signal fired
 * @throws {GatewayError} `bad_response`: no 2xx status, too large, another media type than asked for, compressed, or too many redirects
 */
export async function fetchPublic(url: string | URL, options: FetchPublicOptions = {}): Promise<PublicFile> {
  const { clock = systemClock, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options
  if (signal?.aborted) throw failed('aborted', { kind: 'aborted' })
  const deadline = openDeadline(clock, timeoutMs, signal)
  try {
    return await Promise.race([follow(url, options, deadline.signal), deadline.ended])
  } finally {
    deadline.close()
  }
}

async function follow(start: string | URL, options: FetchPublicOptions, signal: AbortSignal): Promise<PublicFile> {
  let target = start
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const place = await assertPublicUrl(target, options)
    const response = await request(place, options, signal)
    try {
      const { statusCode: status = 0, headers } = response
      if (!REDIRECTS.has(status)) return await readFile(place.url, response, options)
      target = redirectTarget(place.url, headers.location, status)
    } finally {
      response.destroy()
    }
  }
  throw failed(`more than ${MAX_REDIRECTS} redirects`, { kind: 'bad_response' })
}

function request({ url, addresses }: PublicUrl, { ca }: FetchPublicOptions, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const open = url.protocol === 'https:' ? requestHttps : requestHttp
    const headers = { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'wamux' }
    // no shared agent: it could reuse a connection to an address that was not checked
    const outgoing = open(url, { agent: false, headers, lookup: pinned(addresses), signal, ...(ca === undefined ? {} : { ca }) })
    outgoing.on('error', (cause) => reject(networkError(cause)))
    outgoing.on('response', resolve)
    outgoing.end()
  })
}

// replaces name resolution: always gives the checked addresses
function pinned(addresses: readonly PublicAddress[]): LookupFunction {
  return (_hostname, { all }, callback) => {
    const [first] = addresses
    if (all) callback(null, [...addresses])
    else callback(null, first?.address ?? '', first?.family)
  }
}

function redirectTarget(from: URL, location: string | undefined, status: number): URL {
  const url = location !== undefined && URL.canParse(location, from) ? new URL(location, from) : undefined
  if (!url) throw failed(`HTTP ${status} without a place to go to`, { kind: 'bad_response', status })
  if (from.protocol === 'https:' && url.protocol === 'http:') throw invalidInput('url', 'it redirects from https to http')
  return url
}

async function readFile(url: URL, response: IncomingMessage, options: FetchPublicOptions): Promise<PublicFile> {
  const { maxBytes = DEFAULT_MAX_BYTES, contentTypes } = options
  const { statusCode: status = 0, headers } = response
  const refuse = (what: string) => failed(what, { kind: 'bad_response', status })
  if (status < 200 || status > 299) throw refuse(`HTTP ${status}`)
  const contentType = (headers['content-type'] ?? '').replace(/;.*/s, '').trim().toLowerCase()
  if (contentTypes && !contentTypes.some((one) => fits(contentType, one))) {
    throw refuse(`it is ${contentType || 'of no type'}, expected ${contentTypes.join(' or ')}`)
  }
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw refuse('it is compressed, which was not asked for')
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw refuse(`it has more than ${maxBytes} bytes`)
  return { url: url.href, contentType, data: await readBody(response, maxBytes, refuse) }
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
  refuse: (what: string) => GatewayError,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxBytes) throw refuse(`it has more than ${maxBytes} bytes`)
      chunks.push(chunk)
    }
  } catch (cause) {
    throw GatewayError.is(cause) ? cause : networkError(cause)
  }
  return joinChunks(chunks)
}

function fits(contentType: string, wanted: string): boolean {
  const type = wanted.toLowerCase()
  return type.endsWith('/*') ? contentType.startsWith(type.slice(0, -1)) : contentType === type
}

function networkError(cause: unknown): GatewayError {
  const code = causeCode(cause)
  // HPE_ codes come from Node's HTTP parser: there was a response, and it was malformed
  if (code?.startsWith('HPE_')) return failed(`the answer is no HTTP (${code})`, { kind: 'bad_response', code, cause })
  return failed(`the connection failed${code ? ` (${code})` : ''}`, { kind: 'network', code, retryable: true, cause })
}

// the link is not shown, because it may contain a token
function failed(what: string, details: GatewayErrorDetails): GatewayError {
  return new GatewayError(`url: ${what}`, { field: 'url', ...details })
}

interface Deadline {
  readonly signal: AbortSignal
  /** Rejects when time is over or the caller aborts. */
  readonly ended: Promise<never>
  close(): void
}

function openDeadline(clock: Clock, timeoutMs: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  let end: (error: GatewayError) => void = () => undefined
  const ended = new Promise<never>((_resolve, reject) => {
    end = reject
  })
  const abort = () => end(failed('aborted', { kind: 'aborted' }))
  const expire = () => end(failed(`not there within ${timeoutMs} ms`, { kind: 'timeout', retryable: true }))
  const cancel = timeoutMs > 0 ? clock.after(timeoutMs, expire) : () => undefined
  outer?.addEventListener('abort', abort)
  const close = () => {
    cancel()
    outer?.removeEventListener('abort', abort)
    // ends the request if it is still in progress
    controller.abort()
  }
  return { signal: controller.signal, ended, close }
}
