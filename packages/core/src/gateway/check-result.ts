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

/** Results of more than one thing: none of them is a result too. */
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
  // a text tells of nobody and nothing
  if (typeof raw === 'string' && /\.(get|resolve|profilePicture|about)$/.test(operation)) return true
  if (id === undefined && status === 'unknown' && /\.(send|forward)/.test(operation)) return true
  if (operation === 'session.qr') return !('value' in result || 'image' in result)
  const list = LISTS.find((name) => name in result)
  if (list !== undefined) return isInventedList(operation, (result as Readonly<Record<string, unknown>>)[list], raw)
  // of a session that is there and tells no state, nothing is claimed; `stop` answers without a body where there is nothing to stop
  if (state === 'unknown' && !/\.(get|waitFor)$/.test(operation)) return false
  if (id !== undefined && operation.endsWith('.get') && !namesSomething(raw)) return true
  return saysNothing(raw) && !(operation === 'session.stop' && raw === undefined)
}

/** An empty list needs an answer with a list in it, whose entries are not of another kind. */
function isInventedList(operation: string, list: unknown, raw: unknown): boolean {
  if (Array.isArray(list) && list.length > 0) return false
  const found = listIn(raw)
  if (found) return found.length > 0 && !found.some(isNamed)
  if (!isRecord(raw)) return true
  // webhooks are a part of a session, which may have none
  if (operation === 'webhook.list') return !(isNamed(raw) || 'webhooks' in raw)
  // engines give groups by their id: no groups are an empty object
  return !(operation === 'group.list' && Object.keys(raw).every((id) => id.endsWith('@g.us')))
}

/** The list of an answer, which some gateways wrap in objects. */
function listIn(raw: unknown, depth = 0): readonly unknown[] | undefined {
  if (Array.isArray(raw)) {
    // WARest gives one object as a list with one entry, in which the list is
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

/** An entry that a list of chats, messages, persons and the like may have. */
function isNamed(row: unknown): boolean {
  if (typeof row === 'string') return row !== ''
  return isRecord(row) && Object.keys(row).some((name) => /(^_?id|jid|lid|wid|Id|key|name|url|phone|_data|Info|_chat)$/i.test(name))
}

/** Whether an answer tells of a thing at all: the id that a result has may be the one that was asked for. */
function namesSomething(raw: unknown, depth = 0): boolean {
  if (depth > DEEPEST || typeof raw !== 'object' || raw === null) return false
  return isNamed(raw) || Object.values(raw).some((value) => namesSomething(value, depth + 1))
}

const BARE_WORDS: readonly string[] = ['', 'ok', 'done', 'success', 'true', 'accepted']
const ENVELOPE = /^(data|results?|response|payload|body|message|success|ok|status|code)$/

/** Nothing, a bare word, a number, or what has nothing in it but empty envelopes. */
function saysNothing(raw: unknown, depth = 0): boolean {
  if (typeof raw === 'string') return BARE_WORDS.includes(raw.replace(/\W+/g, '').toLowerCase())
  // within an answer `true` is a success
  if (typeof raw !== 'object' || raw === null) return depth === 0 || raw !== true
  if (raw instanceof Uint8Array || depth > DEEPEST) return false
  if (Array.isArray(raw)) return raw.every((one) => saysNothing(one, depth + 1))
  return Object.entries(raw).every(([name, value]) => ENVELOPE.test(name) && saysNothing(value, depth + 1))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
}

/** A success whose whole answer is the text of an error. */
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
