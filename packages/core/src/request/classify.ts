import type { ErrorKind } from '../errors/gateway-error.ts'
import { findVendorMessage } from '../errors/vendor-message.ts'
import { causeCode, isConnectFailure } from './network-error.ts'
import { refusalOf } from './refusal.ts'
import type { ParsedResponse } from './response.ts'
import { type Failure, parseRetryAfter } from './retry-policy.ts'
import { isUnknownPath } from './success.ts'
import type { FailedAttempt, ReadFailure, RequestContext, VendorFailure } from './types.ts'

/** What an attempt without a readable response means: which kind of failure, and whether the gateway may have got the request. */
export function classifyAttempt({ attempt, attempts, deadline }: FailedAttempt): Failure {
  if (attempt.response) return { kind: 'bad_response', reached: 'yes' }
  const { cause, begun, stopped } = attempt
  // an attempt that was never made says nothing about the ones before it
  const neverMade = attempt.notSent && attempts === 1
  const neverConnected = !begun && isConnectFailure(cause)
  const reached = neverMade || neverConnected ? 'no' : 'maybe'
  if (stopped) return { kind: deadline.expired ? 'timeout' : 'aborted', reached }
  if (causeCode(cause) === 'WAMUX_BODY_TOO_LARGE') return { kind: 'bad_response', reached: 'maybe' }
  return { kind: 'network', reached }
}

/**
 * What an error response means: by the plugin's `readFailure` first, then by the HTTP status.
 *
 * @param context the gateway
 * @param response the response, without secrets
 * @param operation operation id
 * @returns the failure, and what the plugin read from the response
 */
export async function classifyResponse(
  context: RequestContext,
  response: ParsedResponse,
  operation: string,
): Promise<{ failure: Failure; vendor: VendorFailure }> {
  const now = context.transport.clock.now()
  const { readFailure } = await context.failures()
  const vendor = (await readFailure(response, operation, now)) ?? (await refusalIn(response, operation, now, readFailure)) ?? {}
  const lacksPath = response.status === 404 && isUnknownPath(findVendorMessage(response.data, response.text).message)
  // the web framework knows no such path: nothing was done
  const kind = vendor.kind ?? (lacksPath ? 'unsupported' : kindOfStatus(response.status))
  const retryAfterMs = vendor.retryAfterMs ?? parseRetryAfter(response.headers.get('retry-after'), now)
  const failure = { kind, reached: 'yes', status: response.status, refused: vendor.refused ?? false } as const
  return { failure: retryAfterMs === undefined ? failure : { ...failure, retryAfterMs }, vendor }
}

// a 2xx status says nothing about the kind of the failure, so its message decides
const KIND_OF_WORDS: readonly [words: RegExp, kind: ErrorKind][] = [
  [/unauthori[sz]ed|api.?key|access.?token|authentication/i, 'auth'],
  [/not found|does(n't| not) exist|no such/i, 'not_found'],
  [/too many|rate.?limit/i, 'rate_limited'],
  [/forbidden|not allowed|quota|subscription/i, 'permission'],
  [/not (connected|ready|working|started|open)|already|session (status|is)/i, 'conflict'],
  [/invalid|required|missing|must be/i, 'invalid_request'],
]

/**
 * What a 2xx response means whose JSON reports a failure: the gateway responded and refused, so the outcome is known, unless the JSON names
 * a status that leaves it open.
 */
async function refusalIn(
  response: ParsedResponse,
  operation: string,
  now: number,
  readFailure: ReadFailure,
): Promise<VendorFailure | undefined> {
  const { status, data, text } = response
  const refusal = status >= 200 && status < 300 ? refusalOf(data) : undefined
  if (!refusal) return undefined
  const { message = 'the answer says that it failed', code } = findVendorMessage(data, text)
  const told = refusal.status
  // the answer of another server, handed on under a status of success
  const known = told === undefined ? undefined : await readFailure({ ...response, status: told }, operation, now)
  if (known?.kind) return { ...known, message: known.message ?? message, code: known.code ?? code }
  const kind = told === undefined || told === 500 ? (kindOfWords(message) ?? 'server') : kindOfStatus(told)
  // no gateway documents that it refuses a rate limit before it queues the message, and a status of a server error leaves open what was done
  return { kind, message, code, refused: kind !== 'rate_limited' && (told === undefined || told < 500 || told === 501) }
}

function kindOfWords(message: string): ErrorKind | undefined {
  return KIND_OF_WORDS.find(([words]) => words.test(message))?.[1]
}

function kindOfStatus(status: number): ErrorKind {
  if (status === 401) return 'auth'
  if (status === 403) return 'permission'
  if (status === 404 || status === 410) return 'not_found'
  if (status === 409) return 'conflict'
  if (status === 429) return 'rate_limited'
  if (status === 408) return 'timeout'
  if (status === 501) return 'unsupported'
  if (status >= 500) return 'server'
  return status >= 400 ? 'invalid_request' : 'bad_response'
}
