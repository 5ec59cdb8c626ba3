// no address is longer, and the patterns below would take their time
const LONGEST = 2_000

/**
 * Says what a base URL should be when it is one that cannot work: without http:// or https://, with the address of a page of the gateway, or
 * with the beginning of its API.
 *
 * @param given what was typed
 * @param pages end of an address that is a page or a part of the API, not of the base URL
 * @returns the address to give instead; nothing when it may be right
 */
export function betterBaseUrl(given: string, pages: RegExp): string | undefined {
  const text = given.trim()
  if (text.length > LONGEST) return undefined
  // "localhost:3000" is an address with the protocol "localhost:" to a parser
  const local = /^(?:localhost|127\.|10\.|192\.168\.|\[|[^.:/]+(?::|\/|$))/i.test(text)
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `${local ? 'http' : 'https'}://${text.replace(/^\/+/, '')}`
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const { origin, pathname } = new URL(address)
  const path = pathname.replace(pages, '').replace(/\/+$/, '')
  const right = `${origin}${path}`
  return right === text.replace(/\/+$/, '') || (!/[?#]/.test(text) && text.toLowerCase().replace(/\/+$/, '') === right.toLowerCase())
    ? undefined
    : right
}
