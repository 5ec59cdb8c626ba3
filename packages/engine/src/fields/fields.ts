import { normalJid } from '@wamux/core/plugin'

/** An object of unknown fields. */
export type Fields = Readonly<Record<string, unknown>>

/**
 * Reads an object.
 *
 * @param value anything
 * @returns `undefined` when it is not one
 */
export function recordOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

/**
 * Reads a text.
 *
 * @param value anything
 * @returns `undefined` when it is empty or not a text
 */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Reads an id or code, which engines write as text or number.
 *
 * @param value anything
 * @returns the id as text
 */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : textOf(value)
}

/**
 * Writes any value as text, for keys. JavaScript's own conversion fails for foreign data with a field `toString`.
 *
 * @param value anything
 * @returns the text or number; JSON of everything else
 */
export function nameOf(value: unknown): string {
  return idOf(value) ?? JSON.stringify(value) ?? ''
}

/**
 * Reads true or false.
 *
 * @param value anything
 * @returns `undefined` when it is neither
 */
export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

const HALF = 0x1_0000_0000

/**
 * Reads a number, also one written as text, or a 64-bit number in two halves.
 *
 * @param value anything
 * @returns `undefined` when it is not a number
 */
export function numberOf(value: unknown): number | undefined {
  const { low, high = 0 } = recordOf(value) ?? {}
  if (typeof low === 'number' && typeof high === 'number') return high * HALF + (low < 0 ? low + HALF : low)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/**
 * The first of several fields that is set.
 *
 * @param fields an object
 * @param names names of fields, in order
 */
export function firstOf(fields: Fields | undefined, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = fields && Object.hasOwn(fields, name) ? fields[name] : undefined
    if (value !== undefined && value !== null && value !== '') return value
  }
  return undefined
}

/**
 * Looks up a gateway's name for something.
 *
 * @param words meanings by name
 * @param word what the gateway wrote
 * @returns `unknown` for a name that is not in the table
 */
export function wordOf<Meaning>(words: Readonly<Record<string, Meaning>>, word: unknown): Meaning | 'unknown' {
  return typeof word === 'string' && Object.hasOwn(words, word) ? (words[word] ?? 'unknown') : 'unknown'
}

/**
 * Reads a JID, from text or from the object that browser engines write.
 *
 * @param value anything
 * @returns the JID in wamux's form, persons as `…@c.us`
 */
export function jidOf(value: unknown): string | undefined {
  if (typeof value === 'string') return normalJid(value)
  const parts = recordOf(value)
  const serialized = textOf(parts?._serialized) ?? textOf(parts?.$1)
  if (serialized !== undefined) return normalJid(serialized)
  const [user, server] = [textOf(parts?.user), textOf(parts?.server)]
  return user && server ? normalJid(`${user}@${server}`) : undefined
}

// tells seconds from milliseconds: as seconds it is the year 5138, as milliseconds the year 1973
const FIRST_MILLISECONDS = 1e11

/**
 * Reads a time: seconds, milliseconds, their text, a date as text, or a 64-bit number in two halves.
 *
 * @param value anything
 * @returns ms since the epoch; `undefined` for what cannot be a time of a message
 */
export function timeOf(value: unknown): number | undefined {
  const number = numberOf(value)
  if (number !== undefined) return number > 0 && number < 1e14 ? (number < FIRST_MILLISECONDS ? number * 1000 : number) : undefined
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN
  // Go writes the year 1 for a time that is not set
  return parsed > 0 ? parsed : undefined
}

type WithoutUndefined<F> = { [K in keyof F as undefined extends F[K] ? never : K]: F[K] } & {
  [K in keyof F as undefined extends F[K] ? K : never]?: Exclude<F[K], undefined>
}

/**
 * Removes the fields that are undefined.
 *
 * @param fields an object
 * @returns a copy
 */
export function omitUndefined<F extends object>(fields: F): WithoutUndefined<F> {
  const copy: Record<string, unknown> = {}
  // a loop: every result of every verb passes here
  for (const name of Object.keys(fields)) {
    const value = fields[name as keyof F]
    if (value !== undefined) copy[name] = value
  }
  return copy as WithoutUndefined<F>
}
