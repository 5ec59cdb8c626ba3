import { type Decoded, decodeEscapes } from './decode-escapes.ts'

/** Texts are decoded so often at most: JSON in JSON in a URL in HTML is four. */
const LEVELS = 16

/** Gives text with every secret replaced, wherever and however it is written. */
export type HideSecrets = (text: string, replacement: string) => string

/**
 * Prepares secrets for being looked for: as they are in any case, as hex digits, within base64 text, and each of these percent-encoded or
 * escaped for JSON, HTML or XML any few times over. The text is read once for each level of encoding that it really has, so the work grows
 * with its length, whatever stands in it.
 */
export function secretFinder(secrets: readonly string[]): HideSecrets {
  const words = secrets.flatMap((secret) => [...writings(secret), hexOf(secret)])
  // `a` and `A` are the same in hex digits, and different data in base64
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
    // what was found at several levels, or in several forms, is one place
    if (from > last) parts.push(text.slice(done, from), replacement)
    last = Math.max(last, to - 1)
    done = Math.max(done, to)
  }
  return parts.join('') + text.slice(done)
}

// a secret that looks encoded itself is decoded together with the text around it
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
  // forms write a space as a plus
  return new RegExp(ordered.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '[ +]')).join('|'), flags)
}

function hexOf(secret: string): string {
  return Array.from(new TextEncoder().encode(secret), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The characters of base64 text that a secret fills alone, wherever in a group of three bytes it begins; also as base64url. */
function base64Forms(secret: string): string[] {
  return ['', '.', '..'].flatMap((before) => {
    const bytes = new TextEncoder().encode(before + secret)
    const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    const inner = text.slice(Math.ceil((before.length * 8) / 6), Math.floor((bytes.length * 8) / 6))
    return inner.length < 4 ? [] : [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
}
