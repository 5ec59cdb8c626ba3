import { invalidInput } from '../errors/gateway-error.ts'

/** A query as it goes out: names may repeat. */
export type QueryPairs = [name: string, value: string][]

/**
 * Fills a path template. Every value stays inside its own segment: dot segments, empty values and control characters are refused,
 * all else is percent-encoded.
 *
 * @throws GatewayError `invalid_request` that names the parameter
 */
export function fillPath(template: string, values: Readonly<Record<string, unknown>> = {}): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => segment(name, values[name]))
}

/** For what would be read as another place than the one that it is meant for. */
export const UNFIT = 'no dot segments or control characters'

function segment(name: string, value: unknown): string {
  const text = typeof value === 'number' ? `${value}` : value
  if (typeof text !== 'string' || text === '') throw invalidInput(name, 'required')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
  if (/^\.\.?$|[\0-\x1f\x7f]/.test(text)) throw invalidInput(name, UNFIT)
  return encodeText(name, text)
}

function encodeText(name: string, text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    // a lone surrogate has no UTF-8 form
    throw invalidInput(name, UNFIT)
  }
}

/** Flattens query values: `undefined` and `null` are left out, arrays repeat their name unless it is listed in `comma`. */
export function queryPairs(query: Readonly<Record<string, unknown>> | undefined, comma: readonly string[] = []): QueryPairs {
  const pairs: QueryPairs = []
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === null) continue
    const texts = [value].flat().map((item) => queryText(name, item))
    for (const text of comma.includes(name) ? [texts.join()] : texts) pairs.push([name, text])
  }
  return pairs
}

function queryText(name: string, value: unknown): string {
  if (typeof value === 'object') throw invalidInput(name, 'expected a plain value')
  return String(value)
}

/** `?a=1&b=2`, or nothing. */
export function queryString(pairs: QueryPairs): string {
  if (pairs.length === 0) return ''
  return `?${pairs.map(([name, value]) => `${encodeText(name, name)}=${encodeText(name, value)}`).join('&')}`
}

/**
 * Checks a base URL and takes off a trailing slash.
 *
 * @param value `http://localhost:3000`, a path prefix is kept
 * @returns `undefined` for anything but a plain http(s) URL
 */
export function normaliseBaseUrl(value: string): string | undefined {
  // from the first slash of a row only, else each would be tried
  return /^https?:/i.test(value) && URL.canParse(value) ? plainHref(value)?.replace(/(?<!\/)\/+$/, '') : undefined
}

// what is more than origin and path would be user, query or fragment
function plainHref(value: string): string | undefined {
  const { origin, pathname, href } = new URL(value)
  return href === origin + pathname ? href : undefined
}

/**
 * True when base URL and path together are an address as URLs are written, so that nothing in the path (`@host`, `//host`, a backslash,
 * `/../`, a tab) is read as another host, port or prefix, and nothing of it as query.
 */
export function isBelow(baseUrl: string, path: string): boolean {
  return /^\/(?!\/)/.test(path) && plainHref(baseUrl + path) === baseUrl + path
}
