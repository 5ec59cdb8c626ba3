import type { ErrorKind, GatewayResponse, VendorFailure } from '@wamux/core'

interface WahaErrorBody {
  readonly message?: unknown
  readonly error?: unknown
  readonly status?: unknown
  readonly expected?: unknown
  readonly exception?: { readonly message?: unknown; readonly data?: unknown }
}

type Words = readonly [words: RegExp, failure: VendorFailure][]

// WAHA answers 422 for everything that its state, its edition or its settings forbid; only the words tell these apart
const UNPROCESSABLE: Words = [
  [
    /already exists.*use PUT/i,
    { kind: 'conflict', hint: 'The session exists already: start it with session.start, or change its config with session.update.' },
  ],
  [/already (exists|started)/i, { kind: 'conflict' }],
  [/can request code only in|session is starting|please try again/i, { kind: 'conflict' }],
  [/does not exist|not found/i, { kind: 'not_found' }],
  [/support only 'default' session/i, { kind: 'not_found', hint: 'WAHA Core before 2026.6.1 has only the session "default".' }],
  [
    /only in plus version|not available in this edition|apps are disabled|not implemented|non[- ]chrome[- ]based engine/i,
    { kind: 'unsupported' },
  ],
]

const LIMITED_HINT =
  'WhatsApp limits this account, not the gateway: chats that exist still work. Do not log out, restart or pair anew, which makes it worse; write to nobody new until the limit ends.'

/**
 * What WhatsApp or the engine refused, which WAHA hands on as a 500 with an exception. Nothing was done in any of these.
 *
 * The first two: waha-docs "Reachout Timelock" and "Message Capping"; the others: texts of Baileys, whatsmeow and WEBJS.
 */
const REFUSED: Words = [
  [
    /server returned error 463|\b463\b.*(timelock|reachout)|reachout.?timelock/i,
    { kind: 'permission', code: 'account_limited', hint: LIMITED_HINT },
  ],
  [/server returned error 475|message.?capp(ed|ing)/i, { kind: 'permission', code: 'account_limited', hint: LIMITED_HINT }],
  [
    /no lid (found )?for|lid is missing|not (registered )?on whatsapp/i,
    { kind: 'not_found', hint: 'WhatsApp knows nobody under that number.' },
  ],
  [/^Group with id '.*' not found$/, { kind: 'not_found' }],
  [/item-not-found|(message|chat|contact|group|channel) (with id )?.{0,80}(not found|does(n't| not) exist)/i, { kind: 'not_found' }],
  [
    /not-authorized|^forbidden$|server returned error (401|403)/i,
    { kind: 'permission', hint: 'Mostly this account is not an admin of the group, or not in it.' },
  ],
  [/server returned error 404/i, { kind: 'not_found' }],
  [
    /not-acceptable|server returned error 406/i,
    { kind: 'invalid_request', hint: 'WhatsApp does not accept it: with persons, mostly that one of them cannot be added.' },
  ],
  [/session is starting|please try again|can request code only in/i, { kind: 'conflict' }],
  [
    /not available in this edition|only in plus version|non[- ]chrome[- ]based engine|not implemented|not supported/i,
    { kind: 'unsupported' },
  ],
]

/** Codes of WhatsApp in `exception.data`. */
const KIND_OF_DATA: Readonly<Record<string, ErrorKind>> = {
  401: 'permission',
  403: 'permission',
  404: 'not_found',
  406: 'invalid_request',
  409: 'conflict',
  410: 'not_found',
}

const HINTS: Readonly<Record<string, string>> = {
  STOPPED: 'The session is stopped: start it.',
  STARTING: 'The session is still starting: wait, or restart it.',
  SCAN_QR_CODE: 'The session waits for a QR scan: get its QR code and scan it with the phone.',
  PASSKEY_REQUIRED: 'The session waits for a passkey.',
  PASSKEY_CONFIRMATION_REQUIRED: 'The session waits for the passkey to be confirmed on the phone.',
  WORKING: 'The session is connected already.',
  FAILED: 'The session has failed: restart it, and if that does not help log it out and pair it again.',
}

/** The first version of operations that older servers lack, for those that verbs use; the whole table has it as `since`. */
const SINCE: Readonly<Record<string, string>> = {
  'sessions.getCapping': '2026.8.1',
  'sessions.getTimelock': '2026.8.1',
  'messages.sendSticker': '2026.8.2',
  'groups.listJoinRequests': '2026.8.2',
  'groups.approveJoinRequests': '2026.8.2',
  'groups.rejectJoinRequests': '2026.8.2',
}

/** What a WAHA answer says beyond its HTTP status. */
export function readFailure(answer: GatewayResponse, operation: string): VendorFailure | undefined {
  if (answer.status === 404 || answer.status === 501) return tooOld(answer, operation)
  if (answer.status === 500) return refused(answer)
  if (answer.status !== 422) return undefined
  const { message, error, status, expected } = bodyOf(answer)
  if (typeof status === 'string' && expected !== undefined) {
    return {
      kind: 'conflict',
      message: typeof error === 'string' ? `session is ${status}: ${error}` : `session is ${status}`,
      hint: Object.hasOwn(HINTS, status) ? HINTS[status] : undefined,
    }
  }
  const failure = failureOf(UNPROCESSABLE, [message, error])
  // a second session that this edition cannot have is not missing, it is not possible
  return failure?.hint && failure.kind === 'not_found' && operation === 'sessions.create' ? { ...failure, kind: 'unsupported' } : failure
}

function bodyOf({ data }: GatewayResponse): WahaErrorBody {
  return (typeof data === 'object' && data !== null ? data : {}) as WahaErrorBody
}

function failureOf(table: Words, texts: unknown): VendorFailure | undefined {
  const words = [texts].flat(2).filter((part) => typeof part === 'string')
  return table.find(([pattern]) => words.some((part) => pattern.test(part.slice(0, 2_000))))?.[1]
}

function refused(answer: GatewayResponse): VendorFailure | undefined {
  const { message, error, exception } = bodyOf(answer)
  const words = typeof exception?.message === 'string' ? exception.message : undefined
  const data = exception?.data
  const code = typeof data === 'number' || typeof data === 'string' ? String(data) : undefined
  const kind = code !== undefined && Object.hasOwn(KIND_OF_DATA, code) ? KIND_OF_DATA[code] : undefined
  const failure = failureOf(REFUSED, [words, message, error]) ?? (kind && { kind })
  return failure && { code, ...failure, message: words, refused: true }
}

/** The router's own 404, for a path that this server does not have, and 501. */
function tooOld(answer: GatewayResponse, operation: string): VendorFailure | undefined {
  const { message } = bodyOf(answer)
  const noRoute = typeof message === 'string' && /^Cannot (GET|POST|PUT|PATCH|DELETE) /.test(message)
  const since = Object.hasOwn(SINCE, operation) ? SINCE[operation] : undefined
  if (!noRoute)
    return answer.status === 501 && since ? { kind: 'unsupported', hint: `Its engine may lack it; it needs WAHA ${since}.` } : undefined
  const hint = since ? `It needs WAHA ${since}.` : 'This WAHA is too old for it, or the base URL has a path too many.'
  return { kind: 'unsupported', hint, refused: true }
}
