import { type Answer, type RawAnswer, type ReadAnswer, readAnswer } from './answer.ts'
import { type ErrorKind, GatewayError, invalidInput } from './errors.ts'
import type { HttpMethod, Route, Safety } from './operations.ts'
import { fillPath, hasControlCharacter, type QueryPairs, queryPairs, queryString } from './path.ts'
import type { CallOptions, Transport, WireRequest } from './transport.ts'
import type { Parts, Success } from './types.ts'
import type { Watch } from './watch.ts'

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

/** Where a gateway's credentials go. */
export interface Authorization {
  apply(draft: Draft): void
  /** Values to hide wherever wamux prints. */
  readonly secrets: readonly string[]
  /** Query parameters whose values are always hidden. */
  readonly queryNames?: readonly string[]
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

/** Refines what an answer that is no success means. @param now ms since the epoch, for reset times */
export type ReadFailure = (answer: Answer, operation: string, now: number) => VendorFailure | undefined

export interface ExchangeContext {
  readonly gateway: { readonly id: string; readonly name: string }
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly transport: Transport
  readonly authorization: Authorization
  /** Loaded when something failed. */
  readonly failures: () => Promise<{ readonly readFailure: ReadFailure }>
  /** For a gateway that says no with a 2xx: true when this one does. */
  readonly refuses?: (answer: Answer) => boolean
  /** Corrected paths by operation id: `/path`, or `PUT /path`. */
  readonly paths: Readonly<Record<string, string>>
  /** Which session a request is for, for limits by session. */
  readonly sessionOf?: (draft: Draft) => string | undefined
  /** Set when the config asks for hooks, limits or a preflight. */
  readonly watch: ((context: ExchangeContext) => Promise<Watch>) | undefined
}

export interface ExchangeOptions extends CallOptions {
  /** Media type to ask for; default `application/json`. */
  readonly accept?: string
  /** The answer is a file: a success gives its bytes, whatever its type says. */
  readonly bytes?: boolean
}

/** What a request is, apart from where it goes. */
export interface Meaning {
  readonly id: string
  readonly safety: Safety
  /** Names of body fields whose values are secret. */
  readonly secrets?: readonly string[] | undefined
  /** Finds out more once something failed. */
  readonly lookUp?: () => Promise<Pick<Meaning, 'safety' | 'secrets'> | undefined>
}

/** Performs one operation, throws GatewayError for everything that is not a success. */
export type Exchange = <Types>(route: Route<Types>, parts?: Parts<Types>, options?: ExchangeOptions) => Promise<Answer<Success<Types>>>

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
    const { answer, error } = await perform(context, draft, route, options)
    if (error) throw error
    return answer as Answer<never>
  }
}

/** Where an operation goes, the user's corrections applied. */
export function placeOf(route: Route, paths: Readonly<Record<string, string>>): { method: HttpMethod; path: string } {
  const [first = '', second] = (paths[route.id] ?? '').trim().split(/\s+/, 2)
  if (!first) return { method: route.method, path: route.path }
  return second ? { method: first.toUpperCase() as HttpMethod, path: second } : { method: route.method, path: first }
}

/** How a request ended: with an answer, an error, or an answer that is one. */
export type Outcome = { readonly answer: Answer; readonly raw: RawAnswer | undefined; readonly error?: undefined } | FailedOutcome

export interface FailedOutcome {
  readonly answer?: Answer | undefined
  readonly raw?: RawAnswer | undefined
  readonly error: GatewayError
}

/**
 * Sends a draft until it succeeded or must not be tried again. The way of success is short; all that a failure, a hook or a limit needs
 * is code of its own, so that bundles stay small.
 */
export async function perform(context: ExchangeContext, draft: Draft, meaning: Meaning, call: ExchangeOptions): Promise<Outcome> {
  const { transport } = context
  context.authorization.apply(draft)
  const request = toWire(context.baseUrl, draft, call.bytes)
  const deadline = transport.begin(call)
  try {
    const first = context.watch || deadline.signal.aborted ? undefined : await transport.attempt(request, deadline)
    const answer = first?.answer && readAnswer(first.answer, request.bytes)
    if (answer && isSuccess(context, answer)) return { answer, raw: first?.answer }
    const { persist } = await loadPersist()
    return await persist({ context, draft, request, meaning, deadline, call }, first)
  } finally {
    deadline.close()
  }
}

// a browser that is offline cannot load the chunk either; then the little that is certain has to do
function loadPersist(): Promise<typeof import('./persist.ts')> {
  return import('./persist.ts').catch((cause) => {
    throw new GatewayError('The request failed', { kind: 'unknown_outcome', cause })
  })
}

/** True for an answer that says yes and can be read. */
export function isSuccess(context: ExchangeContext, answer: ReadAnswer): boolean {
  const { status, unreadable } = answer
  return status >= 200 && status < 300 && !unreadable && !isWebPage(answer) && !context.refuses?.(answer)
}

/** True for a proxy's or login page; a gateway that labels bare text as HTML means the text. */
export function isWebPage({ contentType, text }: ReadAnswer): boolean {
  return contentType === 'text/html' && /^\s*</.test(text ?? '')
}

function toWire(baseUrl: string, { method, path, query, headers, body }: Draft, bytes: boolean | undefined): WireRequest {
  const request = { method, url: baseUrl + path + queryString(query), headers, bytes }
  if (body === undefined || body === null) return request
  if (isWireBody(body)) return { ...request, body }
  return { ...request, headers: { 'content-type': 'application/json', ...headers }, body: jsonText(body) }
}

/** True for a body that goes out as it is: text, bytes, a form, a stream. The platform's own classes name themselves, data does not. */
export function isWireBody(body: unknown): body is NonNullable<WireRequest['body']> {
  return typeof body === 'string' || Symbol.toStringTag in Object(body)
}

function jsonText(body: unknown): string {
  try {
    return JSON.stringify(body)
  } catch {
    throw invalidInput('body', 'expected JSON')
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
