// no gateway nests so deep; whoever walks over such data may run out of stack
const MOST = 256

/** True for JSON that nests 256 levels or more. Reads the text once and jumps over the texts in it. */
export function nestsTooDeeply(json: string): boolean {
  // as many brackets have to be closed again
  if (json.length < 2 * MOST) return false
  let depth = 0
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    // brackets and braces differ in one bit, which makes two cases of four
    const bracket = code | 0x20
    if (bracket === 0x7b && ++depth >= MOST) return true
    if (bracket === 0x7d) depth--
    if (code === 0x22) {
      do at = json.indexOf('"', at + 1)
      while (at > 0 && isEscaped(json, at))
      // a text without an end is no JSON
      if (at < 0) return false
    }
  }
  return false
}

function isEscaped(json: string, at: number): boolean {
  let first = at
  while (json.charCodeAt(first - 1) === 0x5c) first--
  return (at - first) % 2 === 1
}
