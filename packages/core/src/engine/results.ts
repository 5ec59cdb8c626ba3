import { GatewayError } from '../errors/gateway-error.ts'
import type { VerbId } from '../vocabulary/index.ts'
import type { Acknowledged } from '../vocabulary/refs.ts'
import { recordOf } from './fields.ts'

/** What a verb gives that only does something. @param raw the gateway's answer */
export function acknowledged<Raw>(session: string, raw: Raw): Acknowledged<Raw> {
  return { session, done: true, raw }
}

/**
 * An answer with something in it: engines say with an empty one that there is nothing.
 *
 * @param raw the gateway's answer, or the part of it that was asked for
 * @param operation verb to name in the error
 * @param what what was asked for, as the error names it: `group 1@g.us`
 * @throws GatewayError `not_found`
 */
export function orNotFound<Raw>(
  raw: Raw,
  gateway: { readonly id: string; readonly name: string },
  operation: VerbId,
  what: string,
): NonNullable<Raw> {
  if (recordOf(raw) !== undefined) return raw as NonNullable<Raw>
  throw new GatewayError(`${gateway.name} has no ${what}`, { kind: 'not_found', gateway: gateway.id, operation, reached: 'yes' })
}

/** A read whose answer does not tell what was asked. @param what as a part of a sentence: `whether the number exists` */
export function notTold(gateway: { readonly id: string; readonly name: string }, operation: VerbId, what: string): GatewayError {
  const message = `${gateway.name} ${operation}: the answer does not say ${what}`
  return new GatewayError(message, { kind: 'bad_response', gateway: gateway.id, operation, reached: 'yes' })
}
