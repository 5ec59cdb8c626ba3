import { invalidInput } from '../errors/gateway-error.ts'

/** A query as it goes out: names may repeat. */
export type QueryPairs = [name: string, value: string][]

/**
 * Fills a path template. Every value stays within its own segment: dot segments, empty values and control characters are refused,
 * everything else is percent-encoded.
 *
 * @param template `/api/sessions/{session}/stop`
 * @param values by parameter name; texts and numbers
 * @returns the path
 * @throws {GatewayError} `invalid_request`: a value is missing or refused; `field` names it
 */
export function fillPath(template: string, values: Readonly<Record<string, unknown>> = {}): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => segment(name, values[name]))
}

/** What is expected of a path or a path parameter that would lead to another place on the server. */
export const UNFIT = 'no dot segments or control characters'

function segment(name: string, value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string' || !text.trim()) throw invalidInput(name, 'required')
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

/**
 * Turns query values into pairs. `undefined` and `null` are left out.
 *
 * @param query values by name
 * @param comma names of lists that are written as one comma-separated value; other lists repeat their name
 * @throws {GatewayError} `invalid_request`: a value is an object
 */
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
  if (typeof value === 'object') throw invalidInput(name, 'expected a text')
  return String(value)
}

/**
 * Writes pairs as a query.
 *
 * @param pairs names and values, not encoded
 * @returns `?a=1&b=2`; an empty text without pairs
 * @throws {GatewayError} `invalid_request`: a value contains half of a character
 */
export function queryString(pairs: QueryPairs): string {
  return pairs.map(([name, value], at) => `${at ? '&' : '?'}${encodeText(name, name)}=${encodeText(name, value)}`).join('')
}

/**
 * Checks a base URL and removes trailing slashes.
 *
 * @param value `http://localhost:3000`, or with a path in front of the API's
 * @returns `undefined` for anything but an http(s) URL without user, query and fragment
 */
export function normaliseBaseUrl(value: string): string | undefined {
  // `(?<!\/)` starts at the first slash of a row only, so that long rows take linear time
  return /^https?:/i.test(value) && URL.canParse(value) ? plainHref(value)?.replace(/(?<!\/)\/+$/, '') : undefined
}

// a URL that is longer than origin and path has a user, query or fragment
function plainHref(value: string): string | undefined {
  const { origin, pathname, href } = new URL(value)
  return href === origin + pathname ? href : undefined
}

/**
 * True when base URL and path together are a normalised address. Nothing in such a path (`@host`, `//host`, a backslash, `/../`, a tab)
 * can be read as another host, port, prefix or as a query.
 */
export function isBelow(baseUrl: string, path: string): boolean {
  // most paths have only letters and digits in their segments, which no parser reads differently, so they need not be parsed
  const url = baseUrl + path
  return /^(\/\w+)+$/.test(path) || (/^\/(?!\/)/.test(path) && plainHref(url) === url)
}
