import { textLike } from './pattern-text.ts'

/** The limits of a text or number, as JSON Schema and the operation table both have them. */
export interface Limits {
  readonly format?: unknown
  readonly pattern?: unknown
  readonly minLength?: unknown
  readonly maxLength?: unknown
  readonly minimum?: unknown
  readonly maximum?: unknown
}

const FORMATTED: Readonly<Record<string, (name: string) => string>> = {
  'date-time': () => '2026-01-02T03:04:05.000Z',
  date: () => '2026-01-02',
  uri: (name) => `https://example.com/${encodeURIComponent(name)}`,
  email: () => 'someone@example.com',
  byte: (name) => btoa(name.replace(/[^ -~]/g, '')),
}

/**
 * A text within its limits that contains the name of its field.
 *
 * @param free the text to use where the schema has no limits
 */
export function textWithin({ format, pattern, minLength, maxLength }: Limits, name: string, free: string = name): string {
  if (typeof pattern === 'string') return textLike(pattern)
  const formatted = typeof format === 'string' ? FORMATTED[format] : undefined
  if (formatted) return formatted(name)
  const least = typeof minLength === 'number' ? minLength : 0
  const most = typeof maxLength === 'number' ? maxLength : Number.POSITIVE_INFINITY
  return free.padEnd(least, 'x').slice(0, most)
}

/** A number within its limits. */
export function numberWithin({ minimum, maximum }: Limits): number {
  const least = typeof minimum === 'number' ? minimum : Number.NEGATIVE_INFINITY
  const most = typeof maximum === 'number' ? maximum : Number.POSITIVE_INFINITY
  return Math.max(least, Math.min(most, 7))
}
