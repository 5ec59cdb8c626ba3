import type { Hooks } from './hooks.ts'
import type { Preflight } from './preflight.ts'
import type { Limits } from './rate-limit.ts'

/** What a configuration can add around the requests of a gateway. */
export interface RequestPolicies {
  /** Functions that are called while requests are made, with redacted data. Default: none. */
  readonly hooks?: Hooks
  /** How fast requests may go out, and how many at once. All clients of the same gateway in this process share them. Default: no limit. */
  readonly limits?: Limits
  /** A check before the first request, repeated when its result is too old. Default: none. */
  readonly preflight?: Preflight
}
