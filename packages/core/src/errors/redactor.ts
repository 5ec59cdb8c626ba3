import { type HideSecrets, secretFinder } from './find-secrets.ts'

const HIDDEN = '[redacted]'

// a shorter secret would match parts of ordinary words; its value is still hidden in URLs, by the name of its parameter
const SHORTEST = 4

/** Texts without secrets that are remembered: an error passes here several times, with the same message, stack and cause. */
const REMEMBERED = 20
/** Longest text that is remembered, characters. */
const LONGEST = 10_000

/** Replaces known secrets by `[redacted]` in what wamux shows. */
export interface Redactor {
  /**
   * Replaces every secret in a text, also encoded or escaped ones.
   *
   * @param value any text
   * @returns the text without secrets
   */
  text(value: string): string
  /**
   * Removes user info from a URL, and the values of secret query parameters.
   *
   * @param value a URL
   * @returns the URL without secrets
   */
  url(value: string): string
  /**
   * Copies an error: name, message, code and its causes, without secrets.
   *
   * @param value anything that was thrown
   * @returns the copy
   */
  error(value: unknown): Error
  /**
   * Makes a redactor that knows more secrets.
   *
   * @param secrets values to hide, too
   */
  with(secrets: Iterable<string>): Redactor
}

/**
 * Makes a redactor.
 *
 * @param secrets values to hide; those shorter than 4 characters are not looked for in texts
 * @param names query parameters whose values are hidden in URLs, whatever they are
 * @returns the redactor
 */
export function createRedactor(secrets: Iterable<string>, names: readonly string[] = []): Redactor {
  const values = [...new Set(secrets)].filter((secret) => secret.length >= SHORTEST)
  // made with the first text: most gateways never have one to search
  let hide: HideSecrets | undefined
  const clean = new Set<string>()
  const hiddenNames = new Set(names.map((name) => name.toLowerCase()))

  function text(value: string): string {
    if (values.length === 0 || clean.has(value)) return value
    hide ??= secretFinder(values)
    const shown = hide(value, HIDDEN)
    if (shown !== value || value.length > LONGEST) return shown
    if (clean.size >= REMEMBERED) clean.clear()
    clean.add(value)
    return shown
  }

  function url(value: string): string {
    const [address = '', query] = value.split(/\?(.*)/s, 2)
    const plain = address.replace(/^([a-z+.-]+:\/\/)[^/]*@/i, `$1${HIDDEN}@`)
    if (query === undefined) return text(plain)
    const shown = query.split('&').map((pair) => {
      const name = pair.split('=', 1)[0] ?? ''
      return hiddenNames.has(decode(name).toLowerCase()) ? `${name}=${HIDDEN}` : pair
    })
    return text(`${plain}?${shown.join('&')}`)
  }

  function error(value: unknown, depth = 0): Error {
    if (!(value instanceof Error)) return new Error(text(String(value)))
    const { code } = value as { code?: unknown }
    const copy = new Error(text(value.message))
    copy.name = text(value.name)
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
