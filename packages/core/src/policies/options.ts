import type { Hooks } from './hooks.ts'
import type { Preflight } from './preflight.ts'
import type { Limits } from './rate-limit.ts'

/** What a gateway may be told to do around its requests. */
export interface RequestPolicies {
  /** Told of every attempt, with redacted data. */
  readonly hooks?: Hooks
  /** How fast and how much at once; shared by all clients of the same gateway in this process. */
  readonly limits?: Limits
  /** Asked before the first request, and again when its answer has grown old. */
  readonly preflight?: Preflight
}
