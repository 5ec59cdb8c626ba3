import type { SessionOf } from '@wamux/core'

const IN_PATH = /^\/(?:chat|devices)\/([^/]+)/

/** The session of a request to SparkBot: the number, in its path or in its body. */
export const sessionOf: SessionOf = ({ path }, field) => {
  const found = IN_PATH.exec(path)?.[1]
  return found === undefined ? field('device') : decodeURIComponent(found)
}
