import { isObject, type JsonObject, own, textOf } from './json.ts'

const MAX_REFERENCES = 32

/**
 * Follows a `$ref` within the document, also one that leads to another.
 *
 * @returns what it points to; nothing for a reference to another file or to nowhere
 */
export function follow(document: JsonObject, value: unknown): JsonObject | undefined {
  let current = value
  for (let step = 0; step < MAX_REFERENCES; step++) {
    if (!isObject(current)) return undefined
    const reference = textOf(current.$ref)
    if (reference === undefined) return current
    current = resolvePointer(document, reference)
  }
  return undefined
}

/** What a JSON pointer such as `#/components/schemas/Chat` points at. */
export function resolvePointer(document: JsonObject, reference: string): unknown {
  if (reference === '#') return document
  if (!reference.startsWith('#/')) return undefined
  let current: unknown = document
  for (const token of reference.slice(2).split('/')) current = own(current, decoded(token))
  return current
}

function decoded(token: string): string {
  const plain = token.replaceAll('~1', '/').replaceAll('~0', '~')
  try {
    return decodeURIComponent(plain)
  } catch {
    // a % that encodes nothing is part of the name
    return plain
  }
}
