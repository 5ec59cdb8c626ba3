/** Stands at both ends of every canary secret, so that half a secret is found as well. */
export const CANARY = 'c4n4ry'

/** A secret for one gateway, with characters that URLs, JSON and HTML each write differently. */
export function canaryOf(gateway: string): string {
  return `${CANARY}-${gateway}/+=&%"<'\\> ~${CANARY}`
}

const WRITINGS = new RegExp([...CANARY].map((letter) => `(?:${letter}|%(?:25)*${letter.charCodeAt(0).toString(16)})`).join(''), 'i')

/** True when a canary stands in a text: plain, URL-encoded, double-encoded, or a piece of it. */
export function hasCanary(text: string): boolean {
  return WRITINGS.test(text)
}
