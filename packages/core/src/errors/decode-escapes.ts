/** A text after decoding one level of escapes, with the original position of each of its characters. */
export interface Decoded {
  readonly text: string
  /** Gives for an index of `text`, its length included, the index in the text before any decoding. */
  readonly origin: (at: number) => number
}

const H = '[\\da-f]'
const TAIL = `%[89ab]${H}`
// what wraps base64 text, what UTF-16 has between letters, what has no width
const UNSEEN = '\\r\\n\\0\\u200b-\\u200d\\u2060\\ufeff'
// no part of it repeats without a bound: each place in a text is read a few times at most
const ESCAPE = new RegExp(
  [
    `%[cd]${H}${TAIL}|%e${H}(?:${TAIL}){2}|%f${H}(?:${TAIL}){3}|%[0-7]${H}|%u${H}{4}`,
    // lines of base64 text within JSON
    '(?<=[\\w+/-]{4})((?:\\\\r)?\\\\n)(?=[\\w+/-])',
    `\\\\u${H}{4}|\\\\u\\{${H}{1,6}\\}|\\\\x${H}{2}|\\\\[0-3]?[0-7]{2}|\\\\[^ux${UNSEEN}]`,
    // browsers do not insist on the semicolon
    `&#\\d{1,16};?|&#x${H}{1,16};?|&[a-z]{2,6};`,
    `[${UNSEEN}]`,
  ].join('|'),
  'gi',
)
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
])

/** Decodes percent-encoding, JSON's and JavaScript's backslashes and HTML's entities once, and takes out what nobody sees; `undefined` where there are none. */
export function decodeEscapes({ text, origin }: Decoded): Decoded | undefined {
  const parts: string[] = []
  let places: Int32Array | undefined
  let length = 0
  let done = 0
  for (const { 0: written, 1: lineBreak, index } of text.matchAll(ESCAPE)) {
    const decoded = lineBreak ? '' : meaningOf(written)
    if (decoded === undefined) continue
    places ??= new Int32Array(text.length + 1)
    for (let at = done; at < index; at++) places[length++] = origin(at)
    for (let at = 0; at < decoded.length; at++) places[length++] = origin(index)
    parts.push(text.slice(done, index), decoded)
    done = index + written.length
  }
  if (!places) return undefined
  for (let at = done; at <= text.length; at++) places[length++] = origin(at)
  parts.push(text.slice(done))
  return { text: parts.join(''), origin: (at) => places[at] ?? 0 }
}

function meaningOf(written: string): string | undefined {
  if (written.startsWith('%')) return percent(written)
  if (written.startsWith('\\')) return backslash(written.slice(1))
  if (!written.startsWith('&')) return ''
  const name = written.slice(1).replace(';', '').toLowerCase()
  if (!name.startsWith('#')) return ENTITIES.get(name)
  return character(name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
}

function backslash(written: string): string | undefined {
  if (/^[ux]./i.test(written)) return character(Number.parseInt(written.replace(/^.\{?/, ''), 16))
  if (/^[0-7]{2}/.test(written)) return character(Number.parseInt(written, 8))
  return written
}

function character(code: number): string | undefined {
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

function percent(written: string): string | undefined {
  if (/^%u/i.test(written)) return character(Number.parseInt(written.slice(2), 16))
  try {
    return decodeURIComponent(written)
  } catch {
    // not valid UTF-8, although it looks like it
    return undefined
  }
}
