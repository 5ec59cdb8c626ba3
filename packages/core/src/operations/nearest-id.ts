// most edits between a mistyped id and the one that was meant
const MAX_EDITS = 6

/**
 * The id that a mistyped one most probably meant. Letters that were left out, added, changed or swapped count one edit each.
 *
 * @param id what was given
 * @param ids what there is
 * @returns the nearest of `ids`, or undefined when more than a third of the letters differ
 */
export function nearestId(id: string, ids: readonly string[]): string | undefined {
  const allowed = Math.min(MAX_EDITS, Math.max(1, Math.floor(id.length / 3)))
  let best: { readonly id: string; readonly edits: number } | undefined
  for (const candidate of ids) {
    // the difference in length is the least number of edits: this skips most candidates, and texts of any length
    if (Math.abs(candidate.length - id.length) > allowed) continue
    const edits = editsBetween(id.toLowerCase(), candidate.toLowerCase())
    if (edits <= allowed && (!best || edits < best.edits)) best = { id: candidate, edits }
  }
  return best?.id
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
