import { type Decoded, decodeEscapes } from './decode-escapes.ts'
import { lowerCase } from './markup-text.ts'
import { readBase64, readDense, readHex, readPlain, readQuotedPrintable } from './read-runs.ts'

/** Most levels of escapes that are decoded. JSON within JSON within a URL within HTML has four. */
const MAX_ESCAPE_LEVELS = 16

/**
 * Longest secret that is searched by a regular expression, characters. Longer ones are searched as plain text, in fewer forms: regular
 * expressions have a size limit, and their errors quote the pattern.
 */
const MAX_PATTERN_SECRET = 300

/** Replaces every secret in a text, in whatever form it is written. */
export type HideSecrets = (text: string, replacement: string) => string

/** Decodings of a text, besides that of its escapes. */
const DECODERS = [readBase64, readHex, readQuotedPrintable, readPlain, readDense] as const

/** Most of these decodings that are applied one after the other. */
const MAX_CHAINED_DECODERS = 4

/** Most decoded characters for each character of the text. Decoding ends when there would be more. */
const MAX_GROWTH = 8

/**
 * Makes a function that finds secrets in a text: in upper and lower case, within base64 text, as bytes in hex digits or in a list of
 * numbers, with spaces or signs between their letters, in quoted-printable and letters of other widths, and each of these percent-encoded
 * or escaped for JSON, HTML or XML several times. The text is read once for each level of escapes that it has. The other decodings stop
 * after a fixed multiple of its length, so the work grows in proportion to the length, whatever the text contains.
 */
export function secretFinder(secrets: readonly string[]): HideSecrets {
  const finders = [
    ...secrets.flatMap((secret) => (secret.length > MAX_PATTERN_SECRET ? [longFinder(secret)] : shortFinders(secret))),
    spacedFinder(secrets),
  ]

  return (text, replacement) => {
    const found: Range[] = []
    let left = MAX_GROWTH * text.length + 1_000
    const search = (level: Decoded) => {
      for (const find of finders) {
        for (const [from, to] of find(level.text)) found.push([level.origin(from), level.end(to)])
      }
    }
    const decodeFurther = (level: Decoded, depth: number) => {
      for (const read of DECODERS) {
        const next = left > 0 && depth > 0 ? read(level) : undefined
        if (!next) continue
        left -= next.text.length
        // joining words can spell a secret by chance, so text without its spaces is only decoded further, not searched itself
        const isSearched = read !== readDense
        if (isSearched) search(next)
        decodeFurther(next, depth - 1)
        const plain = decodeEscapes(next)
        if (!plain) continue
        left -= plain.text.length
        if (isSearched) search(plain)
        decodeFurther(plain, depth - 1)
      }
    }
    let level: Decoded | undefined = { text, origin: (at) => at, end: (at) => at }
    for (let depth = 0; level && depth <= MAX_ESCAPE_LEVELS; depth++) {
      search(level)
      decodeFurther(level, MAX_CHAINED_DECODERS)
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
  const others = [...writings(secret).map(escaped), bytesIn(secret), ...base64.map(hexOf), decimalsIn(secret), codePointsIn(secret)]
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

/** Fewest letters and digits of a secret that is searched without its other characters. */
const LEAST_WITH_DIGITS = 8
/** The same for a secret without digits: a shorter one could be ordinary words. */
const LEAST_LETTERS = 16

/**
 * Finds secrets with spaces, line breaks, dashes, quotes or commas between their letters and digits. Brackets and colons end a secret,
 * because they belong to the data around it.
 */
function spacedFinder(secrets: readonly string[]): Find {
  const words = secrets.map(lettersOf).filter((word) => word.length >= (/\d/.test(word) ? LEAST_WITH_DIGITS : LEAST_LETTERS))
  if (words.length === 0) return () => []
  return (text) => {
    const bytes = new Uint8Array(text.length)
    let length = 0
    for (let at = 0; at < text.length; at++) {
      const code = PLAIN_LETTERS[text.charCodeAt(at)]
      if (code) bytes[length++] = code
    }
    const letters = ASCII.decode(bytes.subarray(0, length))
    const found = words.flatMap((word) => placesOf(word, letters))
    if (found.length === 0) return []
    const places = new Int32Array(length)
    for (let at = 0, next = 0; at < text.length; at++) if (PLAIN_LETTERS[text.charCodeAt(at)]) places[next++] = at
    return found.flatMap(([from, to]): Range[] => {
      const range: Range = [places[from] ?? 0, (places[to - 1] ?? 0) + 1]
      return /[[\]{}:]|[^a-z\d]{33}/i.test(text.slice(...range)) ? [] : [range]
    })
  }
}

const ASCII = new TextDecoder()
/** By character code: the code of the same letter in lower case, or of the digit; 0 for all other characters. */
const PLAIN_LETTERS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code)
  return /[a-z\d]/i.test(sign) ? sign.toLowerCase().charCodeAt(0) : 0
})

function lettersOf(text: string): string {
  return lowerCase(text.replace(/[^a-z\d]/gi, ''))
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
  // UTF-8 bytes that were read as Latin-1, and accents as separate characters
  const found = [latinOf(secret), secret.normalize('NFD'), secret.normalize('NFKC')].filter((form) => form !== secret)
  let level: Decoded | undefined = { text: secret, origin: () => 0, end: () => 0 }
  for (let depth = 0; level && depth <= MAX_ESCAPE_LEVELS; depth++) {
    if (depth === 0 || level.text.length >= 4) found.push(level.text)
    level = decodeEscapes(level)
  }
  return found
}

function latinOf(text: string): string {
  return bytesOf(text, (byte) => String.fromCharCode(byte)).join('')
}

function patternFinder(words: readonly string[], flags: string): Find {
  // longest first: one form may begin with another
  const pattern = new RegExp([...new Set(words)].sort((a, b) => b.length - a.length).join('|'), flags)
  return (text) => Array.from(text.matchAll(pattern), ({ 0: word, index }): Range => [index, index + word.length])
}

function escaped(word: string): string {
  // HTML forms write a space as a plus, and programs that decode forms turn a plus into a space
  return word.replace(/[.*?^${}()|[\]\\/]/g, '\\$&').replace(/[ +]/g, '[ +]')
}

function hexOf(text: string): string {
  return bytesOf(text, hexByte).join('')
}

/** A pattern for bytes as dumps and programs write them: `6b6579`, `6b:65:79`, `0x6b, 0x65, 0x79`, `["6b", "65", "79"]`. */
function bytesIn(text: string): string {
  return bytesOf(text, hexByte).join('[\\s:,"-]{0,8}(?:0x)?')
}

// what may stand between two numbers: when bytes are written as an object, each has its index in front
const BETWEEN = '[\\s,]{1,20}(?:"\\d{1,5}"\\s?:\\s?)?'

/** A pattern for a list of numbers, which is what JSON makes of bytes: `107,101,121`. Some languages have negative ones. */
function decimalsIn(text: string): string {
  return `\\b${bytesOf(text, (byte) => (byte < 128 ? String(byte) : `(?:${byte}|-${256 - byte})`)).join(BETWEEN)}\\b`
}

/** A pattern for a list of code points: `107, 233, 121`. */
function codePointsIn(text: string): string {
  return `\\b${Array.from(text, (sign) => sign.codePointAt(0)).join(BETWEEN)}\\b`
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
