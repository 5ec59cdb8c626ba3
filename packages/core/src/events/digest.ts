/**
 * A short hash of a text, for keys that have to stay short. It does not protect against somebody who looks for two texts with the same
 * hash.
 *
 * @param text any text
 * @returns 16 hex digits
 */
export function digestOf(text: string): string {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    a = Math.imul(a ^ unit, 0x01000193)
    b = Math.imul(b ^ unit, 0x85ebca6b)
    b ^= b >>> 13
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
