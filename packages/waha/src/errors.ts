import type { GatewayResponse, VendorFailure } from '@wamux/core'
import { type Fields, idOf, recordOf, textOf, timeOf } from '@wamux/engine'

interface WahaErrorBody {
  readonly message?: unknown
  readonly error?: unknown
  readonly status?: unknown
  readonly expected?: unknown
  readonly me?: unknown
  readonly exception?: { readonly message?: unknown; readonly data?: unknown }
}

type Words = readonly [words: RegExp, failure: VendorFailure][]

// WAHA answers 422 for everything that its state, its edition or its settings forbid; only the words tell these apart
const UNPROCESSABLE: Words = [
  [
    /already exists\. Use PUT/i,
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

const EDITION: VendorFailure = { kind: 'unsupported' }

/**
 * Exceptions of a 500 of which it is known that nothing was done. A text that matched something else would invite a second send, so only
 * texts with a source stand here; every other 500 leaves open what was done.
 */
const REFUSED: Words = [
  // WAHA's pages "Reachout Timelock" and "Message Capping": the texts are documented, the status 500 is inferred
  [/\bserver returned error 463\b/i, { kind: 'permission', code: 'account_limited', hint: LIMITED_HINT }],
  [/\bserver returned error 475\b/i, { kind: 'permission', code: 'account_limited', hint: LIMITED_HINT }],
  // reported by users of GOWS: it asks WhatsApp for the LID before it sends
  [/\bno LID found for \S/i, { kind: 'not_found', hint: 'WhatsApp knows nobody under that number.' }],
  // recorded of 2026.2.1, engine NOWEB
  [/^Group with id '[^']*' not found$/, { kind: 'not_found' }],
  [/^item-not-found$/, { kind: 'not_found' }],
  // recorded as 422 and 501 of the same version, or reported with these words
  [/^Can request code only in SCAN_QR_CODE status/i, { kind: 'conflict' }],
  [/^The session is starting, please try again/i, { kind: 'conflict' }],
  [/^The method is not implemented by '\w+' engine/i, EDITION],
  [/^The feature is available only in Plus version|^(The|This) feature is not available in this edition\b/i, EDITION],
  [/^Can not get screenshot for non chrome based engine/i, EDITION],
]

const NO_ADMIN = 'Mostly this account is not an admin of the group, or not in it.'
const NOT_ACCEPTED = 'WhatsApp does not accept it: with persons, mostly that one of them cannot be added.'

/**
 * WhatsApp's own codes in `exception.data`. Refusals with 404 and 406 were recorded; what the others mean is inferred, so that after them
 * a send stays open.
 */
const OF_DATA: Readonly<Record<string, VendorFailure>> = {
  401: { kind: 'permission', hint: NO_ADMIN },
  403: { kind: 'permission', hint: NO_ADMIN },
  404: { kind: 'not_found', refused: true },
  406: { kind: 'invalid_request', hint: NOT_ACCEPTED, refused: true },
  409: { kind: 'conflict' },
  410: { kind: 'not_found' },
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

/**
 * What a WAHA answer says beyond its HTTP status.
 *
 * @param operation id in the generated table
 * @param now ms since the epoch
 */
export function readFailure(
  answer: GatewayResponse,
  operation: string,
  now: number,
): VendorFailure | undefined | Promise<VendorFailure | undefined> {
  if (answer.status === 404 || answer.status === 501) return tooOld(answer, operation)
  if (answer.status === 500) return refused(answer, now)
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

function refused(answer: GatewayResponse, now: number): VendorFailure | undefined {
  const body = bodyOf(answer)
  const { message, error, exception } = body
  const words = textOf(exception?.message)
  const code = idOf(exception?.data)
  const known = failureOf(REFUSED, [words, message, error])
  const told = known ? { ...known, refused: true } : code !== undefined && Object.hasOwn(OF_DATA, code) ? OF_DATA[code] : undefined
  if (!told) return undefined
  const retryAfterMs = told.code === 'account_limited' ? untilLimitEnds(body, now) : undefined
  return { code, message: words, ...told, retryAfterMs }
}

/** ms until WhatsApp takes new chats again, where the answer holds what WAHA knows of the limit. */
function untilLimitEnds(body: WahaErrorBody, now: number): number | undefined {
  const places = [body, body.me, body.exception, body.exception?.data].flatMap((place) => {
    const fields = recordOf(place)
    return [fields, recordOf(fields?.reachoutTimelock), recordOf(fields?.messageCapping)]
  })
  const ends = places.flatMap((place) => timeOf(limitEnd(place)) ?? []).filter((end) => end > now)
  return ends.length === 0 ? undefined : ends.reduce((last, end) => Math.max(last, end)) - now
}

function limitEnd(limit: Fields | undefined): unknown {
  if (limit?.isActive === true) return limit.timeEnforcementEnds
  return limit?.cappingStatus === 'CAPPED' ? limit.cycleEnd : undefined
}

/** The router's own 404, for a path that this server does not have, and 501. */
async function tooOld(answer: GatewayResponse, operation: string): Promise<VendorFailure | undefined> {
  const { message } = bodyOf(answer)
  const noRoute = typeof message === 'string' && /^Cannot (GET|POST|PUT|PATCH|DELETE) /.test(message)
  if (!noRoute && answer.status !== 501) return undefined
  const since = await sinceOf(operation)
  if (!noRoute) return since === undefined ? undefined : { kind: 'unsupported', hint: `Its engine may lack it; it needs WAHA ${since}.` }
  const hint = since ? `It needs WAHA ${since}.` : 'This WAHA is too old for it, or the base URL has a path too many.'
  return { kind: 'unsupported', hint, refused: true }
}

/** The first version that has an operation. The table is large, and most failures do not need it. */
async function sinceOf(operation: string): Promise<string | undefined> {
  const { operations } = await import('./generated/operations.ts')
  return Object.hasOwn(operations.operations, operation) ? operations.operations[operation]?.since : undefined
}
