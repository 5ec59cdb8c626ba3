import type { ErrorKind } from '../errors/gateway-error.ts'
import { findVendorMessage, findVendorTexts } from '../errors/vendor-message.ts'
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
  const told = (await readFailure(response, operation, now)) ?? (await refusalIn(response, operation, now, readFailure)) ?? {}
  const open = openEnd(response, told)
  const vendor = open ? { ...told, kind: open, refused: false } : told
  const lacksPath = response.status === 404 && isUnknownPath(findVendorMessage(response.data, response.text).message)
  // the web framework knows no such path: nothing was done
  const kind = vendor.kind ?? (lacksPath ? 'unsupported' : kindOfStatus(response.status))
  const retryAfterMs = vendor.retryAfterMs ?? parseRetryAfter(response.headers.get('retry-after'), now)
  const failure = { kind, reached: 'yes', status: response.status, refused: vendor.refused ?? false } as const
  return { failure: retryAfterMs === undefined ? failure : { ...failure, retryAfterMs }, vendor }
}

/**
 * What a gateway says that gave up waiting, or passes on that another server failed: the request may still be carried out, under whatever
 * status it is told. Only whole phrases count, because a refused input may be called `timeout`.
 */
const GAVE_UP =
  /\btimed[ -]?out\b|\btime-?out (of \d|after|waiting|while|exceeded|awaiting)|^(\w+ ){0,2}time-?out\W*$|\b(E(SOCKET)?TIMEDOUT|ECONN(RESET|ABORTED)|EPIPE)\b|\bsocket hang up\b|\b(connection|stream) (was |is |has been )?(closed|lost|reset|terminated|aborted)\b|\bdeadline exceeded\b/i

function openEnd({ status, data, text }: ParsedResponse, { kind, message }: VendorFailure): ErrorKind | undefined {
  const vague = kind === 'server' || (kind ?? kindOfStatus(status)) === 'invalid_request'
  if (!vague || status >= 500) return undefined
  if ([message ?? '', ...findVendorTexts(data, text)].some((words) => GAVE_UP.test(words))) return 'timeout'
  return status >= 400 && kindOfStatus(refusalOf(data)?.status ?? 0) === 'server' ? 'server' : undefined
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
  if (status === 402 || status === 403 || status === 451) return 'permission'
  if (status === 404 || status === 410) return 'not_found'
  if (status === 409) return 'conflict'
  if (status === 429) return 'rate_limited'
  // what proxies answer when a side of the connection ended it: the gateway may have got the request
  if (status === 408 || status === 460 || status === 499) return 'timeout'
  if (status === 501) return 'unsupported'
  if (status >= 500) return 'server'
  return status >= 400 ? 'invalid_request' : 'bad_response'
}
