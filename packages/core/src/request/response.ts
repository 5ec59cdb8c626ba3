import { nestsTooDeeply } from './json-depth.ts'

/** A gateway's answer, read to its end. */
export interface GatewayResponse<Data = unknown> {
  readonly status: number
  /** Media type in lower case, without parameters; empty when none was given. */
  readonly contentType: string
  readonly headers: ResponseHeaders
  /** JSON parsed, text as text, all else as bytes; `undefined` for an empty body. */
  readonly data: Data
  /** The body as text where it is text. */
  readonly text: string | undefined
}

/** The little of `Headers` that wamux uses, so that a transport need not build a whole one. */
export interface ResponseHeaders {
  get(name: string): string | null
}

/** What a transport hands over: status, headers and the whole body. */
export interface RawResponse {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly body: Uint8Array | string
}

export interface ParsedResponse extends GatewayResponse {
  /** Why the body could not be read as what it claims to be. */
  readonly unreadable?: string
}

/** Reads a body by its real content type, never by what was hoped for. @param bytes a success is a file: its body stays as it came */
export function parseResponse({ status, headers, body }: RawResponse, bytes?: boolean): ParsedResponse {
  const contentType = (headers.get('content-type') ?? '').replace(/;.*/s, '').trim().toLowerCase()
  const response = { status, contentType, headers, data: undefined as unknown, text: undefined as string | undefined }
  if (body.length === 0) return { ...response, text: '' }
  const json = /[/+]json$/.test(contentType)
  const file = (bytes && status < 300) || !(json || isText(contentType, body))
  if (typeof body !== 'string' && file) return { ...response, data: body }
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  response.data = response.text = text
  // a body without a type is tried as JSON, and so is JSON that a proxy or a sloppy gateway labelled as something else
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
