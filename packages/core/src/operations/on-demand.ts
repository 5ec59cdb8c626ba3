/** What only few calls of the typed client need. A module of its own, loaded by those calls. */

export { formOf } from '../request/form-data.ts'
export { findRoute } from './find-route.ts'
export { find } from './wrong-option.ts'

/** The ways in which openapi-fetch can be told to read a response. */
export type ParseAs = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream'

/**
 * Reads a response as the caller of openapi-fetch asked for. Without such a wish wamux reads it by its content type.
 *
 * @param response the response
 * @param how `json`, `text`, `blob`, `arrayBuffer` or `stream`
 */
export async function parseAs(response: Response, how: ParseAs): Promise<unknown> {
  return how === 'stream' ? response.body : response[how]()
}
