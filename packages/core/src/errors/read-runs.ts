import { type Decoded, lastAt, replaced } from './decode-escapes.ts'

/** Fewest characters of a piece that is kept. Decoding from a wrong start gives shorter pieces by chance. */
const LEAST = 6

/** A way to write bytes as text. `values` has the value of each character by its code; 255 for characters that do not occur in it. */
interface Writing {
  readonly values: Uint8Array
  /** Bits that one character stands for. */
  readonly bits: 4 | 6
  /** Number of characters that stand for whole bytes. */
  readonly group: number
  /** Fewest characters in a row that are read; shorter ones are ordinary words. */
  readonly shortest: number
}

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const DIGITS = '0123456789'
const NONE = 255

const BASE64: Writing = {
  values: valuesOf([...`${CAPITALS}${CAPITALS.toLowerCase()}${DIGITS}`, '+-', '/_']),
  bits: 6,
  group: 4,
  shortest: 12,
}
const HEX: Writing = { values: valuesOf([...DIGITS, 'aA', 'bB', 'cC', 'dD', 'eE', 'fF']), bits: 4, group: 2, shortest: 16 }

/** @param written the characters that stand for 0, for 1 and so on */
function valuesOf(written: readonly string[]): Uint8Array {
  const values = new Uint8Array(128).fill(NONE)
  for (const [value, characters] of written.entries()) {
    for (const character of characters) values[character.charCodeAt(0)] = value
  }
  return values
}

/** Decodes base64 text in a text, wherever it begins: one line for each piece whose bytes are text; `undefined` when there is none. */
export function readBase64(level: Decoded): Decoded | undefined {
  return readRuns(level, BASE64)
}

/** Decodes bytes that are written as hex digits in a text. */
export function readHex(level: Decoded): Decoded | undefined {
  return readRuns(level, HEX)
}

// no regular expression: one that asks for a least number of characters reads each shorter word once for each of its letters
function readRuns(level: Decoded, writing: Writing): Decoded | undefined {
  const { text } = level
  const { values, group, shortest } = writing
  const pieces = new Pieces(level, writing)
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : NONE
    if (code < 128 && values[code] !== NONE) continue
    // base64 and hex text may begin at any character of the row, so each possible start of a group is read
    if (at - start >= shortest) for (let shift = 0; shift < group; shift++) pieces.read(start + shift, at)
    start = at + 1
  }
  return pieces.decoded()
}

/** Collects the pieces of readable text in the decoded bytes, a line for each. */
class Pieces {
  readonly #level: Decoded
  readonly #writing: Writing
  #bytes = new Uint8Array(256)
  #length = 0
  /** Where pieces begin in the bytes, and the first bit of each in the text. */
  readonly #starts: number[] = []
  readonly #firstBits: number[] = []

  constructor(level: Decoded, writing: Writing) {
    this.#level = level
    this.#writing = writing
  }

  /** Reads the data from a character to another one. */
  read(from: number, to: number): void {
    const { text } = this.#level
    const { values, bits } = this.#writing
    this.#reserve(to - from)
    const bytes = this.#bytes
    let value = 0
    let held = 0
    let begins = this.#length
    for (let at = from; at <= to; at++) {
      const ends = at === to
      value = ((value << bits) | (ends ? 0 : (values[text.charCodeAt(at)] ?? 0))) & 0xffff
      held += bits
      if (held < 8 && !ends) continue
      held -= 8
      const byte = ends ? 1 : (value >> held) & 0xff
      if (isText(byte)) {
        bytes[this.#length++] = byte
        continue
      }
      if (this.#length - begins < LEAST) this.#length = begins
      else {
        this.#starts.push(begins)
        // the byte that ends the piece is no part of it
        const read = ends ? Math.floor(((to - from) * bits) / 8) : Math.floor(((at + 1 - from) * bits) / 8) - 1
        this.#firstBits.push(from * bits + (read - (this.#length - begins)) * 8)
        bytes[this.#length++] = NEWLINE
        begins = this.#length
      }
    }
  }

  decoded(): Decoded | undefined {
    if (this.#starts.length === 0) return undefined
    const { origin, end } = this.#level
    const { bits } = this.#writing
    const bitOf = (at: number) => {
      const piece = lastAt(this.#starts, at)
      return (this.#firstBits[piece] ?? 0) + (at - (this.#starts[piece] ?? 0)) * 8
    }
    return {
      text: ASCII.decode(this.#bytes.subarray(0, this.#length)),
      origin: (at) => origin(Math.floor(bitOf(at) / bits)),
      end: (at) => end(Math.ceil((bitOf(at - 1) + 8) / bits)),
    }
  }

  #reserve(more: number): void {
    if (this.#length + more < this.#bytes.length) return
    const larger = new Uint8Array(2 * (this.#length + more))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

const NEWLINE = 10
const ASCII = new TextDecoder()

// UTF-16 has a NUL beside each letter
function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0 || byte === NEWLINE || byte === 13
}

/** Decodes quoted-printable text, as mails have it. Not a part of `decodeEscapes`: many query strings look like it (`a=1b`). */
export function readQuotedPrintable(level: Decoded): Decoded | undefined {
  return replaced(level, /=([\da-f]{2})|=[ \t]{0,8}\r?\n/gi, ({ 1: digits }) =>
    digits === undefined ? '' : String.fromCharCode(Number.parseInt(digits, 16)),
  )
}

/** Replaces full-width, bold and other styled letters by plain ones, and removes accents and invisible characters. */
export function readPlain(level: Decoded): Decoded | undefined {
  return replaced(level, /[^\0-\x7f]/gu, ({ 0: sign }) => {
    const plain = /[\p{M}\p{C}\p{Z}]/u.test(sign) ? '' : sign.normalize('NFKC')
    return plain === sign || plain.length > sign.length ? undefined : plain
  })
}

/** Removes spaces and line breaks. */
export function readDense(level: Decoded): Decoded | undefined {
  return replaced(level, /\s+/g, () => '')
}
