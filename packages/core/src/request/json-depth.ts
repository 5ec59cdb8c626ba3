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
    // a text is jumped over; behind the end of the JSON the code is NaN
    for (let inner = 0; code === 0x22 && inner >= 0 && inner !== 0x22; ) {
      inner = json.charCodeAt(++at)
      // whatever a backslash stands before is part of the text
      if (inner === 0x5c) at++
    }
  }
  return false
}
