import { type Decoded, replaced } from './decode-escapes.ts'

const BASE64_RUN = /[\w+/-]{12,}/g
const HEX_RUN = /[\da-f]{16,}/gi
/** Shorter pieces of text are noise: data that is read from a wrong place. */
const LEAST = 6

/** What base64 text in a text says, wherever it begins: one line for each piece of it that is text; `undefined` where there is none. */
export function readBase64(level: Decoded): Decoded | undefined {
  return readRuns(level, BASE64_RUN, 6, sextetOf)
}

/** What hex digits in a text say. */
export function readHex(level: Decoded): Decoded | undefined {
  return readRuns(level, HEX_RUN, 4, digitOf)
}

/** A piece of text within the data of a run: where it begins in what was read, and the first bit of it in the text. */
interface Piece {
  readonly at: number
  readonly bit: number
}

function readRuns({ text, origin, end }: Decoded, pattern: RegExp, bits: number, read: (code: number) => number): Decoded | undefined {
  const lines: string[] = []
  const pieces: Piece[] = []
  let length = 0
  for (const { 0: run, index } of text.matchAll(pattern)) {
    // a group of three bytes has four characters, a byte has two digits
    for (let start = 0; start < (bits === 6 ? 4 : 2); start++) {
      for (const { 0: line, index: from } of bytesIn(run, start, bits, read).matchAll(PIECE)) {
        lines.push(line)
        pieces.push({ at: length, bit: (index + start) * bits + from * 8 })
        length += line.length + 1
      }
    }
  }
  if (lines.length === 0) return undefined
  const bitOf = (at: number) => {
    const { at: begins, bit } = pieceAt(pieces, at)
    return bit + (at - begins) * 8
  }
  return {
    text: `${lines.join('\n')}\n`,
    origin: (at) => origin(Math.floor(bitOf(at) / bits)),
    end: (at) => end(Math.ceil((bitOf(at - 1) + 8) / bits)),
  }
}

/** The piece in which a character stands. */
function pieceAt(pieces: readonly Piece[], at: number): Piece {
  let low = 0
  for (let high = pieces.length; high - low > 1; ) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.at ?? 0) > at) high = middle
    else low = middle
  }
  return pieces[low] ?? { at: 0, bit: 0 }
}

// UTF-16 has a NUL beside each letter
const PIECE = new RegExp(`[\\x20-\\x7e\\0\\r\\n]{${LEAST},}`, 'g')

/** The bytes of a run, each as one character; those beyond ASCII as one sign that no text has. */
function bytesIn(run: string, start: number, bits: number, read: (code: number) => number): string {
  const bytes = new Uint8Array(Math.floor(((run.length - start) * bits) / 8))
  let value = 0
  let held = 0
  let length = 0
  for (let at = start; at < run.length; at++) {
    value = ((value << bits) | read(run.charCodeAt(at))) & 0xffff
    held += bits
    if (held < 8) continue
    held -= 8
    const byte = (value >> held) & 0xff
    bytes[length++] = byte < 0x80 ? byte : OTHER
  }
  return ASCII.decode(bytes)
}

/** Stands for a byte beyond ASCII: no text has it. Platforms decode ASCII natively, and other sets of one byte in JavaScript. */
const OTHER = 1
const ASCII = new TextDecoder()

function sextetOf(code: number): number {
  if (code >= 97) return code - 71
  if (code === 95) return 63
  if (code >= 65) return code - 65
  if (code >= 48) return code === 47 ? 63 : code + 4
  return code === 47 ? 63 : 62
}

function digitOf(code: number): number {
  return code >= 97 ? code - 87 : code >= 65 ? code - 55 : code - 48
}

/** Quoted-printable text, as mails have it. A reading of its own: what looks like it stands in every query. */
export function readQuotedPrintable(level: Decoded): Decoded | undefined {
  return replaced(level, /=([\da-f]{2})|=[ \t]{0,8}\r?\n/gi, ({ 1: digits }) =>
    digits === undefined ? '' : String.fromCharCode(Number.parseInt(digits, 16)),
  )
}

/** Letters of other widths and styles as plain ones, without marks and what has no width. */
export function readPlain(level: Decoded): Decoded | undefined {
  return replaced(level, /[^\0-\x7f]/gu, ({ 0: sign }) => {
    const plain = /[\p{M}\p{C}\p{Z}]/u.test(sign) ? '' : sign.normalize('NFKC')
    return plain === sign || plain.length > sign.length ? undefined : plain
  })
}

/** Text without its spaces and line breaks. */
export function readDense(level: Decoded): Decoded | undefined {
  return replaced(level, /\s+/g, () => '')
}
