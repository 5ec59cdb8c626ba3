import type { ErrorKind, GatewayResponse, VendorFailure } from '@wamux/core'
import { findVendorMessage } from '@wamux/core/inspect'
import { engineRefusal } from '@wamux/engine'
import { isErrorResponse } from './is-error-response.ts'

// loaded together: after a failure, for limits per session, and for a response without data
export { answeringVerbs } from './generated/answering-verbs.ts'
export { sessionOf } from './session-of.ts'

const KIND_OF_CODE: ReadonlyMap<string, ErrorKind> = new Map<string, ErrorKind>([
  ['invalid_session', 'not_found'],
  ['invalid_instance', 'not_found'],
  ['invalid_access_token', 'auth'],
  ['quota_reached', 'permission'],
  ['subscription_required', 'permission'],
  ['bad_format', 'invalid_request'],
  ['wawp_upstream_error', 'server'],
])

const HINT_OF_CODE: ReadonlyMap<string, string> = new Map<string, string>([
  ['invalid_session', 'The instance is unknown, or its phone is no longer linked: look at it, and pair it again.'],
  ['quota_reached', 'The plan allows no more of this.'],
  ['subscription_required', 'This needs a paid plan.'],
])

const WRONG_STATE = /not (connected|ready|working|started)|already|session status|status is/i

// for failures with a 2xx status only the text says what they mean
const KIND_OF_WORDS: readonly [words: RegExp, kind: ErrorKind][] = [
  [/unauthori[sz]ed|access.?token|authentication/i, 'auth'],
  [/not found|does not exist|unknown|no such/i, 'not_found'],
  [/too many|rate.?limit/i, 'rate_limited'],
  [/quota|subscription|forbidden|not allowed|upgrade/i, 'permission'],
  [WRONG_STATE, 'conflict'],
  [/invalid|required|missing|must be/i, 'invalid_request'],
]

/**
 * Reads what a Wawp response says beyond its HTTP status. It may be JSON, XML, text or HTML, and a 2xx may be a failure, too.
 *
 * @param now ms since the epoch
 */
export function readFailure(answer: GatewayResponse, _operation: string, now: number): VendorFailure | undefined {
  const success = answer.status >= 200 && answer.status < 300
  if (success && !isErrorResponse(answer)) return undefined
  const { message, code } = findVendorMessage(answer.data, answer.text)
  const known = KIND_OF_CODE.get(code ?? '')
  const hint = HINT_OF_CODE.get(code ?? '')
  // a refusal of the engine is one of WhatsApp, with any status that Wawp passes it on with
  const refusal = known && known !== 'server' ? undefined : engineRefusal(answer.data, answer.text, now)
  if (refusal) return refusal
  // when the session is in the wrong state, Wawp passes the engine's refusal on as a 400
  const wrongState = answer.status === 400 && WRONG_STATE.test(message ?? '')
  if (!success) return { kind: known ?? (wrongState ? 'conflict' : undefined), hint }
  const kind = known ?? KIND_OF_WORDS.find(([words]) => words.test(message ?? ''))?.[1] ?? 'server'
  // the engine may have done it before it failed, and Wawp does not document that it refuses too many requests before it queues them
  const refused = known !== 'server' && kind !== 'rate_limited'
  return { kind, message: message ?? 'the answer says that it failed', code, hint, refused }
}
