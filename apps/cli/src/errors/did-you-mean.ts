/** The candidate nearest to a mistyped word; undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  let best: { readonly candidate: string; readonly distance: number } | undefined
  for (const candidate of candidates) {
    const distance = distanceBetween(wanted, candidate.toLowerCase())
    if (!best || distance < best.distance) best = { candidate, distance }
  }
  const allowed = Math.max(1, Math.floor(wanted.length / 3))
  if (best && best.distance <= allowed) return best.candidate
  const started = [...candidates].filter((candidate) => wanted.length >= 2 && candidate.toLowerCase().startsWith(wanted))
  return started.length === 1 ? started[0] : undefined
}

/** Number of edits between two words; swapping two neighbours is one edit. */
function distanceBetween(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const edits = [at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1)]
      if (swapped && row > 1 && column > 1) edits.push(at(before, column - 2) + 1)
      current.push(Math.min(...edits))
    }
    before = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY
}
