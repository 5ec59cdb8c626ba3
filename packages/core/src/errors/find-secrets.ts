import { type Decoded, decodeEscapes } from './decode-escapes.ts'

/** Most levels of encoding that are undone. JSON within JSON within a URL within HTML has four. */
const LEVELS = 16

/** Replaces every secret in a text, also encoded ones. */
export type HideSecrets = (text: string, replacement: string) => string

/**
 * Prepares the search for secrets. It finds them in upper and lower case, as hex digits and within base64 text, and each of these also
 * percent-encoded or escaped for JSON, HTML or XML, up to {@link LEVELS} times over. The text is read once for each level of encoding that
 * it has, so the time grows with its length only.
 */
export function secretFinder(secrets: readonly string[]): HideSecrets {
  const words = secrets.flatMap((secret) => [...writings(secret), hexOf(secret)])
  // hex digits mean the same in upper and lower case; in base64 `a` and `A` are different data
  const patterns = [patternOf(words, 'giu'), patternOf(secrets.flatMap(base64Forms), 'gu')]

  return (text, replacement) => {
    const found: Range[] = []
    let level: Decoded | undefined = { text, origin: (at) => at }
    for (let depth = 0; level && depth <= LEVELS; depth++) {
      const { origin } = level
      for (const pattern of patterns) {
        for (const { 0: word, index } of level.text.matchAll(pattern)) found.push([origin(index), origin(index + word.length)])
      }
      level = decodeEscapes(level)
    }
    return found.length > 0 ? replaceAll(text, found, replacement) : text
  }
}

type Range = readonly [from: number, to: number]

function replaceAll(text: string, ranges: Range[], replacement: string): string {
  const parts: string[] = []
  let done = 0
  let last = -1
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    // matches that overlap, found at several levels or in several forms, are replaced once
    if (from > last) parts.push(text.slice(done, from), replacement)
    last = Math.max(last, to - 1)
    done = Math.max(done, to)
  }
  return parts.join('') + text.slice(done)
}

// a secret may itself look encoded (`a%20b`); decoding the text then decodes the secret in it, so its decoded forms are searched, too
function writings(secret: string): string[] {
  const found: string[] = []
  let level: Decoded | undefined = { text: secret, origin: () => 0 }
  for (let depth = 0; level && depth <= LEVELS; depth++) {
    if (depth === 0 || level.text.length >= 4) found.push(level.text)
    level = decodeEscapes(level)
  }
  return found
}

function patternOf(words: readonly string[], flags: string): RegExp {
  // longest first: one secret may begin with another
  const ordered = [...new Set(words)].sort((a, b) => b.length - a.length)
  // HTML forms encode a space as a plus
  return new RegExp(ordered.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '[ +]')).join('|'), flags)
}

function hexOf(secret: string): string {
  return Array.from(new TextEncoder().encode(secret), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The base64 characters that a secret alone determines, for each of the three offsets it can have in a group of 3 bytes; also as base64url. */
function base64Forms(secret: string): string[] {
  return ['', '.', '..'].flatMap((before) => {
    const bytes = new TextEncoder().encode(before + secret)
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    const inner = text.slice(Math.ceil((before.length * 8) / 6), Math.floor((bytes.length * 8) / 6))
    return inner.length < 4 ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
