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
    // over a text; whatever a backslash stands before is part of it
    for (let inner = code; code === 0x22 && at++ < json.length; ) {
      inner = json.charCodeAt(at)
      if (inner === 0x22) break
      if (inner === 0x5c) at++
    }
  }
  return false
}
