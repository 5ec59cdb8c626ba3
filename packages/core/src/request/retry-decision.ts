import { sleep } from '../time/sleep.ts'
import { judgeAnswer, judgeAttempt } from './classify.ts'
import { errorFor } from './describe-error.ts'
import { hideSecrets, redactorFor, withoutSecrets } from './redaction.ts'
import { readAnswer } from './response.ts'
import { takeRepeat } from './retry-budget.ts'
import { mayRepeat, retryDelay } from './retry-policy.ts'
import type { Deadline } from './transport.ts'
import type { ExchangeContext, FailedOutcome, Unsettled } from './types.ts'

/** Decides whether to try again: waits and gives nothing when so, gives the error otherwise, and the answer without secrets. */
export async function settle(unsettled: Unsettled): Promise<FailedOutcome | undefined> {
  const { context, draft, request, attempts, deadline, call } = unsettled
  const { clock, random, retry } = context.transport
  const meaning = { ...unsettled.meaning, ...(await unsettled.meaning.lookUp?.()) }
  const redactor = redactorFor(context, draft.body, meaning.secrets)
  const raw = unsettled.attempt.answer && withoutSecrets(unsettled.attempt.answer, redactor)
  const answer = raw && readAnswer(raw, request.bytes)
  const { failure, vendor } = answer ? await judgeAnswer(context, answer, meaning.id) : { failure: judgeAttempt(unsettled), vendor: {} }
  const limit = request.body instanceof ReadableStream ? 1 : (call.attempts ?? retry.attempts ?? 3)
  if (attempts < limit && !deadline.signal.aborted && mayRepeat(meaning.safety, failure)) {
    const pause = retryDelay(attempts, failure, retry, random)
    const inTime = pause !== undefined && clock.now() + pause < deadline.endsAt
    const gateway = `${context.gateway.id} ${context.baseUrl}`
    if (inTime && takeRepeat(clock, gateway, failure.kind === 'timeout') && (await slept(context, pause, deadline))) return undefined
  }
  const error = hideSecrets(errorFor({ ...unsettled, meaning, answer }, failure, vendor, redactor), redactor)
  return { raw, answer, error, refusal: (error.status ?? 0) >= 400 && error.kind !== 'unknown_outcome' }
}

function slept({ transport }: ExchangeContext, ms: number, { signal }: Deadline): Promise<boolean> {
  return sleep(transport.clock, ms, signal).then(
    () => true,
    () => false,
  )
}
