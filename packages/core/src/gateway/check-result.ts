import type { VerbId } from '../vocabulary/index.ts'
import { verbSafety } from '../vocabulary/safety.ts'

/** The fields of a verb's result that are compared with the gateway's answer. */
interface AnyResult {
  readonly raw?: unknown
  readonly session?: unknown
  readonly id?: unknown
  readonly code?: unknown
  readonly status?: unknown
  readonly state?: unknown
  readonly participants?: unknown
}

/** Fields that hold a list. An empty list is a result as well. */
const LISTS = ['items', 'sessions', 'labels', 'requests'] as const

/**
 * True for a result that claims more than the gateway's answer says: a message, group, session or code out of an empty answer, or one
 * without the id that names it. The result of a verb that only does something (`done`, `deleted`) repeats the HTTP success, so only an
 * answer that is an error text makes it wrong.
 *
 * @param operation verb, `message.sendText`
 */
export function isInvented(operation: string, result: unknown): boolean {
  if (typeof result !== 'object' || result === null) return true
  const { raw, session, id, code, status, state, participants } = result as AnyResult
  const safety = Object.hasOwn(verbSafety, operation) ? verbSafety[operation as VerbId] : 'send'
  if ('done' in result || 'deleted' in result || (Array.isArray(participants) && !('id' in result))) return isErrorText(raw)
  if (session === '' || id === '' || code === '') return true
  if (id === undefined && status === 'unknown' && safety === 'send') return true
  if (operation === 'session.qr') return !('value' in result || 'image' in result)
  if (LISTS.some((name) => name in result)) return saysNothing(raw) && !isEmptyList(operation, raw)
  // `unknown` claims nothing about a session; WAHA answers `stop` without a body when the session does not exist
  if (state === 'unknown' && safety !== 'read') return false
  return saysNothing(raw) && !(operation === 'session.stop' && raw === undefined)
}

// engines answer with an object of groups by id, which is empty when there are none
function isEmptyList(operation: string, raw: unknown): boolean {
  return Array.isArray(raw) || (operation === 'group.list' && typeof raw === 'object' && raw !== null)
}

const BARE_WORDS: readonly string[] = ['', 'ok', 'done', 'success', 'true', 'accepted']

/** True for an answer without facts: no body, a word such as `ok`, a number, an empty list or object. */
function saysNothing(raw: unknown): boolean {
  if (typeof raw === 'string') return BARE_WORDS.includes(raw.replace(/\W+/g, '').toLowerCase())
  return typeof raw !== 'object' || raw === null || (!(raw instanceof Uint8Array) && Object.keys(raw).length === 0)
}

/** True for an answer of a 2xx status that is nothing but the text of an error. */
function isErrorText(raw: unknown): boolean {
  return (
    typeof raw === 'string' &&
    /\b(error|exception|fail(ed|ure)?|forbidden|denied|refused|not[ -]authorized|bad[ -]request|cannot)\b/i.test(raw)
  )
}
