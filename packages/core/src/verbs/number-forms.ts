/** A country whose mobile numbers WhatsApp knows with or without one digit. */
interface Country {
  /** The number with the digit; the groups are what stands before and behind it. */
  readonly long: RegExp
  /** The number without it. */
  readonly short: RegExp
  readonly digit: string
}

const COUNTRIES: readonly Country[] = [
  // Brazil: mobile numbers begin with 6 to 9, and got a 9 in front; area codes from 31 on often lack it at WhatsApp
  { long: /^(55\d{2})9([6-9]\d{7})$/, short: /^(55\d{2})([6-9]\d{7})$/, digit: '9' },
  // Mexico: the 1 behind the country code was given up in 2019
  { long: /^(52)1(\d{10})$/, short: /^(52)(\d{10})$/, digit: '1' },
  // Argentina: a 9 marks mobile numbers that are called from abroad
  { long: /^(54)9(\d{10})$/, short: /^(54)(\d{10})$/, digit: '9' },
]

/**
 * The forms under which WhatsApp may know a number: Brazil's mobile numbers with and without the ninth digit, Mexico's with and without
 * the 1 behind the country code, Argentina's with and without the 9. The number itself comes first; other countries have one form.
 *
 * @param digits E.164 without plus
 */
export function numberForms(digits: string): readonly string[] {
  for (const { long, short, digit } of COUNTRIES) {
    if (long.test(digits)) return [digits, digits.replace(long, '$1$2')]
    if (short.test(digits)) return [digits, digits.replace(short, `$1${digit}$2`)]
  }
  return [digits]
}
