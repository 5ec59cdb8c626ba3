import { escapedForJson } from '../terminal/visible-text.ts'

/** A JSON document with bytes as base64, and escapes for control characters and marks of direction. @param indent spaces of each level */
export function jsonText(value: unknown, indent = 2): string {
  const text = JSON.stringify(value, (_name, one: unknown) => (one instanceof Uint8Array ? base64Of(one) : one), indent)
  return escapedForJson(text ?? 'null')
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
