import { UsageError } from '../errors/usage-error.ts'

/** Arguments and flags of a command line, checked. */
export interface Values {
  text(name: string): string | undefined
  /** A value that the parser guarantees, as its argument is required. */
  required(name: string): string
  /** True when it was given, with or without a value. */
  is(name: string): boolean
  /** A duration in ms. */
  ms(name: string): number | undefined
  /** The parts of a value that are separated by commas. */
  list(name: string): readonly string[] | undefined
  /** All values of what may be given several times. */
  all(name: string): readonly string[]
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `1500`, `1500ms`, `30s`, `2m`, `8h`, `7d` or `1m30s`. */
export function parseDuration(text: string): number | undefined {
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.round(Number(text))
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d+)?)(ms|s|m|h|d)/g)].map(([part, digits, unit = '']) => ({
    part,
    digits,
    ms: UNITS[unit] ?? 1,
  }))
  const falling = parts.every(({ ms }, index) => ms < (parts[index - 1]?.ms ?? Number.POSITIVE_INFINITY))
  if (parts.length === 0 || !falling || parts.map(({ part }) => part).join('') !== text) return undefined
  return Math.round(parts.reduce((sum, { digits, ms }) => sum + Number(digits) * ms, 0))
}

/**
 * A number in decimal digits; nothing for other spellings (`0x10`, `1_000`, `٣`), and for whole numbers that JavaScript cannot hold.
 *
 * @param text what was typed
 */
export function numberIn(text: string): number | undefined {
  const value = /^[-+]?(\d+(?:\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  const held = /^[-+]?\d+$/.test(text) ? Number.isSafeInteger(value) : Number.isFinite(value)
  return held ? value : undefined
}

/**
 * The whole number of a flag.
 *
 * @param flag its name
 * @param text what was typed
 * @param most the largest that it may be
 * @throws {UsageError} another text
 */
export function countFrom(flag: string, text: string, most: number = Number.MAX_SAFE_INTEGER): number {
  const value = /^\d+$/.test(text) ? numberIn(text) : undefined
  if (value !== undefined && value <= most) return value
  const range = most < Number.MAX_SAFE_INTEGER ? ` from 0 to ${most}` : ''
  throw new UsageError(`--${flag} takes a number${range}, not "${text}".`)
}

/** Given values by name; a flag without a value has an empty list. */
export function valuesOf(given: ReadonlyMap<string, readonly string[]>): Values {
  const text = (name: string) => given.get(name)?.[0]
  return {
    text,
    required: (name) => text(name) ?? '',
    is: (name) => given.has(name),
    ms: (name) => parseDuration(text(name) ?? ''),
    list: (name) => text(name)?.split(','),
    all: (name) => given.get(name) ?? [],
  }
}

/** The same values with one more, as if it had been given. */
export function withText(values: Values, name: string, value: string): Values {
  return {
    ...values,
    text: (one) => (one === name ? value : values.text(one)),
    required: (one) => (one === name ? value : values.required(one)),
    is: (one) => one === name || values.is(one),
    all: (one) => (one === name ? [value] : values.all(one)),
  }
}
