import { oneLine } from '../terminal/visible-text.ts'

// East Asian Wide and Fullwidth, as far as terminals agree on them
const WIDE: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18aff],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3fffd],
]
const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u
const INVISIBLE = /^[\p{Mark}\p{Format}\p{Control}]+$/u
// Latin letters and typographic signs take one column each; the segmenter is slow and not needed for them
const PLAIN = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e]*$/

let segmenter: Intl.Segmenter | undefined

function graphemes(text: string): Iterable<{ readonly segment: string }> {
  segmenter ??= new Intl.Segmenter()
  return segmenter.segment(text)
}

function graphemeWidth(grapheme: string): number {
  if (INVISIBLE.test(grapheme)) return 0
  const point = grapheme.codePointAt(0) ?? 0
  return EMOJI.test(grapheme) || WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1
}

/** Columns that the widest of several texts takes; 0 for none. */
export function widestOf(texts: Iterable<string>): number {
  let width = 0
  for (const text of texts) width = Math.max(width, textWidth(text))
  return width
}

/** Columns that a text takes on a terminal; the text has no escape sequences. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemes(text)) width += graphemeWidth(segment)
  return width
}

/** Adds spaces up to a width. */
export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** Cuts a text to a width, with `…` at its end. */
export function fitText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  let taken = ''
  let used = 0
  for (const { segment } of graphemes(text)) {
    const more = graphemeWidth(segment)
    if (used + more > width - 1) break
    taken += segment
    used += more
  }
  return `${taken}…`
}

/** Makes foreign text safe within a line: control characters become spaces or `\ufffd`. */
export function plainText(text: string): string {
  return oneLine(text)
}

/** Breaks a text at spaces into lines of at most `width` columns. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}
