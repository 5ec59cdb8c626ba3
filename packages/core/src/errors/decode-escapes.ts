/** A text after decoding one level of escapes, with the original position of each of its characters. */
export interface Decoded {
  readonly text: string
  /** Gives for the index of a character the index in the text before any decoding. */
  readonly origin: (at: number) => number
  /** Gives for the index behind a character the index behind what it was decoded from. */
  readonly end: (at: number) => number
}

const H = '[\\da-f]'
const TAIL = `%[89ab]${H}`
// line breaks, the NUL that UTF-16 has between letters, characters without width, and control characters
const UNSEEN = '\\r\\n\\p{Cc}\\p{Cf}\\u034f\\u180b-\\u180f\\u2028\\u2029\\ufe00-\\ufe0f'
// escape sequences of terminals, such as colours
const TERMINAL_SEQUENCE = '\\u001b\\[[\\d;]{0,16}[a-z]'
// no part of it repeats without a bound: each place in a text is read a few times at most
const ESCAPE = new RegExp(
  [
    `%[cd]${H}${TAIL}|%e${H}(?:${TAIL}){2}|%f${H}(?:${TAIL}){3}|%${H}{2}|%u${H}{4}`,
    // lines of base64 text within JSON
    '(?<=[\\w+/-]{4})((?:\\\\r)?\\\\n)(?=[\\w+/-])',
    TERMINAL_SEQUENCE,
    `\\\\u00(?:0${H}|10)${H}{4}|\\\\u${H}{4}|\\\\u\\{${H}{1,6}\\}|\\\\x${H}{2}|\\\\[0-3]?[0-7]{2}|\\\\[^ux${UNSEEN}]`,
    // browsers do not insist on the semicolon
    `&#\\d{1,16};?|&#x${H}{1,16};?|&[a-z]{2,8};`,
    `[${UNSEEN}]`,
  ].join('|'),
  'giu',
)
const MAY_HAVE_ESCAPES = new RegExp(`[%\\\\&${UNSEEN}]`, 'u')
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['sol', '/'],
  ['bsol', '\\'],
  ['plus', '+'],
  ['equals', '='],
  ['percnt', '%'],
  ['num', '#'],
  ['colon', ':'],
  ['semi', ';'],
  ['lowbar', '_'],
  ['nbsp', ' '],
  ['excl', '!'],
  ['dollar', '$'],
  ['lpar', '('],
  ['rpar', ')'],
  ['ast', '*'],
  ['midast', '*'],
  ['comma', ','],
  ['hyphen', '-'],
  ['dash', '-'],
  ['minus', '-'],
  ['period', '.'],
  ['quest', '?'],
  ['commat', '@'],
  ['lsqb', '['],
  ['lbrack', '['],
  ['rsqb', ']'],
  ['rbrack', ']'],
  ['hat', '^'],
  ['underbar', '_'],
  ['grave', '`'],
  ['lcub', '{'],
  ['lbrace', '{'],
  ['verbar', '|'],
  ['vert', '|'],
  ['rcub', '}'],
  ['rbrace', '}'],
  ['shy', ''],
])

/**
 * Decodes percent-encoding, JSON's and JavaScript's backslashes and HTML's entities once, and removes invisible characters.
 *
 * @returns `undefined` when there are none of these
 */
export function decodeEscapes(level: Decoded): Decoded | undefined {
  // most texts have none, and this test finds that out much faster
  if (!MAY_HAVE_ESCAPES.test(level.text)) return undefined
  return replaced(level, ESCAPE, ({ 0: written, 1: lineBreak }) => (lineBreak ? '' : meaningOf(written)))
}

/**
 * Replaces each match in a text, and remembers the original position of every character.
 *
 * @param level the text
 * @param pattern what to replace
 * @param write what to write instead, at most as long as the match; `undefined` leaves it as it is
 * @returns `undefined` where there is no match
 */
export function replaced(
  { text, origin, end }: Decoded,
  pattern: RegExp,
  write: (match: RegExpExecArray) => string | undefined,
): Decoded | undefined {
  const parts: string[] = []
  // where each piece begins in the result and in the text: pieces with an odd index are replacements, the others are copied
  const made: number[] = [0]
  const from: number[] = [0]
  let length = 0
  let done = 0
  for (const match of text.matchAll(pattern)) {
    const { 0: written, index } = match
    const decoded = write(match)
    if (decoded === undefined) continue
    parts.push(text.slice(done, index), decoded)
    length += index - done
    done = index + written.length
    made.push(length, length + decoded.length)
    from.push(index, done)
    length += decoded.length
  }
  if (parts.length === 0) return undefined
  parts.push(text.slice(done))
  const inside = (piece: number, at: number) => (from[piece] ?? 0) + at - (made[piece] ?? 0)
  return {
    text: parts.join(''),
    origin: (at) => {
      const piece = lastAt(made, at)
      return origin(piece % 2 ? (from[piece] ?? 0) : inside(piece, at))
    },
    end: (at) => {
      const piece = lastAt(made, at - 1)
      return end(piece % 2 ? (from[piece + 1] ?? 0) : inside(piece, at))
    },
  }
}

/**
 * Finds the piece that a position belongs to, by binary search.
 *
 * @param starts where pieces begin, in rising order; of pieces that begin together all but the last are empty
 * @param at the position
 * @returns index of the last piece that begins at the position or before it
 */
export function lastAt(starts: ArrayLike<number>, at: number): number {
  let low = 0
  for (let high = starts.length; high - low > 1; ) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) > at) high = middle
    else low = middle
  }
  return low
}

function meaningOf(written: string): string | undefined {
  if (written.startsWith('%')) return percent(written)
  if (written.startsWith('\u001b')) return ''
  if (written.startsWith('\\')) return backslash(written.slice(1))
  if (!written.startsWith('&')) return ''
  const name = written.slice(1).replace(';', '').toLowerCase()
  if (!name.startsWith('#')) return ENTITIES.get(name)
  return character(name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
}

function backslash(written: string): string | undefined {
  // eight digits follow a capital letter only
  if (/^u.{8}/.test(written)) return `${backslash(written.slice(0, 5))}${written.slice(5)}`
  if (/^[ux]./i.test(written)) return character(Number.parseInt(written.replace(/^.\{?/, ''), 16))
  if (/^[0-7]{2}/.test(written)) return character(Number.parseInt(written, 8))
  return written
}

function character(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

function percent(written: string): string | undefined {
  if (/^%u/i.test(written)) return character(Number.parseInt(written.slice(2), 16))
  // a single byte is an ASCII character, or the text is not UTF-8
  if (written.length === 3) return String.fromCharCode(Number.parseInt(written.slice(1), 16))
  try {
    return decodeURIComponent(written)
  } catch {
    // not valid UTF-8, although it looks like it
    return undefined
  }
}
