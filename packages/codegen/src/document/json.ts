/** A YAML or JSON mapping of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>

/** True for a mapping, false for scalars and lists. */
export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as a mapping; an empty one where the document has something else. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {}
}

/** The value as a list; an empty one where the document has something else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The value as text without surrounding space; undefined where there is none. */
export function text(value: unknown): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim() : ''
  return trimmed === '' ? undefined : trimmed
}

/** The strings of a list. */
export function strings(value: unknown): readonly string[] {
  return list(value).filter((item) => typeof item === 'string')
}

/** True for a list of strings that is not empty. */
export function isWords(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && strings(value).length === value.length
}
