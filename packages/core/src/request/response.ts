import { nestsTooDeeply } from './json-depth.ts'

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

/** Reads a body by its real content type, never by what was hoped for. @param bytes a success is a file: its body stays as it came */
export function readAnswer({ status, headers, body }: RawAnswer, bytes?: boolean): ReadAnswer {
  const contentType = (headers.get('content-type') ?? '').replace(/;.*/s, '').trim().toLowerCase()
  const answer = { status, contentType, headers, data: undefined as unknown, text: undefined as string | undefined }
  if (body.length === 0) return { ...answer, text: '' }
  const json = /[/+]json$/.test(contentType)
  const file = (bytes && status < 300) || !(json || isText(contentType, body))
  if (typeof body !== 'string' && file) return { ...answer, data: body }
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  answer.data = answer.text = text
  // a body without a type is tried as JSON, and so is JSON that a proxy or a sloppy gateway labelled as something else
  if (json || contentType === '' || /^\s*[{[]/.test(text)) {
    if (nestsTooDeeply(text)) return { ...answer, unreadable: 'nested too deeply' }
    try {
      answer.data = JSON.parse(text)
    } catch {
      if (json) return { ...answer, unreadable: 'not valid JSON' }
    }
  }
  return answer
}

function isText(contentType: string, body: Uint8Array | string): boolean {
  return contentType === '' ? !body.slice(0, 512).includes(0 as never) : /^text\/|[/+]xml$|x-www-form-urlencoded/.test(contentType)
}

/** True for an answer that says yes and can be read. */
export function isSuccess(context: { refuses?: (answer: Answer) => boolean }, answer: ReadAnswer): boolean {
  const { status, unreadable } = answer
  return status >= 200 && status < 300 && !unreadable && !isWebPage(answer) && !context.refuses?.(answer)
}

/** True for a proxy's or login page; a gateway that labels bare text as HTML means the text. */
export function isWebPage({ contentType, text }: ReadAnswer): boolean {
  return contentType === 'text/html' && /^\s*</.test(text ?? '')
}
