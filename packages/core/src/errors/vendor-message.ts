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
// fields in which a gateway passes on the answer of a server that it asked
const WRAPPERS = ['response', 'data', 'body', 'result', 'results', 'payload', 'upstream'] as const
const CODE_KEYS = ['errorCode', 'code', 'key', 'error'] as const
const MOST_TEXTS = 20
const LONGEST_TEXT = 2_000

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
  for (const key of WRAPPERS) {
    const inside = (value as Record<string, unknown>)[key]
    const found = typeof inside === 'object' ? messageIn(inside, depth + 1) : undefined
    if (found) return found
  }
  return undefined
}

/**
 * Finds all texts of an error body that describe the error, also in the answer of another server that the gateway passed on, and in JSON
 * inside a text. Parts of the request that the body repeats are left out.
 *
 * @param data the parsed body
 * @param text the body as text
 * @returns at most 20 texts of 2 000 characters
 */
export function findVendorTexts(data: unknown, text?: string): readonly string[] {
  const texts: string[] = []
  collect(typeof data === 'string' ? (text ?? data) : data, texts, 0)
  return texts
}

function collect(value: unknown, texts: string[], depth: number): void {
  if (depth > 6 || texts.length >= MOST_TEXTS) return
  if (typeof value === 'string') {
    const words = value.slice(0, LONGEST_TEXT).trim()
    if (words !== '') texts.push(words)
    const inside = words === value.trim() && /^[{[]/.test(words) ? parsed(words) : undefined
    if (inside !== undefined) collect(inside, texts, depth + 1)
  } else if (Array.isArray(value)) {
    for (const one of value.slice(0, MOST_TEXTS)) collect(one, texts, depth + 1)
  } else if (typeof value === 'object' && value !== null) {
    for (const key of [...MESSAGE_KEYS, 'details', 'errorMessage', ...WRAPPERS]) {
      const inside = (value as Record<string, unknown>)[key]
      // a text in a wrapper field is no message: `data: "…"` may be anything
      if (!(WRAPPERS as readonly string[]).includes(key) || typeof inside === 'object') collect(inside, texts, depth + 1)
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
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
