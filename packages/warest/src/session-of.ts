import type { SessionOf } from '@wamux/core'

const IN_PATH = /^\/api\/v1\/session\/([^/]+)\/config$/

/** The session of a request to WARest: in its query or its body, in one case in its path. */
export const sessionOf: SessionOf = ({ path }, field) => {
  const found = IN_PATH.exec(path)?.[1]
  return found === undefined ? field('sessionId') : decodeURIComponent(found)
}
