// no address is longer
const LONGEST = 2_000
// from the first slash of a row only, else each would be tried
const SLASHES_AT_END = /(?<!\/)\/+$/

/**
 * Says what a base URL should be when it is one that cannot work: without http:// or https://, with the address of a page of the gateway, or
 * with the beginning of its API.
 *
 * @param given what was typed
 * @param pages parts of a path at which a page or the API begins, lower case
 * @returns the address to give instead; nothing when it may be right
 */
export function betterBaseUrl(given: string, pages: readonly string[]): string | undefined {
  const text = given.trim()
  if (text.length > LONGEST) return undefined
  // "localhost:3000" is an address with the protocol "localhost:" to a parser
  const local = /^(?:localhost|127\.|10\.|192\.168\.|\[|[^.:/]+(?::|\/|$))/i.test(text)
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${local ? 'http' : 'https'}://${text.replace(/^\/+/, '')}`
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const { origin, pathname } = new URL(address)
  const path = beforePages(pathname, pages).replace(SLASHES_AT_END, '')
  const right = `${origin}${path}`
  const bare = text.replace(SLASHES_AT_END, '')
  return bare === right || (!/[?#]/.test(text) && bare.toLowerCase() === right.toLowerCase()) ? undefined : right
}

function beforePages(path: string, pages: readonly string[]): string {
  const parts = path.split('/')
  const at = parts.findIndex((part) => pages.includes(part.toLowerCase()))
  return at === -1 ? path : parts.slice(0, at).join('/')
}
