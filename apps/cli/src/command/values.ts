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

const UNITS: Readonly<Record<string, number>> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `1500`, `1500ms`, `30s`, `2m`, `8h` or `7d`. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,9}(?:\.\d+)?)(ms|s|m|h|d|)$/.exec(text) ?? []
  return digits === undefined || unit === undefined ? undefined : Math.round(Number(digits) * (UNITS[unit] ?? 1))
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
