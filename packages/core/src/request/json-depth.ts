// no gateway nests so deep; whoever walks over such data may run out of stack
const MOST = 256

/** True for JSON that nests 256 levels or more. Reads the text once. */
export function nestsTooDeeply(json: string): boolean {
  // as many brackets have to be closed again
  if (json.length < 2 * MOST) return false
  for (let at = 0, depth = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    // a brace differs from a bracket in one bit
    const bracket = code | 0x20
    if (bracket === 0x7b && ++depth >= MOST) return true
    if (bracket === 0x7d) depth--
    if (code === 0x22) at = textEnd(json, at)
  }
  return false
}

function textEnd(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    const code = json.charCodeAt(at)
    if (code === 0x22) return at
    // whatever a backslash stands before
    if (code === 0x5c) at++
  }
  return json.length
}
