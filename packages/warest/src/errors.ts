import type { GatewayResponse, VendorFailure, VerbId } from '@wamux/core'
import { engineRefusal } from '@wamux/engine'
import { answeringVerbs as native } from './generated/answering-verbs.ts'

// loaded together: after a failure, for limits per session, and for a response without data
export { sessionOf } from './session-of.ts'

/** Verbs whose response has fields by WARest's document; `webhook.delete` returns the session. */
export const answeringVerbs: readonly VerbId[] = [...native, 'webhook.delete']

interface WarestErrorBody {
  readonly code?: unknown
  readonly retryAfter?: unknown
}

const HINT_OF_CODE: Readonly<Record<number, string>> = {
  1101: 'Messages and chats answer this also for a session that is not open: look at the list of sessions.',
  1106: 'The session is not open: look at the list of sessions, and scan its QR code.',
}

/** Reads what a WARest response says beyond its HTTP status. The server's codes are not reliable, so they never decide the kind. */
export function readFailure(answer: GatewayResponse, _operation: string, now: number): VendorFailure | undefined {
  const { status } = answer
  if (status >= 200 && status < 300) return undefined
  const { code, retryAfter } = (typeof answer.data === 'object' && answer.data !== null ? answer.data : {}) as WarestErrorBody
  // the codes are not reliable: a missing group has 1101, too, with a 500
  const hint = typeof code === 'number' && (status === 404 || status === 409) ? HINT_OF_CODE[code] : undefined
  // the server passes refusals by WhatsApp on in WhatsApp's own words
  const refusal = status >= 500 ? engineRefusal(answer.data, answer.text, now) : undefined
  if (refusal) return { ...refusal, code: refusal.code ?? (typeof code === 'number' ? String(code) : undefined) }
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
