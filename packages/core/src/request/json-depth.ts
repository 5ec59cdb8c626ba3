// far more than any gateway nests; a recursive function could run out of stack on deeper data
const MOST = 256

/** True for JSON that nests 256 levels or more. Reads the text once. */
export function nestsTooDeeply(json: string): boolean {
  // too short for so many brackets
  if (json.length < MOST) return false
  for (let at = 0, depth = 0; at < json.length; at++) {
    const code = json.charCodeAt(at)
    // setting this bit turns `[` into `{` and `]` into `}`, so that one comparison finds both
    const bracket = code | 0x20
    if (bracket === 0x7b && ++depth >= MOST) return true
    if (bracket === 0x7d) depth--
    // skips a JSON string; behind the end of the text the code is NaN, which ends the loop, too
    for (let inner = 0; code === 0x22 && inner >= 0 && inner !== 0x22; ) {
      inner = json.charCodeAt(++at)
      // the character after a backslash does not end the string
      if (inner === 0x5c) at++
    }
  }
  return false
}
