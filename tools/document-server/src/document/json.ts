/** A YAML or JSON mapping of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>

/** True for a mapping, false for scalars and lists. */
export function isRecord(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as a mapping; an empty one where there is something else. */
export function record(value: unknown): Json {
  return isRecord(value) ? value : {}
}

/** The value as a list; an empty one where there is something else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The strings of a word or a list of words. */
export function words(value: unknown): readonly string[] {
  return (typeof value === 'string' ? [value] : list(value)).filter((item) => typeof item === 'string')
}
