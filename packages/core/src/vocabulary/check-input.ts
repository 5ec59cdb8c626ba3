import { invalidInput } from '../errors/gateway-error.ts'

// gateways put the name into paths, queries and bodies, where these characters would have a meaning
const UNFIT = /^\.\.?$|[\\/\p{Cc}\p{Surrogate}]/u

/**
 * The name or id of a session, as every gateway can take it.
 *
 * @throws {GatewayError} `invalid_request`: that names `session`
 */
export function checkSession(session: unknown): string {
  if (typeof session !== 'string' || !session.trim()) throw invalidInput('session', 'required, expected the name or id of a session')
  if (UNFIT.test(session)) throw invalidInput('session', 'expected a name without slashes, dot segments and control characters')
  return session
}

/**
 * Times in ms, or nothing for their defaults: not negative, and those in `pauses` not 0.
 *
 * @throws {GatewayError} `invalid_request`
 */
export function checkTimes(times: Readonly<Record<string, unknown>>, pauses: readonly string[]): void {
  for (const [field, ms] of Object.entries(times)) {
    const fits = ms === undefined || (typeof ms === 'number' && ms >= 0 && (ms > 0 || !pauses.includes(field)))
    if (!fits) throw invalidInput(field, `expected ms, ${pauses.includes(field) ? 'more than 0' : 'not negative'}`)
  }
}
