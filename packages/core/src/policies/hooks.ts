import type { GatewayError } from '../errors/gateway-error.ts'
import type { HttpMethod, Safety } from '../schema/operations.ts'

/** One attempt, as hooks see it. It contains no secret. */
export interface RequestInfo {
  /** Plugin id: `waha`. */
  readonly gateway: string
  /** Operation id, or `GET /path` for a call of the typed client. */
  readonly operation: string
  /** What repeating the operation does. */
  readonly safety: Safety
  /** HTTP method. */
  readonly method: HttpMethod
  /** Complete URL, secrets replaced. */
  readonly url: string
  /** Number of the attempt, from 1. */
  readonly attempt: number
  /** Identifies the call: the same object for all its attempts, to be used as key of a WeakMap. */
  readonly id: object
}

/** Functions that are called while requests are made. They can add headers and change nothing else; what they throw is ignored. */
export interface Hooks {
  /**
   * Called before each attempt.
   *
   * @param info the attempt
   * @returns headers to add, for example `traceparent`
   */
  onRequest?(info: RequestInfo): { readonly headers?: Record<string, string> } | undefined
  /**
   * Called when a call has succeeded.
   *
   * @param info the last attempt, its HTTP status, and its duration `elapsedMs` in ms
   */
  onResponse?(info: RequestInfo & { readonly status: number; readonly elapsedMs: number }): void
  /**
   * Called before an attempt is repeated.
   *
   * @param info the failed attempt, and its HTTP status if there was a response
   */
  onRetry?(info: RequestInfo & { readonly status?: number }): void
  /**
   * Called when a call has failed.
   *
   * @param info the last attempt, and the error that the caller gets
   */
  onError?(info: RequestInfo & { readonly error: GatewayError }): void
  /**
   * Called about a setting that should be changed: `plain_http`, when credentials go unencrypted to another host. Once per host.
   *
   * @param warning plugin id, code, and a sentence for people
   */
  onWarning?(warning: { readonly gateway: string; readonly code: 'plain_http'; readonly message: string }): void
}
