import { type ReadAnswer, readAnswer } from './answer.ts'
import { causeCode, connectFailure } from './connect-failure.ts'
import { type ErrorKind, GatewayError } from './errors.ts'
import { type Draft, type ExchangeContext, isWebPage, isWireBody, type Meaning, type VendorFailure } from './exchange.ts'
import { createRedactor, type Redactor } from './redact.ts'
import { type Failure, mayRepeat, outcomeKind, parseRetryAfter, retryDelay } from './retry.ts'
import { takeRepeat } from './retry-budget.ts'
import { sleep } from './sleep.ts'
import type { Attempt, CallOptions, Deadline, WireRequest } from './transport.ts'
import { findVendorMessage, type VendorMessage } from './vendor-message.ts'

/** An attempt that was no success, with all that is needed to decide what follows. */
export interface Unsettled {
  readonly context: ExchangeContext
  /** What was asked for, with the body as it was before it was written. */
  readonly draft: Draft
  readonly request: WireRequest
  readonly meaning: Meaning
  readonly attempt: Attempt
  readonly answer: ReadAnswer | undefined
  readonly attempts: number
  readonly deadline: Deadline
  readonly call: CallOptions
}

const BODY_SHOWN = 2048
// ids, codes and messages longer than these are no such things
const LONGEST_ID = 200
const LONGEST_MESSAGE = 501
const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id', 'cf-ray', 'x-amzn-requestid']

/** Decides whether to try again: waits and gives nothing when so, gives the error otherwise. */
export async function settle(unsettled: Unsettled): Promise<GatewayError | undefined> {
  const { context, draft, request, attempts, deadline, call } = unsettled
  const { clock, random, retry } = context.transport
  const meaning = { ...unsettled.meaning, ...(await unsettled.meaning.lookUp?.()) }
  const redactor = redactorFor(context, draft.body, meaning.secrets)
  const answer = unsettled.answer && withoutSecrets(unsettled.answer, redactor)
  const { failure, vendor } = answer ? await judgeAnswer(context, answer, meaning.id) : { failure: judgeAttempt(unsettled), vendor: {} }
  const limit = request.body instanceof ReadableStream ? 1 : (call.attempts ?? retry.attempts ?? 3)
  if (attempts < limit && !deadline.signal.aborted && mayRepeat(meaning.safety, failure)) {
    const pause = retryDelay(attempts, failure, retry, random)
    const inTime = pause !== undefined && clock.now() + pause < deadline.endsAt
    const gateway = `${context.gateway.id} ${context.baseUrl}`
    if (inTime && takeRepeat(clock, gateway, failure.kind === 'timeout') && (await slept(context, pause, deadline))) return undefined
  }
  return errorFor({ ...unsettled, meaning, answer }, failure, vendor, redactor)
}

// before anything is read or cut out of it: half a secret would not be recognised any more
function withoutSecrets(answer: ReadAnswer, redactor: Redactor): ReadAnswer {
  const clean = redactor.text(answer.text ?? '')
  return clean === (answer.text ?? '') ? answer : readAnswer({ status: answer.status, headers: answer.headers, body: clean })
}

function slept({ transport }: ExchangeContext, ms: number, { signal }: Deadline): Promise<boolean> {
  return sleep(transport.clock, ms, signal).then(
    () => true,
    () => false,
  )
}

function judgeAttempt({ attempt, attempts, deadline }: Unsettled): Failure {
  if (attempt.answer) return { kind: 'bad_response', reached: 'yes' }
  const { cause, begun, stopped } = attempt
  const reached = attempt.notSent && attempts === 1 ? 'no' : !begun && connectFailure(cause) ? 'no' : 'maybe'
  if (stopped) return { kind: deadline.expired ? 'timeout' : 'aborted', reached }
  if (causeCode(cause) === 'WAMUX_BODY_TOO_LARGE') return { kind: 'bad_response', reached: 'maybe' }
  return { kind: 'network', reached }
}

