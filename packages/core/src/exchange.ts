import { type Answer, type RawAnswer, readAnswer } from './answer.ts'
import { causeCode } from './connect-failure.ts'
import { type ErrorKind, GatewayError, invalidInput } from './errors.ts'
import type { HttpMethod, Route, Safety } from './operations.ts'
import { fillPath, hasControlCharacter, type QueryPairs, queryPairs, queryString } from './path.ts'
import type { Redactor } from './redact.ts'
import { type Failure, outcomeKind, parseRetryAfter } from './retry.ts'
import type { CallOptions, Transport, WireRequest } from './transport.ts'
import type { Parts, Success } from './types.ts'
import { findVendorMessage } from './vendor-message.ts'

/** A request while it is put together; plugins add their credentials to it. */
export interface Draft {
  readonly method: HttpMethod
  /** Path below the base URL, already filled. */
  readonly path: string
  readonly query: QueryPairs
  readonly headers: Record<string, string>
  /** A plain object or array is sent as JSON, everything else as it is. */
  body: unknown
}

/** What a plugin knows about an answer that means failure. All fields refine what the HTTP status says. */
export interface VendorFailure {
  readonly kind?: ErrorKind | undefined
  readonly message?: string | undefined
  readonly code?: string | undefined
  readonly hint?: string | undefined
  readonly retryAfterMs?: number | undefined
  /** The gateway documents that nothing was done. */
  readonly refused?: boolean | undefined
}

/** Reads a failure out of an answer; for a 2xx it decides whether it is one. @param now ms since the epoch, for reset times */
export type ReadFailure = (answer: Answer, operation: string, now: number) => VendorFailure | undefined

export interface ExchangeContext {
  readonly gateway: { readonly id: string; readonly name: string }
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly transport: Transport
  readonly redactor: Redactor
  authorize(draft: Draft): void
  readonly readFailure: ReadFailure
  /** Corrected paths by operation id: `/path`, or `PUT /path`. */
  readonly paths: Readonly<Record<string, string>>
}

export interface ExchangeOptions extends CallOptions {
  /** Media type to ask for; default `application/json`. */
  readonly accept?: string
}

/** What a request is, apart from where it goes. */
export interface Meaning {
  readonly id: string
  readonly safety: Safety | (() => Promise<Safety>)
  readonly secrets?: readonly string[]
}

/** Performs one operation, throws GatewayError for everything that is not a success. */
export type Exchange = <Types>(route: Route<Types>, parts?: Parts<Types>, options?: ExchangeOptions) => Promise<Answer<Success<Types>>>

const BODY_SHOWN = 2048
const REQUEST_ID_HEADERS = ['x-request-id', 'x-correlation-id', 'cf-ray', 'x-amzn-requestid']

export function createExchange(context: ExchangeContext): Exchange {
  return async (route, parts, options = {}) => {
    const { path, query, headers, body } = (parts ?? {}) as Parts<unknown>
    const place = placeOf(route, context.paths)
    const draft: Draft = {
      method: place.method,
      path: fillPath(place.path, path),
      query: queryPairs(query, route.comma),
      headers: { accept: options.accept ?? 'application/json', ...context.headers, ...headerTexts(headers) },
      body,
    }
    const answer = await perform(context, draft, route, options)
    return answer as Answer<never>
  }
}

/** Where an operation goes, the user's corrections applied. */
export function placeOf(route: Route, paths: Readonly<Record<string, string>>): { method: HttpMethod; path: string } {
  const [first = '', second] = (paths[route.id] ?? '').trim().split(/\s+/, 2)
  if (!first) return route
  return second ? { method: first.toUpperCase() as HttpMethod, path: second } : { method: route.method, path: first }
}

/** Sends a draft and judges its answer. @throws GatewayError */
export async function perform(context: ExchangeContext, draft: Draft, meaning: Meaning, options: CallOptions): Promise<Answer> {
  const { sent, redactor } = await sendDraft(context, draft, meaning, options)
  if (sent.failure || !sent.answer) throw await failed(context, redactor, meaning, sent)
  return readAnswer(sent.answer)
}

type SentDraft = { sent: Awaited<ReturnType<Transport['send']>>; redactor: Redactor }

/** Sends a draft, without judging more than retries need. */
export async function sendDraft(context: ExchangeContext, draft: Draft, meaning: Meaning, options: CallOptions): Promise<SentDraft> {
  const secrets = secretValues(draft.body, meaning.secrets)
  const redactor = secrets.length > 0 ? context.redactor.with(secrets) : context.redactor
  context.authorize(draft)
  const request = toWire(context.baseUrl, draft)
  const judge = (raw: RawAnswer) => judgeAnswer(context, raw, meaning.id)
  return { sent: await context.transport.send(request, meaning.safety, judge, options), redactor }
}

function toWire(baseUrl: string, draft: Draft): WireRequest {
  const url = `${baseUrl}${draft.path}${queryString(draft.query)}`
  const { method, headers, body } = draft
  if (body === undefined || body === null) return { method, url, headers }
  if (isWireBody(body)) return { method, url, headers, body }
  return { method, url, headers: { 'content-type': 'application/json', ...headers }, body: jsonText(body) }
}

function isWireBody(body: unknown): body is NonNullable<WireRequest['body']> {
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof FormData) return true
  return body instanceof Blob || body instanceof ReadableStream || body instanceof URLSearchParams
}

function jsonText(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch {
    throw invalidInput('body', 'expected data that can be written as JSON')
  }
}

