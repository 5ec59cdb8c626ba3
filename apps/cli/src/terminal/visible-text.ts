/**
 * Characters that a terminal obeys instead of showing them (C0, DEL, C1), line and paragraph separators, the marks that turn the direction
 * of the text around them, and tags and annotations, which are never shown and can hide words. Tags within a flag stay.
 */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
  /\u{1f3f4}[\u{e0030}-\u{e007a}]{4,6}\u{e007f}|[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu
const FLAG = '\u{1f3f4}'
// the colours that Paint and the QR code use, and line breaks; everything else that begins with ESC is foreign
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const OWN = /^(?:\x1b\[(?:0|1|2|22|31|32|33|36|39|97;40)m|\r?\n|\t)/

/** Makes foreign text safe within one line of a terminal: line breaks and tabs become spaces, other control characters `\ufffd`. */
export function oneLine(text: string): string {
  return text.replace(OBEYED, (character) => (isFlag(character) ? character : /[\t\n\r]/.test(character) ? ' ' : '\ufffd'))
}

/** Makes foreign text safe for a terminal and keeps its lines and tabs. */
export function severalLines(text: string): string {
  const isKept = (character: string) => character === '\n' || character === '\t' || isFlag(character)
  return text.replace(/\r\n/g, '\n').replace(OBEYED, (character) => (isKept(character) ? character : '\ufffd'))
}

/** The same for text that wamux has coloured itself: its own colours stay. */
export function paintedLines(text: string): string {
  let own = 0
  return text.replace(OBEYED, (character, at: number) => {
    if (at < own || isFlag(character)) return character
    const [kept] = OWN.exec(text.slice(at, at + 8)) ?? []
    if (kept === undefined) return '\ufffd'
    own = at + kept.length
    return character
  })
}

/** Writes these characters as escapes of JSON, which every reader of JSON turns back. */
export function escapedForJson(json: string): string {
  // JSON.stringify has escaped those below the space; line breaks and spaces that are left are its layout
  return json.replace(OBEYED, (character) => (character < ' ' || isFlag(character) ? character : escapeOf(character)))
}

function escapeOf(character: string): string {
  return Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
}

function isFlag(match: string): boolean {
  return match.startsWith(FLAG)
}

/** True for text that has such characters besides line breaks and tabs. */
export function hasObeyed(text: string): boolean {
  return text.replace(/[\n\t]/g, '').search(OBEYED) >= 0
}