async function judgeAnswer(
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

function errorFor(unsettled: Unsettled, failure: Failure, vendor: VendorFailure, redactor: Redactor): GatewayError {
  const { context, meaning, attempt, answer, attempts } = unsettled
  const kind = outcomeKind(meaning.safety, failure)
  const found: VendorMessage = answer ? findVendorMessage(answer.data, answer.text) : {}
  const vendorMessage = redacted(vendor.message ?? found.message, redactor)?.slice(0, LONGEST_MESSAGE)
  const cause = attempt.answer ? undefined : attempt.cause
  const what = answer ? answerText(answer, vendorMessage) : networkText(failure, cause, redactor)
  const mayHaveHappened = kind === 'unknown_outcome'
  return new GatewayError(`${context.gateway.name} ${meaning.id}: ${mayHaveHappened ? 'may have been done, ' : ''}${what}`, {
    kind,
    gateway: context.gateway.id,
    operation: meaning.id,
    status: answer?.status,
    code: redacted(vendor.code ?? found.code, redactor)?.slice(0, LONGEST_ID) ?? causeCode(cause),
    vendorMessage,
    body: answer?.text ? answer.text.slice(0, BODY_SHOWN) : undefined,
    hint: mayHaveHappened ? 'Look whether it arrived before you repeat it.' : (vendor.hint ?? hintFor(kind, context, redactor)),
    retryable: mayRepeat(meaning.safety, failure) && !mayHaveHappened,
    retryAfterMs: failure.retryAfterMs,
    attempts: attempt.answer === undefined && attempt.notSent ? attempts - 1 : attempts,
    requestId: answer && redacted(requestIdOf(answer), redactor)?.slice(0, LONGEST_ID),
    reached: failure.reached,
    cause: cause === undefined ? undefined : redactor.error(cause),
  })
}

const redactors = new WeakMap<ExchangeContext, Redactor>()

/** The redactor of a gateway, with the secrets of one call's body. */
export function redactorFor(context: ExchangeContext, body?: unknown, secretNames?: readonly string[]): Redactor {
  const { secrets: credentials, queryNames } = context.authorization
  const redactor = redactors.get(context) ?? createRedactor([...credentials, ...secretHeaders(context.headers)], queryNames)
  redactors.set(context, redactor)
  const secrets = secretValues(body, secretNames)
  return secrets.length > 0 ? redactor.with(secrets) : redactor
}

// headers that the user adds for a proxy on the way
function secretHeaders(headers: Readonly<Record<string, string>>): string[] {
  const secret = /auth|token|key|secret|cookie|password/i
  return Object.entries(headers).flatMap(([name, value]) => (secret.test(name) ? [value, value.replace(/^\S+\s+/, '')] : []))
}

function secretValues(body: unknown, names: readonly string[] = [], depth = 0): string[] {
  if (names.length === 0 || depth > 6 || typeof body !== 'object' || body === null || isWireBody(body)) return []
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value === 'string') return names.includes(name) ? [value] : []
    return secretValues(value, names, depth + 1)
  })
}

function redacted(text: string | undefined, redactor: Redactor): string | undefined {
  return text === undefined ? undefined : redactor.text(text)
}

function requestIdOf({ headers }: ReadAnswer): string | undefined {
  return REQUEST_ID_HEADERS.map((name) => headers.get(name)).find((id) => id !== null) ?? undefined
}

function answerText(answer: ReadAnswer, vendorMessage: string | undefined): string {
  const { status, unreadable, text } = answer
  if (unreadable) return `the answer (HTTP ${status}) cannot be read: ${unreadable}`
  if (status >= 300 && status < 400) return `HTTP ${status}, a redirect, which is not followed`
  if (status >= 200 && status < 300 && isWebPage(answer)) return `HTTP ${status} with a web page instead of data`
  return vendorMessage ? `${vendorMessage} (HTTP ${status})` : `HTTP ${status}${text ? '' : ' with an empty body'}`
}

function networkText(failure: Failure, cause: unknown, redactor: Redactor): string {
  if (failure.kind === 'timeout') return 'no answer in time'
  if (failure.kind === 'aborted') return 'aborted'
  if (failure.kind === 'bad_response' && cause instanceof Error) return redactor.text(cause.message)
  const detail = causeCode(cause) ?? (cause instanceof Error ? redactor.text(cause.message) : undefined)
  const place = failure.reached === 'no' ? 'cannot be reached' : 'the connection broke'
  return detail ? `${place} (${detail})` : place
}

function hintFor(kind: ErrorKind, { gateway, baseUrl }: ExchangeContext, redactor: Redactor): string | undefined {
  if (kind === 'auth') return `Check the credentials for ${gateway.name}.`
  if (kind === 'network') return `Is the gateway running at ${redactor.url(baseUrl)}?`
  if (kind === 'bad_response') return `Is ${redactor.url(baseUrl)} the base URL of ${gateway.name}?`
  return undefined
}
