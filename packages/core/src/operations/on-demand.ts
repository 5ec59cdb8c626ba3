/** What the typed client needs for few calls only: one module of its own, so that a program with other calls never loads it. */
export { formOf } from '../request/form-data.ts'
export { findRoute } from './find-route.ts'

/** How openapi-fetch may be told to read an answer. */
export type ParseAs = 'json' | 'text' | 'blob' | 'arrayBuffer' | 'stream'

/** Reads an answer the way that openapi-fetch is asked for; without being asked, wamux reads by the real content type. */
export async function parseAs(response: Response, how: ParseAs): Promise<unknown> {
  return how === 'stream' ? response.body : response[how]()
}