function headerTexts(headers: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (value === undefined || value === null) continue
    const text = String(value)
    if (hasControlCharacter(text)) throw invalidInput(name, 'must not contain line breaks or control characters')
    texts[name.toLowerCase()] = text
  }
  return texts
}

function secretValues(body: unknown, names: readonly string[] = [], depth = 0): string[] {
  if (names.length === 0 || depth > 6 || typeof body !== 'object' || body === null || isWireBody(body)) return []
  return Object.entries(body).flatMap(([name, value]) => {
    if (typeof value === 'string') return names.includes(name) ? [value] : []
    return secretValues(value, names, depth + 1)
  })
}

function judgeAnswer(context: ExchangeContext, raw: RawAnswer, operation: string): (Failure & { vendor: VendorFailure }) | undefined {
  const answer = readAnswer(raw)
  const success = raw.status >= 200 && raw.status < 300
  const now = context.transport.clock.now()
  const vendor = context.readFailure(answer, operation, now)
  if (success && !vendor && !answer.unreadable && !isWebPage(answer)) return undefined
  const kind = vendor?.kind ?? (success ? 'bad_response' : kindOfStatus(raw.status))
  const retryAfterMs = vendor?.retryAfterMs ?? parseRetryAfter(raw.headers.get('retry-after'), now)
  const base = { kind, reached: 'yes', status: raw.status, refused: vendor?.refused ?? false, vendor: vendor ?? {} } as const
  return retryAfterMs === undefined ? base : { ...base, retryAfterMs }
}

// a proxy's or login page; a gateway that labels bare text as HTML means the text
function isWebPage(answer: Answer): boolean {
  return answer.contentType === 'text/html' && /^\s*</.test(answer.text ?? '')
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

/** The error for a request that did not succeed. */
export async function failed(
  context: ExchangeContext,
  redactor: Redactor,
  meaning: Meaning,
  sent: Awaited<ReturnType<Transport['send']>>,
): Promise<GatewayError> {
  const failure = sent.failure as Failure & { vendor?: VendorFailure }
  const safety = typeof meaning.safety === 'function' ? await meaning.safety() : meaning.safety
  const kind = outcomeKind(safety, failure)
  const answer = sent.answer ? readAnswer(sent.answer) : undefined
  const found = answer ? findVendorMessage(answer.data, answer.text) : {}
  const { vendor = {} } = failure
  const vendorMessage = mapText(vendor.message ?? found.message, redactor)
  const cause = 'cause' in sent && sent.cause !== undefined ? sent.cause : undefined
  const what = answer ? answerText(answer, vendorMessage) : networkText(failure, cause, redactor)
  const mayHaveHappened = kind === 'unknown_outcome'
  return new GatewayError(`${context.gateway.name} ${meaning.id}: ${mayHaveHappened ? `may have been done, ` : ''}${what}`, {
    kind,
    gateway: context.gateway.id,
    operation: meaning.id,
    status: sent.answer?.status,
    code: mapText(vendor.code ?? found.code, redactor) ?? causeCode(cause),
    vendorMessage,
    body: answer?.text ? redactor.text(answer.text).slice(0, BODY_SHOWN) : undefined,
    hint: mayHaveHappened ? 'Look whether it arrived before you repeat it.' : (vendor.hint ?? hintFor(kind, context)),
    retryable:
      ['rate_limited', 'timeout', 'network', 'server'].includes(kind) &&
      (safety === 'read' || safety === 'converge' || failure.reached === 'no'),
    retryAfterMs: failure.retryAfterMs,
    attempts: sent.attempts,
    requestId: answer ? (REQUEST_ID_HEADERS.map((name) => answer.headers.get(name)).find((id) => id !== null) ?? undefined) : undefined,
    reached: failure.reached,
    cause: cause === undefined ? undefined : redactor.error(cause),
  })
}

function mapText(text: string | undefined, redactor: Redactor): string | undefined {
  return text === undefined ? undefined : redactor.text(text)
}

function answerText(answer: Answer & { unreadable?: { problem: string } }, vendorMessage: string | undefined): string {
  const { status } = answer
  if (answer.unreadable) return `the answer (HTTP ${status}) cannot be read: ${answer.unreadable.problem}`
  if (status >= 300 && status < 400) return `HTTP ${status}, a redirect, which is not followed`
  if (status >= 200 && status < 300 && isWebPage(answer)) return `HTTP ${status} with a web page instead of data`
  return vendorMessage ? `${vendorMessage} (HTTP ${status})` : `HTTP ${status}${answer.text ? '' : ' with an empty body'}`
}

function networkText(failure: Failure, cause: unknown, redactor: Redactor): string {
  if (failure.kind === 'timeout') return 'no answer in time'
  if (failure.kind === 'aborted') return 'aborted'
  if (failure.kind === 'bad_response' && cause instanceof Error) return redactor.text(cause.message)
  const code = causeCode(cause)
  const detail = code ?? (cause instanceof Error ? redactor.text(cause.message) : undefined)
  const place = failure.reached === 'no' ? 'cannot be reached' : 'the connection broke'
  return detail ? `${place} (${detail})` : place
}

function hintFor(kind: ErrorKind, context: ExchangeContext): string | undefined {
  if (kind === 'auth') return `Check the credentials for ${context.gateway.name}.`
  if (kind === 'network') return `Is the gateway running at ${context.redactor.url(context.baseUrl)}?`
  if (kind === 'bad_response') return `Is ${context.redactor.url(context.baseUrl)} the base URL of ${context.gateway.name}?`
  return undefined
}
