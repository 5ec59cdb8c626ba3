/** A path as it was typed, read in the two ways in which servers read one. */
export interface PlainPath {
  /** Its segments without `.`, `..` and empty ones, escapes as they were typed. */
  readonly segments: readonly string[]
  /** The segments as the most lenient server would read them: escapes undone any number of times, encoded slashes as slashes. */
  readonly lenient: readonly string[]
  /** What follows the question mark. */
  readonly query: string | undefined
}

// nothing is escaped more often than this; each turn makes the text shorter
const MAX_DECODINGS = 16

/**
 * Brings a path into its plainest form, as `fetch` and servers do it before they look at it: line breaks are dropped, backslashes are
 * slashes, empty segments and dots go, and what follows `#` was never part of it.
 */
export function plainPath(text: string): PlainPath {
  // as the URL standard has it: no tabs and line breaks anywhere, no spaces and control characters at the ends
  const [address = ''] = withoutEnds(text.replace(/[\t\n\r]/g, '')).split('#', 1)
  const cut = address.indexOf('?')
  const path = cut < 0 ? address : address.slice(0, cut)
  return {
    segments: resolved(path.split(/[/\\]/)),
    lenient: resolved(wholly(path).split(/[/\\]/).map(withoutSuffix)),
    query: cut < 0 ? undefined : address.slice(cut + 1),
  }
}

// in one pass: a pattern with two ends would look at every run of spaces again and again
function withoutEnds(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && (text[from] ?? '') <= ' ') from++
  while (to > from && (text[to - 1] ?? '') <= ' ') to--
  return text.slice(from, to)
}

function resolved(segments: readonly string[]): string[] {
  const kept: string[] = []
  for (const segment of segments) {
    const plain = wholly(segment)
    if (plain === '..') kept.pop()
    else if (plain !== '' && plain !== '.') kept.push(segment)
  }
  return kept
}

// some servers drop parameters (`;v=1`), and what an escaped `?`, `#` or zero byte begins
function withoutSuffix(segment: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: see above
  return segment.split(/[;?#\x00]/, 1)[0]?.trim() ?? ''
}

/** A text without escapes, also without those that were escaped themselves. */
function wholly(text: string): string {
  let before = text
  for (let count = 0; count < MAX_DECODINGS; count++) {
    const after = before.replace(/(?:%[0-9a-f]{2})+/gi, decodedOnce)
    if (after === before) return after
    before = after
  }
  return before
}

/** A text with its escapes undone once; unchanged where they are no UTF-8. */
export function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
