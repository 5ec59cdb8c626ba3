import { invalidInput } from '../errors/gateway-error.ts'

// gateways put the name into paths, queries and bodies, where these characters would have a meaning
const UNFIT = /^\.\.?$|[\\/\p{Cc}\p{Surrogate}]/u

/**
 * Checks the name or id of a session.
 *
 * @returns the session
 * @throws {GatewayError} `invalid_request`: it is missing, or has characters with a meaning in URLs; `field` is `session`
 */
export function checkSession(session: unknown): string {
  if (typeof session !== 'string' || !session.trim()) throw invalidInput('session', 'required, expected the name or id of a session')
  if (UNFIT.test(session)) throw invalidInput('session', 'expected a name without slashes, dot segments and control characters')
  return session
}

/**
 * Checks times in ms. `undefined` is accepted, since each time has a default.
 *
 * @param times values by field name
 * @param pauses names of the fields that must not be 0
 * @throws {GatewayError} `invalid_request`: a time is not a number, is negative, or is 0 where it must not be
 */
export function checkTimes(times: Readonly<Record<string, unknown>>, pauses: readonly string[]): void {
  for (const [field, ms] of Object.entries(times)) {
    const fits = ms === undefined || (typeof ms === 'number' && ms >= 0 && (ms > 0 || !pauses.includes(field)))
    if (!fits) throw invalidInput(field, `expected ms, ${pauses.includes(field) ? 'more than 0' : 'not negative'}`)
  }
}
