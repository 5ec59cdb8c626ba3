/** A JSON document with bytes as base64 and control characters escaped. @param indent spaces of each level */
export function jsonText(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, (_name, one: unknown) => (one instanceof Uint8Array ? base64Of(one) : one), indent)
  return (text ?? 'null').replace(/[\u007f-\u009f\u2028\u2029]/g, escaped)
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
