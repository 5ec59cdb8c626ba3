import { sleep } from '../time/sleep.ts'
import { classifyAttempt, classifyResponse } from './classify.ts'
import { describeError } from './describe-error.ts'
import { plainError } from './network-error.ts'
import { hideSecrets, redactorFor, withoutSecrets } from './redaction.ts'
import { parseResponse } from './response.ts'
import { takeRepeat } from './retry-budget.ts'
import { mayRepeat, retryDelay } from './retry-policy.ts'
import type { Deadline } from './transport.ts'
import type { FailedAttempt, FailedOutcome, RequestContext } from './types.ts'

/**
 * Decides what follows a failed attempt.
 *
 * @param failed the attempt
 * @returns `undefined` when the request is to be sent again, after the pause before it; otherwise the error, and the response without
 *   secrets
 */
export async function decideRetry(given: FailedAttempt): Promise<FailedOutcome | undefined> {
  const { context, draft, request, attempts, deadline, call } = given
  const attempt = given.attempt.response ? given.attempt : { ...given.attempt, cause: plainError(given.attempt.cause) }
  const failed = { ...given, attempt }
  const { clock, random, retry } = context.transport
  const operation = { ...failed.operation, ...(await failed.operation.loadRoute?.()) }
  const redactor = redactorFor(context, draft.body, operation.secrets)
  const raw = failed.attempt.response && withoutSecrets(failed.attempt.response, redactor)
  const response = raw && parseResponse(raw, request.bytes)
  const { failure, vendor } = response
    ? await classifyResponse(context, response, operation.id)
    : { failure: classifyAttempt(failed), vendor: {} }
  // a stream can be read only once
  const limit = request.body instanceof ReadableStream ? 1 : (call.attempts ?? retry.attempts ?? 3)
  if (attempts < limit && !deadline.signal.aborted && mayRepeat(operation.safety, failure)) {
    const pause = retryDelay(attempts, failure, retry, random)
    const inTime = pause !== undefined && clock.now() + pause < deadline.endsAt
    const gateway = `${context.gateway.id} ${context.baseUrl}`
    if (inTime && takeRepeat(clock, gateway, failure.kind === 'timeout') && (await slept(context, pause, deadline))) return undefined
  }
  const error = hideSecrets(describeError({ ...failed, operation, response }, failure, vendor, redactor), redactor)
  return { raw, response, error, refusal: (error.status ?? 0) >= 400 && error.kind !== 'unknown_outcome' }
}

function slept({ transport }: RequestContext, ms: number, { signal }: Deadline): Promise<boolean> {
  return sleep(transport.clock, ms, signal).then(
    () => true,
    () => false,
  )
}
