import type { Fetch, FetchInit, FetchResponse } from '@wamux/core'
import type {
  ICredentialDataDecryptedObject,
  IExecuteFunctions,
  IHookFunctions,
  IHttpRequestMethods,
  IHttpRequestOptions,
  ILoadOptionsFunctions,
  IWebhookFunctions,
} from 'n8n-workflow'

/** Where a gateway's credentials stand in a request. n8n puts them there itself, so what the plugin put there goes. */
export interface CredentialPlaces {
  /** Header names, lower case. */
  readonly headers?: readonly string[]
  readonly query?: readonly string[]
}

/** The places that requests are made from. */
export type RequestContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions

/** How requests are made. */
export interface FetchSettings {
  /** Deadline of one request, ms; n8n puts its own signal in the place of the plugin's. */
  readonly timeoutMs: number
  /** Connect although the certificate of the gateway cannot be checked. */
  readonly ignoresCertificates?: boolean
}

/** Whether a credential says to connect although the certificate cannot be checked. */
export function ignoresCertificates(credentials: ICredentialDataDecryptedObject): boolean {
  return credentials.ignoreSslIssues === true
}

interface FullResponse {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: unknown
}

/**
 * A fetch that goes through n8n's HTTP request function, so that its proxies, certificates and credentials count. Redirects are not
 * followed, and what n8n throws is reduced to a message and a code: its own error carries the whole request.
 *
 * @param credential name of the credential type
 */
export function n8nFetch(
  context: RequestContext,
  credential: string,
  places: CredentialPlaces,
  { timeoutMs, ignoresCertificates: unchecked = false }: FetchSettings,
): Fetch {
  return async (url, init) => {
    const { bytes, contentType } = await bodyOf(init.body)
    const headers = without(init.headers, places.headers)
    if (contentType && !headers['content-type']) headers['content-type'] = contentType
    const options: IHttpRequestOptions = {
      url: withoutQuery(url, places.query),
      method: init.method as IHttpRequestMethods,
      headers,
      ...(bytes ? { body: bytes } : {}),
      encoding: 'arraybuffer',
      json: false,
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
      disableFollowRedirect: true,
      timeout: timeoutMs,
      ...(unchecked ? { skipSslCertificateValidation: true } : {}),
      abortSignal: init.signal,
    }
    try {
      return answerOf((await context.helpers.httpRequestWithAuthentication.call(context, credential, options)) as FullResponse)
    } catch (error) {
      throw plainError(error)
    }
  }
}

async function bodyOf(body: FetchInit['body']): Promise<{ bytes?: Buffer; contentType?: string }> {
  if (body === undefined) return {}
  // the platform knows best how a form is written
  const written = new Response(body as BodyInit)
  const contentType = body instanceof FormData ? written.headers.get('content-type') : undefined
  return { bytes: Buffer.from(await written.arrayBuffer()), ...(contentType ? { contentType } : {}) }
}

function without(headers: Readonly<Record<string, string>>, names: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name.toLowerCase())))
}

function withoutQuery(url: string, names: readonly string[] = []): string {
  const [address = '', query] = url.split(/\?(.*)/s, 2)
  if (query === undefined) return url
  const kept = query.split('&').filter((pair) => !names.includes(pair.split('=', 1)[0] ?? ''))
  return kept.length > 0 ? `${address}?${kept.join('&')}` : address
}

function answerOf({ statusCode, headers, body }: FullResponse): FetchResponse {
  const bytes = bytesOf(body)
  const get = (name: string) => {
    const value = headers[name.toLowerCase()]
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ')
  }
  const readAll = async (limit: number) => {
    if (bytes.length <= limit) return bytes
    const problem = new Error(`the answer has ${bytes.length} bytes, more than the ${limit} allowed`)
    throw Object.assign(problem, { code: 'WAMUX_BODY_TOO_LARGE' })
  }
  const text = async () => new TextDecoder().decode(bytes)
  return { status: statusCode, headers: { get }, body: null, text, arrayBuffer: async () => new Uint8Array(bytes).buffer, readAll }
}

function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body
  if (body instanceof ArrayBuffer) return new Uint8Array(body)
  if (body === undefined || body === null || body === '') return new Uint8Array()
  return new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
}

interface ThrownError {
  readonly code?: unknown
  readonly syscall?: unknown
  readonly message?: unknown
  readonly cause?: unknown
  readonly errorResponse?: unknown
  readonly context?: { readonly data?: unknown }
}

/** The innermost code and call of an error, which tell whether anything was sent; nothing else of it is kept. */
function plainError(error: unknown): Error {
  const found: { code?: string; syscall?: string } = {}
  let next: unknown = error
  for (let depth = 0; depth < 6 && typeof next === 'object' && next !== null; depth++) {
    const { code, syscall, cause, errorResponse } = next as ThrownError
    if (typeof code === 'string') found.code = code
    if (typeof syscall === 'string') found.syscall = syscall
    next = cause ?? errorResponse
  }
  return Object.assign(new Error('the request of n8n did not come through'), found)
}
