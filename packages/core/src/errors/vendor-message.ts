import { elementText, htmlText, markupText } from './markup-text.ts'

/** Message and code that a gateway gave with an error. */
export interface VendorMessage {
  /** In the gateway's own wording, at most 500 characters. */
  readonly message?: string
  /** The gateway's error code, as text. */
  readonly code?: string
}

const LONGEST = 500
// the most specific first; `error` near the end, because next to a `message` it often repeats the text of the HTTP status
const MESSAGE_KEYS = ['message', 'detail', 'error_description', 'reason', 'description', 'msg', 'error', 'exception', 'errors'] as const
const CODE_KEYS = ['errorCode', 'code', 'key', 'error'] as const

/**
 * Finds message and code in an error body: JSON of any nesting, XML, HTML or plain text. Never throws.
 *
 * @param data the parsed body
 * @param text the body as text
 * @returns what was found; an empty object when there is nothing
 */
export function findVendorMessage(data: unknown, text: string | undefined): VendorMessage {
  if (typeof data === 'object' && data !== null) return compact(messageIn(data, 0), codeIn(data))
  if (typeof data === 'string' && text !== undefined) return fromText(text)
  return {}
}

function compact(message: string | undefined, code: string | undefined): VendorMessage {
  return { ...(message ? { message: shorten(message) } : {}), ...(code ? { code } : {}) }
}

function messageIn(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value.trim() || undefined
  if (depth > 4 || typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    const parts = value.slice(0, 10).map((item) => messageIn(item, depth + 1))
    return parts.filter((part) => part !== undefined).join('; ') || undefined
  }
  for (const key of MESSAGE_KEYS) {
    const found = messageIn((value as Record<string, unknown>)[key], depth + 1)
    if (found) return found
  }
  return undefined
}

function codeIn(value: object, depth = 0): string | undefined {
  const record = value as Record<string, unknown>
  for (const key of CODE_KEYS) {
    const code = record[key]
    if (typeof code === 'number') return String(code)
    // a sentence is a message, not a code
    if (typeof code === 'string' && /^[\w.:-]{1,80}$/.test(code)) return code
  }
  for (const key of ['error', 'exception'] as const) {
    const nested = record[key]
    if (depth < 3 && typeof nested === 'object' && nested !== null) return codeIn(nested, depth + 1)
  }
  return undefined
}

function fromText(text: string): VendorMessage {
  const start = text.slice(0, 20_000).trim()
  if (!start.startsWith('<')) return compact(start, undefined)
  if (/^<(!doctype html|html|head|body|h1|center|p)\b/i.test(start)) return compact(htmlText(start), undefined)
  const message = ['message', 'detail', 'description', 'error', 'faultstring'].map((tag) => elementText(start, tag)).find(Boolean)
  const code = ['code', 'errorCode', 'error'].map((tag) => elementText(start, tag)).find((found) => found && /^[\w.:-]{1,80}$/.test(found))
  return compact(message ?? markupText(start), code)
}

function shorten(text: string): string {
  const line = text
    .slice(0, 20 * LONGEST)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
