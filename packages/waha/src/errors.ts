import type { GatewayResponse, VendorFailure } from '@wamux/core'

interface WahaErrorBody {
  readonly message?: unknown
  readonly error?: unknown
  readonly status?: unknown
  readonly expected?: unknown
  readonly exception?: { readonly message?: unknown }
}

// WAHA answers 422 for everything that its state, its edition or its settings forbid; only the words tell these apart
const UNPROCESSABLE: readonly [words: RegExp, failure: VendorFailure][] = [
  [/already (exists|started)/i, { kind: 'conflict' }],
  [/does not exist|not found/i, { kind: 'not_found' }],
  [/support only 'default' session/i, { kind: 'not_found', hint: 'WAHA Core before 2026.6.1 has only the session "default".' }],
  [/only in plus version|apps are disabled|not implemented/i, { kind: 'unsupported' }],
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

/** What a WAHA answer says beyond its HTTP status. */
export function readFailure(answer: GatewayResponse, operation: string): VendorFailure | undefined {
  if (answer.status === 500) return missingGroup(answer)
  if (answer.status !== 422) return undefined
  const { message, error, status, expected } = (answer.data ?? {}) as WahaErrorBody
  if (typeof status === 'string' && expected !== undefined) {
    return {
      kind: 'conflict',
      message: typeof error === 'string' ? `session is ${status}: ${error}` : `session is ${status}`,
      hint: Object.hasOwn(HINTS, status) ? HINTS[status] : undefined,
    }
  }
  const words = [message, error].flat().filter((part) => typeof part === 'string')
  const [, failure] = UNPROCESSABLE.find(([pattern]) => words.some((part) => pattern.test(part))) ?? []
  // a second session that this edition cannot have is not missing, it is not possible
  return failure?.hint && operation === 'sessions.create' ? { ...failure, kind: 'unsupported' } : failure
}

// NOWEB takes a group that it does not know for a crash
function missingGroup(answer: GatewayResponse): VendorFailure | undefined {
  const { exception } = (answer.data ?? {}) as WahaErrorBody
  const message = exception?.message
  return typeof message === 'string' && /^Group with id '.*' not found$/.test(message) ? { kind: 'not_found', message } : undefined
}
