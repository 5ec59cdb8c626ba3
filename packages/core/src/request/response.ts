import { nestsTooDeeply } from './json-depth.ts'

/** A response of a gateway, completely read. */
export interface GatewayResponse<Data = unknown> {
  /** HTTP status. */
  readonly status: number
  /** Media type in lower case, without parameters; empty when none was given. */
  readonly contentType: string
  /** Response headers. */
  readonly headers: ResponseHeaders
  /** Parsed JSON; text for texts; bytes (`Uint8Array`) for everything else; `undefined` for an empty body. */
  readonly data: Data
  /** The body as text; `undefined` when it is not text. */
  readonly text: string | undefined
}

/** The one method of `Headers` that wamux uses, so that a transport need not implement all of `Headers`. */
export interface ResponseHeaders {
  /**
   * Looks up a field.
   *
   * @param name in any case: `content-type`
   * @returns its value, `null` when it is absent
   */
  get(name: string): string | null
}

/** What a transport hands over: status, headers and the whole body. */
export interface RawResponse {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly body: Uint8Array | string
}

/** A response whose body was parsed by its content type. */
export interface ParsedResponse extends GatewayResponse {
  /** Why the body could not be read as what it claims to be. */
  readonly unreadable?: string
}

/**
 * Parses a body by the content type that the response has, whatever the operation was expected to return.
 *
 * @param raw status, headers and body as they came
 * @param bytes true: a success is a file, and its body is not parsed
 */
export function parseResponse({ status, headers, body }: RawResponse, bytes?: boolean): ParsedResponse {
  const contentType = (headers.get('content-type') ?? '').replace(/;.*/s, '').trim().toLowerCase()
  const response = { status, contentType, headers, data: undefined as unknown, text: undefined as string | undefined }
  if (body.length === 0) return { ...response, text: '' }
  const json = /[/+]json$/.test(contentType)
  const file = (bytes && status < 300) || !(json || isText(contentType, body))
  if (typeof body !== 'string' && file) return { ...response, data: body }
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  response.data = response.text = text
  // a body without a content type may be JSON, and so may one that begins like JSON under another type: some proxies and gateways mislabel it
  if (json || contentType === '' || /^\s*[{[]/.test(text)) {
    if (nestsTooDeeply(text)) return { ...response, unreadable: 'nested too deeply' }
    try {
      response.data = JSON.parse(text)
    } catch {
      if (json) return { ...response, unreadable: 'not valid JSON' }
    }
  }
  return response
}

function isText(contentType: string, body: Uint8Array | string): boolean {
  return contentType === '' ? !body.slice(0, 512).includes(0 as never) : /^text\/|[/+]xml$|x-www-form-urlencoded/.test(contentType)
}
