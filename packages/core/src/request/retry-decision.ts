import { sleep } from '../time/sleep.ts'
import { isWireBody } from './body.ts'
import { classifyAttempt, classifyResponse } from './classify.ts'
import { describeError } from './describe-error.ts'
import { plainError } from './network-error.ts'
import { hideSecrets, redactorFor, withoutSecrets } from './redaction.ts'
import { type ParsedResponse, parseResponse } from './response.ts'
import { takeRepeat } from './retry-budget.ts'
import { mayRepeat, retryDelay } from './retry-policy.ts'
import type { Deadline } from './transport.ts'
import type { FailedAttempt, FailedOutcome, OperationInfo, RequestContext, RequestDraft } from './types.ts'

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
  const known: OperationInfo = { ...failed.operation, ...(await failed.operation.loadRoute?.()) }
  const dangerous = hasDangerousInput(known, draft)
  const harmless = known.safety === 'read' || known.safety === 'converge'
  // a dangerous input makes `read` and `converge` a `danger`; `send` and `create` keep their class, so that their error stays `unknown_outcome`
  const operation: OperationInfo = dangerous && harmless ? { ...known, safety: 'danger' } : known
  const redactor = redactorFor(context, draft.body, operation.secrets)
  const raw = failed.attempt.response && withoutSecrets(failed.attempt.response, redactor)
  const response = raw && parseResponse(raw, request.bytes)
  const { failure, vendor } = response
    ? await classifyResponse(context, response, operation.id)
    : { failure: classifyAttempt(failed), vendor: {} }
  // a stream can be read only once
  const limit = request.body instanceof ReadableStream ? 1 : (call.attempts ?? retry.attempts ?? 3)
  if (attempts < limit && !deadline.signal.aborted && mayRepeat(dangerous ? 'danger' : operation.safety, failure)) {
    const pause = retryDelay(attempts, failure, retry, random)
    const inTime = pause !== undefined && clock.now() + pause < deadline.endsAt
    const gateway = `${context.gateway.id} ${context.baseUrl}`
    if (inTime && takeRepeat(clock, gateway, failure.kind === 'timeout') && (await slept(context, pause, deadline))) return undefined
  }
  const error = hideSecrets(describeError({ ...failed, operation, response }, failure, vendor, redactor), redactor)
  // the typed client returns the gateway's own body, which does not say which version has the operation
  const shown = operation.loadRoute && error.kind === 'unsupported' && response ? withHint(response, error.hint) : response
  return { raw, response: shown, error, refusal: (error.status ?? 0) >= 400 && error.kind !== 'unknown_outcome' }
}

function withHint(response: ParsedResponse, hint: string | undefined): ParsedResponse {
  const { data } = response
  const isRecord = typeof data === 'object' && data !== null && !Array.isArray(data) && !(data instanceof Uint8Array)
  if (hint === undefined || !isRecord || Object.hasOwn(data, 'hint')) return response
  return { ...response, data: { ...data, hint } }
}

// what is neither absent nor plainly off counts as on: gateways read `1`, `yes` and `TRUE` in ways of their own
const OFF: ReadonlySet<unknown> = new Set([undefined, null, '', false, 'false'])

function hasDangerousInput({ danger = [] }: OperationInfo, { query, headers, body }: RequestDraft): boolean {
  return danger.some((name) => {
    const inQuery = query.filter(([key]) => key === name).map(([, text]) => text)
    return [...inQuery, headers[name.toLowerCase()], ...inBody(body, name)].some((value) => !OFF.has(value))
  })
}

function inBody(body: unknown, name: string): readonly unknown[] {
  if (body instanceof FormData) return body.getAll(name)
  if (isWireBody(body) || !Object.hasOwn(Object(body), name)) return []
  return [(body as Readonly<Record<string, unknown>>)[name]]
}

function slept({ transport }: RequestContext, ms: number, { signal }: Deadline): Promise<boolean> {
  return sleep(transport.clock, ms, signal).then(
    () => true,
    () => false,
  )
}
