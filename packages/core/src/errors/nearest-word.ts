// most edits between a mistyped word and the one that was meant
const MAX_EDITS = 6

/**
 * The word that a mistyped one most probably meant, for the message of an error. A letter that was left out, added, changed or swapped
 * with the next one counts as one edit; upper and lower case are the same.
 *
 * @param word what was given
 * @param words what there is
 * @returns the nearest of `words`; undefined when more than a third of the letters differ, or more than six
 */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  const allowed = Math.min(MAX_EDITS, Math.max(1, Math.floor(word.length / 3)))
  let best: { readonly word: string; readonly edits: number } | undefined
  for (const candidate of words) {
    // the difference in length is the least number of edits: this skips most candidates, and texts of any length
    if (Math.abs(candidate.length - word.length) > allowed) continue
    const edits = editsBetween(word.toLowerCase(), candidate.toLowerCase())
    if (edits <= allowed && (!best || edits < best.edits)) best = { word: candidate, edits }
  }
  return best?.word
}

function editsBetween(one: string, other: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const changed = one[row - 1] === other[column - 1] ? 0 : 1
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      const ways = [at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + changed]
      if (swapped) ways.push(at(beforeLast, column - 2) + 1)
      current.push(Math.min(...ways))
    }
    beforeLast = last
    last = current
  }
  return at(last, other.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
