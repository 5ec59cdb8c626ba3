/** A text after decoding one level of escapes, with the original position of each of its characters. */
export interface Decoded {
  readonly text: string
  /** Gives for an index of `text`, its length included, the index in the text before any decoding. */
  readonly origin: (at: number) => number
}

const H = '[\\da-f]'
const TAIL = `%[89ab]${H}`
// every repetition has an upper bound, so each character of a text is read only a few times
const ESCAPE = new RegExp(
  [
    `%[cd]${H}${TAIL}|%e${H}(?:${TAIL}){2}|%f${H}(?:${TAIL}){3}|%[0-7]${H}`,
    `\\\\u${H}{4}|\\\\x${H}{2}|\\\\[^ux]`,
    `&#\\d{1,9};|&#x${H}{1,8};|&[a-z]{2,6};`,
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

/** Decodes percent-encoding, JSON's and JavaScript's backslashes and HTML's entities once; `undefined` where there are none. */
export function decodeEscapes({ text, origin }: Decoded): Decoded | undefined {
  const parts: string[] = []
  let places: Int32Array | undefined
  let length = 0
  let done = 0
  for (const { 0: written, index } of text.matchAll(ESCAPE)) {
    const decoded = meaningOf(written)
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
  if (written.startsWith('\\'))
    return /^\\[ux]./i.test(written) ? String.fromCharCode(Number.parseInt(written.slice(2), 16)) : written.slice(1)
  const name = written.slice(1, -1).toLowerCase()
  if (!name.startsWith('#')) return ENTITIES.get(name)
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined
}

function percent(written: string): string | undefined {
  try {
    return decodeURIComponent(written)
  } catch {
    // not valid UTF-8, although it looks like it
    return undefined
  }
}
