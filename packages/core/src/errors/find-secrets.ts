import { type Decoded, decodeEscapes } from './decode-escapes.ts'
import { lowerCase } from './markup-text.ts'

/** Most levels of encoding that are undone. JSON within JSON within a URL within HTML has four. */
const LEVELS = 16

/** Longer secrets are looked for as text, and in fewer forms: patterns have a largest size, and their errors quote them. */
const LONG = 300

/** Gives text with every secret replaced, wherever and however it is written. */
export type HideSecrets = (text: string, replacement: string) => string

/**
 * Prepares secrets for being looked for: as they are in any case, within base64 text (also of base64 or percent-encoded text), as bytes in
 * hex digits or in a list of numbers, and each of these percent-encoded or escaped for JSON, HTML or XML any few times over. The text is read once for each level of encoding that it really has, so the work grows
 * with its length, whatever stands in it.
 */
export function secretFinder(secrets: readonly string[]): HideSecrets {
  const finders = secrets.flatMap((secret) => (secret.length > LONG ? longFinder(secret) : shortFinders(secret)))

  return (text, replacement) => {
    const found: Range[] = []
    let level: Decoded | undefined = { text, origin: (at) => at }
    for (let depth = 0; level && depth <= LEVELS; depth++) {
      const { origin } = level
      for (const find of finders) {
        for (const [from, to] of find(level.text)) found.push([origin(from), origin(to)])
      }
      level = decodeEscapes(level)
    }
    return found.length > 0 ? replaceAll(text, found, replacement) : text
  }
}

type Range = readonly [from: number, to: number]

type Find = (text: string) => Iterable<Range>

function shortFinders(secret: string): Find[] {
  const base64 = base64Forms(secret)
  const inBase64 = [...base64, ...base64Forms(encodeText(secret)), ...base64.flatMap(base64Forms)].map(escaped)
  const others = [...writings(secret).map(escaped), bytesIn(secret), ...base64.map(hexOf), decimalsIn(secret)]
  // `a` and `A` are the same in hex digits, and different data in base64
  return [patternFinder(others, 'giu'), patternFinder(inBase64, 'gu')]
}

function longFinder(secret: string): Find {
  const [words, base64] = [[...writings(secret), hexOf(secret)].map(lowerCase), base64Forms(secret)]
  return (text) => {
    const lower = lowerCase(text)
    return [...words.flatMap((word) => placesOf(word, lower)), ...base64.flatMap((word) => placesOf(word, text))]
  }
}

function placesOf(word: string, text: string): Range[] {
  const found: Range[] = []
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push([at, at + word.length])
  return found
}

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

function patternFinder(words: readonly string[], flags: string): Find {
  // longest first: one form may begin with another
  const pattern = new RegExp([...new Set(words)].sort((a, b) => b.length - a.length).join('|'), flags)
  return (text) => Array.from(text.matchAll(pattern), ({ 0: word, index }): Range => [index, index + word.length])
}

function escaped(word: string): string {
  // forms write a space as a plus
  return word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(' ', '[ +]')
}

function hexOf(text: string): string {
  return bytesOf(text, hexByte).join('')
}

/** A pattern for bytes as dumps and programs write them: `6b6579`, `6b:65:79`, `0x6b, 0x65, 0x79`. */
function bytesIn(text: string): string {
  return bytesOf(text, hexByte).join('[\\s:,-]{0,2}(?:0x)?')
}

/** A pattern for a list of numbers, which is what JSON makes of bytes: `107,101,121`. */
function decimalsIn(text: string): string {
  return `\\b${bytesOf(text, String).join('\\s{0,3},\\s{0,16}')}\\b`
}

function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

function bytesOf(text: string, write: (byte: number) => string): string[] {
  return Array.from(new TextEncoder().encode(text), write)
}

function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
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
