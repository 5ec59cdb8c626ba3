import type { Acknowledged, VerbId } from '@wamux/core'
import { GatewayError } from '@wamux/core'
import { recordOf } from './fields.ts'

/**
 * The result of a verb that only reports success.
 *
 * @param session session id
 * @param raw the gateway's response
 */
export function acknowledged<Raw>(session: string, raw: Raw): Acknowledged<Raw> {
  return { session, done: true, raw }
}

/**
 * Checks that a response has content. Engines give an empty one when there is no such thing.
 *
 * @param gateway plugin id and display name, for the error
 * @param raw the gateway's response, or the part of it that was asked for
 * @param operation verb to name in the error
 * @param what what was asked for: `group 1@g.us`
 * @returns the response
 * @throws {GatewayError} `not_found`: it is empty
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

/**
 * Makes the error for a response that lacks what was asked for.
 *
 * @param gateway plugin id and display name
 * @param operation the verb
 * @param what what is missing: `whether the number exists`
 * @returns a `bad_response` error for the caller to throw
 */
export function incompleteResponse(gateway: { readonly id: string; readonly name: string }, operation: VerbId, what: string): GatewayError {
  const message = `${gateway.name} ${operation}: the answer does not say ${what}`
  return new GatewayError(message, { kind: 'bad_response', gateway: gateway.id, operation, reached: 'yes' })
}
