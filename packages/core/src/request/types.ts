import type { ErrorKind, GatewayError } from '../errors/gateway-error.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Parts, Success } from '../schema/operation-types.ts'
import type { HttpMethod, Route, Safety } from '../schema/operations.ts'
import type { GatewayResponse, RawResponse } from './response.ts'
import type { Attempt, Deadline, Transport, WireRequest } from './transport.ts'
import type { QueryPairs } from './url.ts'

/** A request while it is put together; plugins add their credentials to it. */
export interface RequestDraft {
  /** HTTP method. */
  readonly method: HttpMethod
  /** Path below the base URL, its parameters filled in and percent-encoded. */
  readonly path: string
  /** Names and values, not encoded yet; may be added to. */
  readonly query: QueryPairs
  /** Fields by name in lower case; may be added to. */
  readonly headers: Record<string, string>
  /** A plain object or array is sent as JSON, everything else as it is. */
  body: unknown
}

/** How a plugin adds credentials to requests. */
export interface Authorization {
  /**
   * Adds the credentials.
   *
   * @param draft is changed
   */
  apply(draft: RequestDraft): void
  /** Values to hide in everything that wamux shows. */
  readonly secrets: readonly string[]
  /** Query parameters whose values are always hidden. */
  readonly queryNames?: readonly string[]
}

/** What a plugin knows about an error response. Each field replaces what follows from the HTTP status. */
export interface VendorFailure {
  /** What callers decide by. */
  readonly kind?: ErrorKind | undefined
  /** The gateway's message. Default: found in the body. */
  readonly message?: string | undefined
  /** The gateway's error code. Default: found in the body. */
  readonly code?: string | undefined
  /** What the user can do next, one sentence. */
  readonly hint?: string | undefined
  /** How long the gateway asks to wait, ms. Default: its Retry-After header. */
  readonly retryAfterMs?: number | undefined
  /** True when the gateway documents that it refuses in this way before it does anything. Default false. */
  readonly refused?: boolean | undefined
}

/**
 * Reads what an error response of a gateway means.
 *
 * @param response the response, without secrets
 * @param operation operation id
 * @param now ms since the epoch, for headers that name a time
 * @returns `undefined` when the HTTP status says all; a promise where something has to be loaded first, such as the operation table
 */
export type ReadFailure = (
  response: GatewayResponse,
  operation: string,
  now: number,
) => VendorFailure | undefined | Promise<VendorFailure | undefined>

/**
 * Finds the session that a request is for; limits per session need it.
 *
 * @param draft the request, its credentials added
 * @param field gives a text of the query or of the body, by name
 * @returns `undefined` for a request that is for none
 */
export type SessionOf = (draft: RequestDraft, field: (name: string) => string | undefined) => string | undefined

/** What a plugin loads when more than a plain success has to be read. */
export interface FailureReader {
  /** Reads error responses. */
  readonly readFailure: ReadFailure
  /** Finds the session of a request. Without it limits per session have no effect. */
  readonly sessionOf?: SessionOf
  /** Verbs whose answer has fields by the gateway's document, so that one that says nothing is no success. */
  readonly answeringVerbs?: readonly string[]
}

/** What requests to one gateway need. */
export interface RequestContext {
  /** Plugin id and display name: `waha`, `WAHA`. */
  readonly gateway: { readonly id: string; readonly name: string }
  /** Without a trailing slash. */
  readonly baseUrl: string
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>
  /** Sends the requests. */
  readonly transport: Transport
  /** Adds the credentials. */
  readonly authorization: Authorization
  /** Loads the plugin's reader of error responses, when a request failed or limits per session are set. */
  readonly failures: () => Promise<FailureReader>
  /** Recognises an error that the gateway sends with a 2xx status. */
  readonly isErrorResponse?: (response: GatewayResponse) => boolean
  /** Corrected paths by operation id: `/path`, or `PUT /path`. */
  readonly paths: Readonly<Record<string, string>>
  /** Loads the observer. Set when the configuration has hooks, limits or a preflight check. */
  readonly observer: ((context: RequestContext) => Promise<RequestObserver>) | undefined
}

/** Options of sending one operation. */
export interface SendOptions extends CallOptions {
  /** Media type of the Accept header. Default `application/json`. */
  readonly accept?: string
  /** True: a success is a file and is given as bytes, whatever its content type. Default false. */
  readonly bytes?: boolean
}

/** What the code around a request knows of its operation. */
export interface OperationInfo {
  /** Operation id, or `GET /path` for a call of the typed client. */
  readonly id: string
  /** Decides whether it may be repeated. */
  readonly safety: Safety
  /** Names of body fields, at any depth, whose values are secret. */
  readonly secrets?: readonly string[] | undefined
  /** Names of inputs that make the call one that cannot be undone, where they are on. */
  readonly danger?: readonly string[] | undefined
  /** Looks up safety, secrets and dangerous inputs in the operation table, after a failure of the typed client. */
  readonly loadRoute?: () => Promise<Pick<OperationInfo, 'safety' | 'secrets' | 'danger'> | undefined>
}

/**
 * Sends one operation.
 *
 * @param route the generated route
 * @param parts path, query, headers and body
 * @param options options of this call
 * @returns the response of a success
 * @throws {GatewayError} of any kind: everything but a success
 */
export type Send = <Types>(route: Route<Types>, parts?: Parts<Types>, options?: SendOptions) => Promise<GatewayResponse<Success<Types>>>

/** How a request ended: with a success, or with an error and the response that caused it. */
export type Outcome =
  | { readonly response: GatewayResponse; readonly raw: RawResponse | undefined; readonly error?: undefined; readonly refusal?: undefined }
  | FailedOutcome

/** How a failed request ended. */
export interface FailedOutcome {
  /** The error response, parsed and without secrets. */
  readonly response?: GatewayResponse | undefined
  /** The error response, not parsed, without secrets. */
  readonly raw?: RawResponse | undefined
  /** What the caller gets. */
  readonly error: GatewayError
  /** True when the gateway responded with an error status, and it is certain that nothing was sent or made. */
  readonly refusal: boolean
}

/** A failed attempt, with all that deciding about a repeat needs. */
export interface FailedAttempt {
  readonly context: RequestContext
  /** The request before its body was encoded. */
  readonly draft: RequestDraft
  readonly request: WireRequest
  readonly operation: OperationInfo
  readonly attempt: Attempt
  /** Attempts so far, this one included. */
  readonly attempts: number
  readonly deadline: Deadline
  readonly call: CallOptions
}

/** Hooks, limits and preflight check around a request; loaded when the configuration asks for one of them. */
export interface RequestObserver {
  /**
   * Waits for the preflight check and for a place in the limiter.
   *
   * @param operation what is to be sent
   * @param draft the request, to find the session whose limit counts, too
   * @param deadline ends the wait
   * @returns a function that frees the place
   * @throws {GatewayError} `auth`, `server`: the preflight check refused or failed
   * @throws {GatewayError} `rate_limited`: the queue is full
   * @throws {GatewayError} `timeout`, `aborted`: the deadline came first
   */
  enter(operation: OperationInfo, draft: RequestDraft, deadline: Deadline): Promise<() => void>
  /**
   * Reports an attempt before it is made.
   *
   * @returns headers to add to it
   */
  onAttempt(request: WireRequest, operation: OperationInfo, attempt: number): Record<string, string>
  onSuccess(request: WireRequest, operation: OperationInfo, attempt: number, status: number): void
  onRetry(request: WireRequest, operation: OperationInfo, attempt: number, status: number | undefined): void
  onError(request: WireRequest, operation: OperationInfo, error: GatewayError): void
}
