import type { RequestContext } from '../request/types.ts'
import type { VerbId } from '../vocabulary/index.ts'
import { verbSafety } from '../vocabulary/verb-facts.ts'

type Fields = Readonly<Record<string, unknown>>

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

/** The verbs that read one thing, which its answer has to name; complete by type. */
const GET_VERBS: Readonly<Record<Extract<VerbId, `${string}.get`>, true>> = {
  'session.get': true,
  'message.get': true,
  'chat.get': true,
  'contact.get': true,
  'group.get': true,
  'presence.get': true,
  'profile.get': true,
  'channel.get': true,
}

/** The verbs that read something about a person without reading the whole person. */
const ABOUT_A_PERSON: readonly string[] = ['contact.resolve', 'contact.profilePicture', 'contact.about'] satisfies VerbId[]

/**
 * True for a result that claims more than the gateway's answer says, and for an answer that says nothing where the gateway's document
 * promises fields.
 *
 * @param operation verb, `message.sendText`
 * @param result what the verb made of the answer
 * @param context loads what the plugin knows of answers
 */
export function isUntold(operation: string, result: unknown, context: Pick<RequestContext, 'failures'>): boolean | Promise<boolean> {
  if (isInvented(operation, result)) return true
  const { raw } = result as AnyResult
  // a text or a number has no fields
  if (typeof raw === 'object' && !saysNothing(raw)) return false
  return context.failures().then(({ answeringVerbs = [] }) => answeringVerbs.includes(operation))
}

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
  const isGet = Object.hasOwn(GET_VERBS, operation)
  if ('done' in result || 'deleted' in result || (Array.isArray(participants) && !('id' in result))) return isErrorText(raw)
  if (session === '' || id === '' || code === '') return true
  // a person, chat or message is never a bare text
  if (typeof raw === 'string' && (isGet || ABOUT_A_PERSON.includes(operation))) return true
  if (id === undefined && status === 'unknown' && safety === 'send') return true
  if (operation === 'session.qr') return !('value' in result || 'image' in result)
  const list = LISTS.find((name) => name in result)
  if (list !== undefined) return isInventedList(operation, (result as Readonly<Record<string, unknown>>)[list], raw)
  // `unknown` claims nothing about a session; WAHA answers `stop` without a body when the session does not exist
  if (state === 'unknown' && safety !== 'read') return false
  if (id !== undefined && isGet && !namesSomething(raw)) return true
  return saysNothing(raw) && !(operation === 'session.stop' && raw === undefined)
}

/** True for an empty result whose answer has no list, or a list of entries that are not of this kind. */
function isInventedList(operation: string, list: unknown, raw: unknown): boolean {
  if (Array.isArray(list) && list.length > 0) return false
  const found = listIn(raw)
  if (found) return found.length > 0 && !found.some(isNamed)
  if (!isRecord(raw)) return true
  // webhooks are a part of a session, which may have none
  if (operation === 'webhook.list') return !(isNamed(raw) || 'webhooks' in raw)
  // engines answer with an object of groups by id, which is empty when there are none
  return !(operation === 'group.list' && Object.keys(raw).every((id) => id.endsWith('@g.us')))
}

/** The list of an answer, which some gateways wrap in objects. */
function listIn(raw: unknown, depth = 0): readonly unknown[] | undefined {
  if (Array.isArray(raw)) {
    // WARest wraps an object that holds the list in a list of one entry
    const [only] = raw
    return (raw.length === 1 && depth > 0 && isRecord(only) && !isNamed(only) ? listIn(only, depth + 1) : undefined) ?? raw
  }
  if (!isRecord(raw) || depth > DEEPEST) return undefined
  for (const value of Object.values(raw)) {
    const inside = listIn(value, depth + 1)
    if (inside) return inside
  }
  return undefined
}

const DEEPEST = 4

/** True for an entry with an id, a name, an address or a key, as chats, messages and persons have one. */
function isNamed(row: unknown): boolean {
  if (typeof row === 'string') return row !== ''
  return isRecord(row) && Object.keys(row).some((name) => /(^_?id|jid|lid|wid|Id|key|name|url|phone|_data|Info|_chat)$/i.test(name))
}

/** True for an answer with an id, a name or the like at any depth. The id of the result does not count: it may be the one that was asked for. */
function namesSomething(raw: unknown, depth = 0): boolean {
  if (depth > DEEPEST || typeof raw !== 'object' || raw === null) return false
  return isNamed(raw) || Object.values(raw).some((value) => namesSomething(value, depth + 1))
}

const BARE_WORDS: readonly string[] = ['', 'ok', 'done', 'success', 'true', 'accepted']
const ENVELOPE: ReadonlySet<string> = new Set('data result results response payload body message success ok status code'.split(' '))

/** True for an answer without facts: no body, a word such as `ok`, a number, or objects and lists that hold nothing else. */
function saysNothing(raw: unknown, depth = 0): boolean {
  if (typeof raw === 'string') return BARE_WORDS.includes(raw.replace(/\W+/g, '').toLowerCase())
  // within an answer `true` is a success
  if (typeof raw !== 'object' || raw === null) return depth === 0 || raw !== true
  if (raw instanceof Uint8Array || depth > DEEPEST) return false
  if (Array.isArray(raw)) return raw.every((one) => saysNothing(one, depth + 1))
  // every result of every verb passes here, and its first field settles it
  for (const name in raw) {
    if (Object.hasOwn(raw, name) && !(ENVELOPE.has(name) && saysNothing((raw as Fields)[name], depth + 1))) return false
  }
  return true
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

/** True for an answer of a 2xx status that is nothing but the text of an error. */
function isErrorText(raw: unknown): boolean {
  if (isRecord(raw)) {
    const { message, status, ...others } = raw
    const bare = Object.keys(others).every((name) => /^(session|name|path|timestamp)$/.test(name))
    return bare && (isErrorText(message) || (typeof status === 'string' && /^failed$/i.test(status)))
  }
  return typeof raw === 'string' && ERROR_WORDS.test(raw.slice(0, 2_000))
}

const ERROR_WORDS =
  /\b(error|exception|fail(ed|ure)?|forbidden|denied|refused|not[ -](authorized|found|allowed|connected|logged)|unauthorized|bad[ -](request|gateway)|unavailable|too many requests|cannot|can't|could not|unable|(log|sign) in|invalid|expired)\b/i
