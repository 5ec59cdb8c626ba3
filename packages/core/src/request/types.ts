import type { ErrorKind, GatewayError } from '../errors/gateway-error.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Parts, Success } from '../schema/operation-types.ts'
import type { HttpMethod, Route, Safety } from '../schema/operations.ts'
import type { GatewayResponse, RawResponse } from './response.ts'
import type { Attempt, Deadline, Transport, WireRequest } from './transport.ts'
import type { QueryPairs } from './url.ts'

/** A request while it is put together; plugins add their credentials to it. */
export interface RequestDraft {
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
  apply(draft: RequestDraft): void
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
export type ReadFailure = (response: GatewayResponse, operation: string, now: number) => VendorFailure | undefined

export interface RequestContext {
  readonly gateway: { readonly id: string; readonly name: string }
  readonly baseUrl: string
  readonly headers: Readonly<Record<string, string>>
  readonly transport: Transport
  readonly authorization: Authorization
  /** Loaded when something failed. */
  readonly failures: () => Promise<{ readonly readFailure: ReadFailure }>
  /** For a gateway that says no with a 2xx: true when this one does. */
  readonly isErrorResponse?: (response: GatewayResponse) => boolean
  /** Corrected paths by operation id: `/path`, or `PUT /path`. */
  readonly paths: Readonly<Record<string, string>>
  /** Which session a request is for, for limits by session. */
  readonly sessionOf?: (draft: RequestDraft) => string | undefined
  /** Set when the config asks for hooks, limits or a preflight. */
  readonly observer: ((context: RequestContext) => Promise<RequestObserver>) | undefined
}

export interface SendOptions extends CallOptions {
  /** Media type to ask for; default `application/json`. */
  readonly accept?: string
  /** The answer is a file: a success gives its bytes, whatever its type says. */
  readonly bytes?: boolean
}

/** What a request is, apart from where it goes. */
export interface OperationInfo {
  readonly id: string
  readonly safety: Safety
  /** Names of body fields whose values are secret. */
  readonly secrets?: readonly string[] | undefined
  /** Finds out more once something failed. */
  readonly loadRoute?: () => Promise<Pick<OperationInfo, 'safety' | 'secrets'> | undefined>
}

/** Performs one operation, throws GatewayError for everything that is not a success. */
export type Send = <Types>(route: Route<Types>, parts?: Parts<Types>, options?: SendOptions) => Promise<GatewayResponse<Success<Types>>>

/** How a request ended: with an answer, an error, or an answer that is one. */
export type Outcome =
  | { readonly response: GatewayResponse; readonly raw: RawResponse | undefined; readonly error?: undefined; readonly refusal?: undefined }
  | FailedOutcome

export interface FailedOutcome {
  readonly response?: GatewayResponse | undefined
  readonly raw?: RawResponse | undefined
  readonly error: GatewayError
  /** The gateway answered, and said no: nothing was lost on the way. */
  readonly refusal: boolean
}

/** An attempt that was no success, with all that is needed to decide what follows. */
export interface FailedAttempt {
  readonly context: RequestContext
  /** What was asked for, with the body as it was before it was written. */
  readonly draft: RequestDraft
  readonly request: WireRequest
  readonly operation: OperationInfo
  readonly attempt: Attempt
  readonly attempts: number
  readonly deadline: Deadline
  readonly call: CallOptions
}

/** All that a gateway does around a request when its config asks for it; loaded only then. */
export interface RequestObserver {
  /** Waits for preflight and a free place. Gives what frees the place. @throws GatewayError */
  enter(operation: OperationInfo, session: string | undefined, deadline: Deadline): Promise<() => void>
  /** Tells of an attempt that begins; gives headers to add. */
  onAttempt(request: WireRequest, operation: OperationInfo, attempt: number): Record<string, string>
  onSuccess(request: WireRequest, operation: OperationInfo, attempt: number, status: number): void
  onRetry(request: WireRequest, operation: OperationInfo, attempt: number, status: number | undefined): void
  onError(request: WireRequest, operation: OperationInfo, error: GatewayError): void
}
