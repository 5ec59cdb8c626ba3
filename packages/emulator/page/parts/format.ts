const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const EXACT = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 })
const DAY = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

export const timeOf = (at: number): string => TIME.format(at)
export const exactTime = (at: number): string => EXACT.format(at)
export const fullTime = (at: number): string => FULL.format(at)

/** The time for today, else the day. */
export function shortDate(at: number, now: number): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? timeOf(at) : DAY.format(at)
}

export const dayOf = (at: number): string => DAY.format(at)

export function bytes(size: number): string {
  if (size < 1024) return `${size} B`
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} kB` : `${(size / 1024 / 1024).toFixed(1)} MB`
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = (word = '') => [...word][0] ?? ''
  return `${first(words[0])}${words.length > 1 ? first(words.at(-1)) : ''}`.toUpperCase() || '?'
}

/** One of 12 colours, the same for one phone. */
export function hueOf(text: string): number {
  let value = 7
  for (let index = 0; index < text.length; index++) value = (value * 31 + text.charCodeAt(index)) >>> 0
  return value % 12
}

export const GATEWAY_NAMES: Readonly<Record<string, string>> = { waha: 'WAHA', wawp: 'Wawp', warest: 'WARest', sparkbot: 'SparkBot' }

export const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString()} ${count === 1 ? one : many}`
