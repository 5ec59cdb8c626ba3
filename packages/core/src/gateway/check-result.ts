/** What a verb gives, as far as it can be told whether the gateway said it. */
interface AnyResult {
  readonly raw?: unknown
  readonly session?: unknown
  readonly id?: unknown
  readonly code?: unknown
  readonly status?: unknown
  readonly state?: unknown
  readonly participants?: unknown
}

/** Results of more than one thing: none of them is an answer too. */
const LISTS = ['items', 'sessions', 'labels', 'requests'] as const

/**
 * True for a result that claims more than the gateway's answer says: a message, group, session or code out of an empty answer, or one
 * without the id that names it. Verbs that only do something claim no more than the success that HTTP told.
 *
 * @param operation verb, `message.sendText`
 */
export function isInvented(operation: string, result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return true
  const { raw, session, id, code, status, state, participants } = result as AnyResult
  if ('done' in result || 'deleted' in result || (Array.isArray(participants) && !('id' in result))) return isErrorText(raw)
  if (session === '' || id === '' || code === '') return true
  if (id === undefined && status === 'unknown' && /\.(send|forward)/.test(operation)) return true
  if (operation === 'session.qr') return !('value' in result || 'image' in result)
  if (LISTS.some((name) => name in result)) return saysNothing(raw) && !isEmptyList(operation, raw)
  // of a session that is there and tells no state, nothing is claimed; `stop` answers without a body where there is nothing to stop
  if (state === 'unknown' && !/\.(get|waitFor)$/.test(operation)) return false
  return saysNothing(raw) && !(operation === 'session.stop' && raw === undefined)
}

// engines give groups by their id: no groups are an empty object
function isEmptyList(operation: string, raw: unknown): boolean {
  return Array.isArray(raw) || (operation === 'group.list' && typeof raw === 'object' && raw !== null)
}

const BARE_WORDS: readonly string[] = ['', 'ok', 'done', 'success', 'true', 'accepted']

/** Nothing, a bare word, a number, or what has nothing in it. */
function saysNothing(raw: unknown): boolean {
  if (typeof raw === 'string') return BARE_WORDS.includes(raw.replace(/\W+/g, '').toLowerCase())
  return typeof raw !== 'object' || raw === null || (!(raw instanceof Uint8Array) && Object.keys(raw).length === 0)
}

/** A success whose whole answer is the text of an error. */
function isErrorText(raw: unknown): boolean {
  return (
    typeof raw === 'string' &&
    /\b(error|exception|fail(ed|ure)?|forbidden|denied|refused|not[ -]authorized|bad[ -]request|cannot)\b/i.test(raw)
  )
}
