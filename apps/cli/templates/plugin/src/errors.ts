import type { GatewayResponse, SessionOf, VendorFailure } from '@wamux/core'

export { answeringVerbs } from './generated/answering-verbs.ts'

// TODO 4: say what answers of Acme mean where their HTTP status is not enough. `refused: true`: it did nothing.
/** What an answer says beyond its HTTP status. */
export function readFailure(_answer: GatewayResponse): VendorFailure | undefined {
  return undefined
}

/** The session of a request: in its path, or in its query or body. */
export const sessionOf: SessionOf = ({ path }, field) => {
  const inPath = /^\/sessions\/([^/]+)/.exec(path)?.[1]
  return inPath === undefined ? field('session') : decodeURIComponent(inPath)
}
