import type { SessionOf } from '@wamux/core'

// the session is the last part that is matched: behind `/api`, behind `/api/sessions`, or within some settings of the server
const IN_PATH =
  /^\/api\/(?:sessions\/(?!(?:start|stop|logout)$)|apps\/[^/]+\/(?=[^/]+\/(?:cache|purge)(?:\/|$))|server\/debug\/browser\/trace\/|(?!(?:sessions|apps|server|keys)\/)(?=[^/]+\/(?:auth|calls|channels|chats|contacts|events|groups|labels|lids|media|new-message-id|presence|profile|status)(?:\/|$)))([^/]+)/
const NAMED = /^\/api\/sessions(?:\/(?:start|stop|logout))?$/

/** The session of a request to WAHA: in its path, its query or its body. */
export const sessionOf: SessionOf = ({ path }, field) => {
  const found = IN_PATH.exec(path)?.[1]
  return found === undefined ? (field('session') ?? (NAMED.test(path) ? field('name') : undefined)) : decodeURIComponent(found)
}
