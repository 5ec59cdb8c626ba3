import { secretFinder } from './find-secrets.ts'

const HIDDEN = '[redacted]'

// shorter secrets would blot out ordinary words; they are still hidden by name in URLs
const SHORTEST = 4

/** Hides known secrets in whatever is about to be shown. */
export interface Redactor {
  /** The text with every secret replaced, also where it stands encoded or escaped. */
  text(value: string): string
  /** A URL without user info and with the values of secret query parameters hidden. */
  url(value: string): string
  /** A copy of an error, reduced to name, message, code and its own causes, all redacted. */
  error(value: unknown): Error
  /** A redactor that knows more secrets. */
  with(secrets: Iterable<string>): Redactor
}

/** @param secrets values to hide; @param names query parameters whose values are always hidden */
export function createRedactor(secrets: Iterable<string>, names: readonly string[] = []): Redactor {
  const values = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST)
  const hide = values.length > 0 ? secretFinder(values) : undefined
  const hiddenNames = new Set(names.map((name) => name.toLowerCase()))

  function text(value: string): string {
    return hide ? hide(value, HIDDEN) : value
  }

  function url(value: string): string {
    const [address = '', query] = value.split(/\?(.*)/s, 2)
    const plain = text(address.replace(/^([a-z+.-]+:\/\/)[^/@]*@/i, `$1${HIDDEN}@`))
    if (query === undefined) return plain
    const shown = query.split('&').map((pair) => {
      const name = pair.split('=', 1)[0] ?? ''
      return hiddenNames.has(decode(name).toLowerCase()) ? `${name}=${HIDDEN}` : text(pair)
    })
    return `${plain}?${shown.join('&')}`
  }

  function error(value: unknown, depth = 0): Error {
    if (!(value instanceof Error)) return new Error(text(String(value)))
    const { code } = value as { code?: unknown }
    const copy = new Error(text(value.message))
    copy.name = value.name
    if (code !== undefined) Object.defineProperty(copy, 'code', { value: text(String(code)), enumerable: true })
    if (value.stack) copy.stack = text(value.stack)
    if (value.cause !== undefined && depth < 5) copy.cause = error(value.cause, depth + 1)
    return copy
  }

  return { text, url, error, with: (more) => createRedactor([...values, ...more], names) }
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
