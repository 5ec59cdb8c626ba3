import type { GatewayResponse, VendorFailure, VerbId } from '@wamux/core'
import { findVendorTexts } from '@wamux/core/inspect'
import { engineRefusal, type RefusalTexts, refusalByText } from '@wamux/engine'
import { answeringVerbs as native } from './generated/answering-verbs.ts'

// loaded together: after a failure, for limits per session, and for a response without data
export { sessionOf } from './session-of.ts'

/** Verbs whose response has fields by WAHA's document; `webhook.delete` returns the session. */
export const answeringVerbs: readonly VerbId[] = [...native, 'webhook.delete']

interface WahaErrorBody {
  readonly message?: unknown
  readonly error?: unknown
  readonly status?: unknown
  readonly expected?: unknown
}

const EDITION: VendorFailure = { kind: 'unsupported' }

/** WAHA's texts for what its edition, its engine or the state of the session does not allow; with 422, 501 or, from an engine, 500. */
const OF_STATE: RefusalTexts = [
  [/^Can request code only in SCAN_QR_CODE status/i, { kind: 'conflict' }],
  [/^The session is starting, please try again/i, { kind: 'conflict' }],
  [/^The feature is available only in Plus version|^(The|This) feature is not available in this edition\b/i, EDITION],
]

// WAHA answers 422 whenever its state, edition or settings do not allow a call; only the text says which
const UNPROCESSABLE: RefusalTexts = [
  [
    /already exists\. Use PUT/i,
    { kind: 'conflict', hint: 'The session exists already: start it with session.start, or change its config with session.update.' },
  ],
  [/already (exists|started)/i, { kind: 'conflict' }],
  ...OF_STATE,
  [/session is starting|please try again/i, { kind: 'conflict' }],
  [/does not exist|not found/i, { kind: 'not_found' }],
  [/support only 'default' session/i, { kind: 'not_found', hint: 'WAHA Core before 2026.6.1 has only the session "default".' }],
  [/only in plus version|not available in this edition|apps are disabled|not implemented|non[- ]chrome[- ]based engine/i, EDITION],
]

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
 * Reads what a WAHA response says beyond its HTTP status.
 *
 * @param answer the response, without secrets
 * @param operation operation id
 * @param now ms since the epoch
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#engines-and-editions
 */
export function readFailure(
  answer: GatewayResponse,
  operation: string,
  now: number,
): VendorFailure | undefined | Promise<VendorFailure | undefined> {
  if (answer.status === 404 || answer.status === 501) return tooOld(answer, operation)
  if (answer.status === 500) return engineRefusal(answer.data, answer.text, now, OF_STATE)
  if (answer.status !== 422) return undefined
  const { error, status, expected } = bodyOf(answer)
  if (typeof status === 'string' && expected !== undefined) {
    return {
      kind: 'conflict',
      message: typeof error === 'string' ? `session is ${status}: ${error}` : `session is ${status}`,
      hint: Object.hasOwn(HINTS, status) ? HINTS[status] : undefined,
    }
  }
  const failure = refusalByText(findVendorTexts(answer.data, answer.text), UNPROCESSABLE)
  // for `sessions.create` no session is missing: this edition cannot have a second one
  return failure?.hint && failure.kind === 'not_found' && operation === 'sessions.create' ? { ...failure, kind: 'unsupported' } : failure
}

function bodyOf({ data }: GatewayResponse): WahaErrorBody {
  return (typeof data === 'object' && data !== null ? data : {}) as WahaErrorBody
}

/** Reads a 404 of WAHA's router, for a path that this version lacks, and a 501. */
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
