import type { ErrorKind, GatewayResponse, VendorFailure } from '@wamux/core'

// loaded together: after a failure, and for limits per session
export { sessionOf } from './session-of.ts'

interface WarestErrorBody {
  readonly code?: unknown
  readonly message?: unknown
  readonly retryAfter?: unknown
}

const HINT_OF_CODE: Readonly<Record<number, string>> = {
  1101: 'Messages and chats answer this also for a session that is not open: look at the list of sessions.',
  1106: 'The session is not open: look at the list of sessions, and scan its QR code.',
}

/** WhatsApp's own words of refusal, which the server passes on with a 500 or 502. The first one was seen, the others are the engine's. */
const REFUSALS: Readonly<Record<string, ErrorKind>> = {
  'item-not-found': 'not_found',
  forbidden: 'permission',
  'not-authorized': 'permission',
}

/** What a WARest answer says beyond its HTTP status. Success is any 2xx; the codes are used loosely and never decide the kind. */
export function readFailure(answer: GatewayResponse, _operation: string, now: number): VendorFailure | undefined {
  const { status } = answer
  if (status >= 200 && status < 300) return undefined
  const { code, message, retryAfter } = (typeof answer.data === 'object' && answer.data !== null ? answer.data : {}) as WarestErrorBody
  // the codes are used loosely: a missing group is 1101 too, with a 500
  const hint = typeof code === 'number' && (status === 404 || status === 409) ? HINT_OF_CODE[code] : undefined
  if (status >= 500 && typeof message === 'string' && Object.hasOwn(REFUSALS, message))
    return { kind: REFUSALS[message], refused: true, hint }
  if (status !== 429) return hint ? { hint } : undefined
  // rate limit and recipient cool-down refuse before anything is sent
  return { refused: true, retryAfterMs: waitMs(retryAfter, answer, now) }
}

function waitMs(retryAfter: unknown, answer: GatewayResponse, now: number): number | undefined {
  if (typeof retryAfter === 'number' && Number.isFinite(retryAfter)) return Math.max(0, retryAfter * 1000)
  if (answer.headers.get('retry-after') !== null) return undefined
  const reset = Number(answer.headers.get('x-ratelimit-reset') ?? answer.headers.get('x-quota-reset') ?? Number.NaN)
  return Number.isFinite(reset) ? Math.max(0, reset * 1000 - now) : undefined
}
