import { invalidInput, parseAddress } from '@wamux/core'
import type { QuietHours } from './pace.ts'

const MINUTE = 60_000
const MINUTES_OF_DAY = 24 * 60

/** A guess at where a recipient is. */
export interface ZoneGuess {
  /** Country of the number, two letters; absent when it cannot be told. */
  readonly country?: string
  /** IANA time zones of that country. A number does not say where in its country somebody is, or whether the person travels. */
  readonly zones: readonly string[]
}

/** A locale whose engine knows the time zones of a region; newer engines have the method, older ones the property. */
interface ZonedLocale {
  getTimeZones?(): readonly string[]
  readonly timeZones?: readonly string[]
}

/**
 * Guesses the time zones of a recipient from the country of the number. The countries' zones are those of Unicode CLDR, which the
 * JavaScript engine brings along.
 *
 * @param to E.164 number or JID
 * @returns the country and all its zones; none for a group, a LID or a number without a country
 * @throws {GatewayError} `invalid_request`: it is no recipient
 * @see https://tc39.es/proposal-intl-locale-info/#sec-Intl.Locale.prototype.getTimeZones
 */
export async function guessZones(to: string): Promise<ZoneGuess> {
  const { kind, user } = parseAddress(to)
  if (kind !== 'phone') return { zones: [] }
  const { parsePhoneNumberFromString } = await import('libphonenumber-js/min')
  const country = parsePhoneNumberFromString(`+${user}`)?.country
  if (country === undefined) return { zones: [] }
  const locale = new Intl.Locale(`und-${country}`) as unknown as ZonedLocale
  return { country, zones: locale.getTimeZones?.() ?? locale.timeZones ?? [] }
}

/** Minutes since midnight. */
function minutesOf(text: string, field: string): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? []
  const value = Number(hours) * 60 + Number(minutes)
  if (!(value < MINUTES_OF_DAY && Number(minutes) < 60)) throw invalidInput(field, 'expected hour and minute: 21:00')
  return value
}

/** Says until when a recipient must not be disturbed. */
export type QuietUntil = (to: string, now: number) => Promise<number | undefined>

/** Prepares quiet hours. All zones of a country count: it is quiet until none of them has quiet hours. */
export function quietHours(quiet: QuietHours): QuietUntil {
  const from = minutesOf(quiet.from, 'pace.quietHours.from')
  const to = minutesOf(quiet.to, 'pace.quietHours.to')
  const fallback = quiet.fallbackZone ?? 'UTC'
  const formats = new Map<string, Intl.DateTimeFormat>()
  formatOf(fallback)
  // the answer is the same for everybody of a country within a minute
  const answers = new Map<string, { readonly minute: number; readonly until: number | undefined }>()

  function formatOf(zone: string): Intl.DateTimeFormat {
    const known = formats.get(zone)
    if (known) return known
    try {
      const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
      formats.set(zone, made)
      return made
    } catch {
      throw invalidInput('pace.quietHours.fallbackZone', 'expected an IANA time zone: Europe/Berlin')
    }
  }

  function endIn(zone: string, now: number): number | undefined {
    const time = minutesOf(formatOf(zone).format(now), zone)
    const inside = from <= to ? time >= from && time < to : time >= from || time < to
    if (!inside) return undefined
    const left = (to - time + MINUTES_OF_DAY) % MINUTES_OF_DAY
    return Math.floor(now / MINUTE) * MINUTE + left * MINUTE
  }

  function endInAll(zones: readonly string[], now: number): number | undefined {
    let at = now
    // zones end one after the other; where the quiet hours of all together last around the clock, the first zone decides
    for (let round = 0; round <= zones.length; round++) {
      const ends = zones.flatMap((zone) => endIn(zone, at) ?? [])
      if (ends.length === 0) return at > now ? at : undefined
      at = ends.reduce((latest, one) => Math.max(latest, one), at)
    }
    return endIn(zones[0] ?? fallback, now)
  }

  return async (recipient, now) => {
    if (from === to) return undefined
    const { country = '', zones } = await guessZones(recipient)
    const minute = Math.floor(now / MINUTE)
    const known = answers.get(country)
    if (known?.minute === minute) return known.until
    const until = endInAll(zones.length > 0 ? zones : [fallback], now)
    answers.set(country, { minute, until })
    return until
  }
}
