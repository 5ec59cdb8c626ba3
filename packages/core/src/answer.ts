/** A gateway's answer, read to its end. */
export interface Answer<Data = unknown> {
  readonly status: number
  /** Media type in lower case, without parameters; empty when none was given. */
  readonly contentType: string
  readonly headers: AnswerHeaders
  /** JSON parsed, text as text, all else as bytes; `undefined` for an empty body. */
  readonly data: Data
  /** The body as text where it is text. */
  readonly text: string | undefined
}

/** The little of `Headers` that wamux uses, so that a transport need not build a whole one. */
export interface AnswerHeaders {
  get(name: string): string | null
}

/** What a transport hands over: status, headers and the whole body. */
export interface RawAnswer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly body: Uint8Array | string
}

export interface ReadAnswer extends Answer {
  /** Why the body could not be read as what it claims to be. */
  readonly unreadable?: string
}

/** Reads a body by its real content type, never by what was hoped for. */
export function readAnswer(raw: RawAnswer): ReadAnswer {
  const { status, headers } = raw
  const contentType = (headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const size = raw.body.length
  if (size === 0) return { status, contentType, headers, data: undefined, text: '' }
  if (!isText(contentType, raw.body)) {
    const data = typeof raw.body === 'string' ? new TextEncoder().encode(raw.body) : raw.body
    return { status, contentType, headers, data, text: undefined }
  }
  const text = typeof raw.body === 'string' ? raw.body : new TextDecoder().decode(raw.body)
  const claimsJson = isJson(contentType)
  // a body without a type is tried as JSON, and so is JSON that a proxy or a sloppy gateway labelled as something else
  if (!claimsJson && !(contentType === '' || looksLikeJson(text))) return { status, contentType, headers, data: text, text }
  try {
    return { status, contentType, headers, data: JSON.parse(text), text }
  } catch {
    const plain = { status, contentType, headers, data: text, text }
    return claimsJson ? { ...plain, unreadable: 'it is not valid JSON' } : plain
  }
}

function isJson(contentType: string): boolean {
  return contentType === 'application/json' || contentType.endsWith('+json')
}

function isText(contentType: string, body: Uint8Array | string): boolean {
  if (contentType === 'image/svg+xml') return true
  if (contentType === '') return typeof body === 'string' || !body.subarray(0, 512).includes(0)
  return isJson(contentType) || contentType.startsWith('text/') || /[/+](xml|x-www-form-urlencoded|javascript)$/.test(contentType)
}

function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text)
}
