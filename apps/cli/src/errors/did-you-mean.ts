import { nearestWord } from '@wamux/core/nearest-word'

/** The candidate nearest to a mistyped word, or the only one that begins with it; undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const known = [...candidates]
  return nearestWord(word, known) ?? onlyOneThatStartsWith(word.toLowerCase(), known)
}

function onlyOneThatStartsWith(start: string, candidates: readonly string[]): string | undefined {
  const [first, second] = start.length < 2 ? [] : candidates.filter((candidate) => candidate.toLowerCase().startsWith(start))
  return second === undefined ? first : undefined
}
