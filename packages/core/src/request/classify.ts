import type { ErrorKind } from '../errors/gateway-error.ts'
import { causeCode, connectFailure } from './network-error.ts'
import type { ReadAnswer } from './response.ts'
import { type Failure, parseRetryAfter } from './retry-policy.ts'
import type { ExchangeContext, Unsettled, VendorFailure } from './types.ts'

export function judgeAttempt({ attempt, attempts, deadline }: Unsettled): Failure {
  if (attempt.answer) return { kind: 'bad_response', reached: 'yes' }
  const { cause, begun, stopped } = attempt
  const reached = attempt.notSent && attempts === 1 ? 'no' : !begun && connectFailure(cause) ? 'no' : 'maybe'
  if (stopped) return { kind: deadline.expired ? 'timeout' : 'aborted', reached }
  if (causeCode(cause) === 'WAMUX_BODY_TOO_LARGE') return { kind: 'bad_response', reached: 'maybe' }
  return { kind: 'network', reached }
}

export async function judgeAnswer(
  context: ExchangeContext,
  answer: ReadAnswer,
  operation: string,
): Promise<{ failure: Failure; vendor: VendorFailure }> {
  const now = context.transport.clock.now()
  const { readFailure } = await context.failures()
  const vendor = readFailure(answer, operation, now) ?? {}
  const kind = vendor.kind ?? kindOfStatus(answer.status)
  const retryAfterMs = vendor.retryAfterMs ?? parseRetryAfter(answer.headers.get('retry-after'), now)
  const failure = { kind, reached: 'yes', status: answer.status, refused: vendor.refused ?? false } as const
  return { failure: retryAfterMs === undefined ? failure : { ...failure, retryAfterMs }, vendor }
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
