import { type Decoded, decodeEscapes } from './decode-escapes.ts'
import { lowerCase } from './markup-text.ts'
import { readBase64, readDense, readHex, readPlain, readQuotedPrintable } from './read-runs.ts'

/** Most levels of encoding that are undone. JSON within JSON within a URL within HTML has four. */
const LEVELS = 16

/** Longer secrets are looked for as text, and in fewer forms: patterns have a largest size, and their errors quote them. */
const LONG = 300

/** Gives text with every secret replaced, wherever and however it is written. */
export type HideSecrets = (text: string, replacement: string) => string

/** What else a text may be, beside one with escapes. */
const READINGS = [readBase64, readHex, readQuotedPrintable, readPlain, readDense] as const

/** How many readings may lie one over the other. */
const DEPTH = 4

/** Characters read in all, for each of the text: what is written in so many ways that this is not enough is not seen through. */
const READ = 8

/**
 * Prepares secrets for being looked for: as they are in any case, within base64 text, as bytes in hex digits or in a list of numbers, with
 * spaces or signs between their letters, in quoted-printable and letters of other widths, and each of these percent-encoded or escaped for
 * JSON, HTML or XML any few times over. The text is read once for each level of encoding that it really has, and what else it may be is
 * read as long as that comes to a few times the text, so the work grows with its length, whatever stands in it.
 */
export function secretFinder(secrets: readonly string[]): HideSecrets {
  const finders = [
    ...secrets.flatMap((secret) => (secret.length > LONG ? [longFinder(secret)] : shortFinders(secret))),
    apartFinder(secrets),
  ]

  return (text, replacement) => {
    const found: Range[] = []
    let left = READ * text.length + 1_000
    const search = (level: Decoded) => {
      for (const find of finders) {
        for (const [from, to] of find(level.text)) found.push([level.origin(from), level.end(to)])
      }
    }
    const readOn = (level: Decoded, depth: number) => {
      for (const read of READINGS) {
        const next = left > 0 && depth > 0 ? read(level) : undefined
        if (!next) continue
        left -= next.text.length
        // words without their spaces are no longer what was said: only data is looked for in them
        const says = read !== readDense
        if (says) search(next)
        readOn(next, depth - 1)
        const plain = decodeEscapes(next)
        if (!plain) continue
        left -= plain.text.length
        if (says) search(plain)
        readOn(plain, depth - 1)
      }
    }
    let level: Decoded | undefined = { text, origin: (at) => at, end: (at) => at }
    for (let depth = 0; level && depth <= LEVELS; depth++) {
      search(level)
      readOn(level, DEPTH)
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
  const others = [...writings(secret).map(escaped), bytesIn(secret), ...base64.map(hexOf), decimalsIn(secret), unitsIn(secret)]
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

/** Letters and digits of a secret that is still one without the rest: more of them where it has only letters, as those may be words. */
const LEAST_APART = 8
const LEAST_WORDS = 16

/**
 * Finds secrets with something between their letters and digits: spaces, line breaks, dashes, quotes and commas. Brackets and colons are
 * nothing of the kind: they belong to the data around.
 */
function apartFinder(secrets: readonly string[]): Find {
  const words = secrets.map(lettersOf).filter((word) => word.length >= (/\d/.test(word) ? LEAST_APART : LEAST_WORDS))
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
      return /[[\]{}:]|[^a-z\d]{17}/i.test(text.slice(...range)) ? [] : [range]
    })
  }
}

const ASCII = new TextDecoder()
/** For the code of each letter and digit that of the small letter; 0 for others. */
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
  // bytes that were taken for characters, and accents of their own
  const found = [latinOf(secret), secret.normalize('NFD'), secret.normalize('NFKC')].filter((form) => form !== secret)
  let level: Decoded | undefined = { text: secret, origin: () => 0, end: () => 0 }
  for (let depth = 0; level && depth <= LEVELS; depth++) {
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
  // forms write a space as a plus, and who reads a plus from a form gets a space
  return word.replace(/[.*?^${}()|[\]\\/]/g, '\\$&').replace(/[ +]/g, '[ +]')
}

function hexOf(text: string): string {
  return bytesOf(text, hexByte).join('')
}

/** A pattern for bytes as dumps and programs write them: `6b6579`, `6b:65:79`, `0x6b, 0x65, 0x79`, `["6b", "65", "79"]`. */
function bytesIn(text: string): string {
  return bytesOf(text, hexByte).join('[\\s:,"-]{0,8}(?:0x)?')
}

// between numbers; a program that takes bytes for an object writes their index
const BETWEEN = '[\\s,]{1,20}(?:"\\d{1,5}"\\s?:\\s?)?'

/** A pattern for a list of numbers, which is what JSON makes of bytes: `107,101,121`. Some languages have negative ones. */
function decimalsIn(text: string): string {
  return `\\b${bytesOf(text, (byte) => (byte < 128 ? String(byte) : `(?:${byte}|-${256 - byte})`)).join(BETWEEN)}\\b`
}

/** A pattern for a list of the numbers of characters. */
function unitsIn(text: string): string {
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
