import { normalJid } from '../verbs/address.ts'

export type Fields = Readonly<Record<string, unknown>>

/** An object, as far as it is one. */
export function recordOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/** Text that says something. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An id or code, which engines give as text or number. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : textOf(value)
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** A number, also one that is written as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** The first of several fields that is there. */
export function firstOf(fields: Fields | undefined, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = fields && Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

/** What a gateway's word means; a word that is not in the table is `unknown`, never an error. */
export function wordOf<Meaning>(words: Readonly<Record<string, Meaning>>, word: unknown): Meaning | 'unknown' {
  return typeof word === 'string' && Object.hasOwn(words, word) ? (words[word] ?? 'unknown') : 'unknown'
}

/** A JID in the form of wamux, from text or from the object that browser engines make of it. */
export function jidOf(value: unknown): string | undefined {
  if (typeof value === 'string') return normalJid(value)
  const parts = recordOf(value)
  const serialized = textOf(parts?._serialized)
  if (serialized !== undefined) return normalJid(serialized)
  const [user, server] = [textOf(parts?.user), textOf(parts?.server)]
  return user && server ? normalJid(`${user}@${server}`) : undefined
}

// seconds stay below this for three thousand years, milliseconds were above it in 1973
const FIRST_MILLISECONDS = 100_000_000_000

/** Time in ms since the epoch, from seconds, milliseconds, their text, a date as text, or a number of 64 bits in two halves. */
export function timeOf(value: unknown): number | undefined {
  const long = recordOf(value)
  const number = long ? numberOf(long.low) : numberOf(value)
  if (number !== undefined) return number <= 0 ? undefined : number < FIRST_MILLISECONDS ? number * 1000 : number
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN
  // Go writes the year 1 for a time that is not set
  return Number.isFinite(parsed) && parsed > 0 ? parsed : undefined
}

type WithoutUndefined<F> = { [K in keyof F as undefined extends F[K] ? never : K]: F[K] } & {
  [K in keyof F as undefined extends F[K] ? K : never]?: Exclude<F[K], undefined>
}

/** Leaves out the fields that are undefined. */
export function omitUndefined<F extends object>(fields: F): WithoutUndefined<F> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as WithoutUndefined<F>
}
