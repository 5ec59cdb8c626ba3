import type { GatewayError } from '../errors/gateway-error.ts'
import type { HttpMethod, Safety } from '../schema/operations.ts'

/** One attempt, as hooks see it. Nothing in it is secret. */
export interface RequestInfo {
  readonly gateway: string
  /** Operation id. */
  readonly operation: string
  readonly safety: Safety
  readonly method: HttpMethod
  /** Redacted. */
  readonly url: string
  /** 1 for the first. */
  readonly attempt: number
  /** The same object for all attempts of one call: a key for a WeakMap. */
  readonly id: object
}

/** Functions that are told what happens. They cannot change it, but for headers; what they throw is ignored. */
export interface Hooks {
  /** Before each attempt. Headers that it gives are added: `traceparent`, for one. */
  onRequest?(info: RequestInfo): { readonly headers?: Record<string, string> } | undefined
  /** After an answer that ends the call well. @param info with the time of the last attempt, ms */
  onResponse?(info: RequestInfo & { readonly status: number; readonly elapsedMs: number }): void
  /** Before an attempt is repeated. */
  onRetry?(info: RequestInfo & { readonly status?: number }): void
  /** When a call ends in an error. */
  onError?(info: RequestInfo & { readonly error: GatewayError }): void
  /** Something to mend: `plain_http` when credentials go unencrypted to another host. Once per host. */
  onWarning?(warning: { readonly gateway: string; readonly code: 'plain_http'; readonly message: string }): void
}
