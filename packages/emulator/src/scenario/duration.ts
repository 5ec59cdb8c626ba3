const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/**
 * Milliseconds of a duration that the schema lets through.
 *
 * @param text `3 s`
 */
export function durationMs(text: string): number {
  const unit = /[a-z]{1,3}$/.exec(text)?.[0] ?? 'ms'
  return Math.round(Number.parseFloat(text) * (UNITS.get(unit) ?? 1))
}
