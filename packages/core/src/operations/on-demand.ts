/** What only few calls of the typed client need. A module of its own, loaded by those calls. */

import { GatewayError, invalidInput } from '../errors/gateway-error.ts'

export { formOf } from '../request/form-data.ts'
export { findRoute } from './find-route.ts'
export { find } from './wrong-option.ts'

/** The ways in which openapi-fetch can be told to read a response. */
const WAYS = ['json', 'text', 'blob', 'arrayBuffer', 'stream'] as const

/** Methods that change nothing, so that an unreadable response leaves nothing open. */
const READS: readonly string[] = ['GET', 'HEAD']

export type ParseAs = (typeof WAYS)[number]

/**
 * Reads responses as the caller of openapi-fetch asked for. Without such a wish wamux reads them by their content type.
 *
 * @param how `json`, `text`, `blob`, `arrayBuffer` or `stream`
 * @param method that the client was called by: `GET`, or `request`
 * @returns reads the response of a success
 * @throws {GatewayError} `invalid_request`: `how` is none of these
 */
export function readerOf(how: ParseAs, method: string): (response: Response) => unknown {
  if (!WAYS.includes(how)) throw invalidInput('parseAs', `expected one of ${WAYS.join(', ')}`)
  return async (response) => {
    try {
      return how === 'stream' ? response.body : await response[how]()
    } catch {
      // without `cause`: its message would quote the body
      const kind = READS.includes(method) ? 'bad_response' : 'unknown_outcome'
      const hint = 'The gateway reported success. Without parseAs the body is read by its content type.'
      throw new GatewayError(`the answer cannot be read as ${how}`, { kind, status: response.status, hint, reached: 'yes', attempts: 1 })
    }
  }
}
