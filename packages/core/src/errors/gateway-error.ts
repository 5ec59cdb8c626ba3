/**
 * What went wrong, in the few ways that callers act on differently.
 *
 * `unknown_outcome` is the one to know: the request may have had its effect, and repeating it could send a message twice.
 */
export type ErrorKind =
  | 'auth'
  | 'permission'
  | 'not_found'
  | 'conflict'
  | 'invalid_request'
  | 'rate_limited'
  | 'timeout'
  | 'aborted'
  | 'network'
  | 'server'
  | 'bad_response'
  | 'unsupported'
  | 'config'
  | 'unknown_outcome'

/** How far the request got: not at all, perhaps, or as far as an answer. */
export type Reached = 'no' | 'maybe' | 'yes'

export interface GatewayErrorDetails {
  readonly kind: ErrorKind
  /** Id of the plugin: `waha`. */
  readonly gateway?: string | undefined
  /** Operation or verb: `sessions.stop`, `session.stop`. */
  readonly operation?: string | undefined
  /** HTTP status of the answer. */
  readonly status?: number | undefined
  /** The gateway's own code, as text. */
  readonly code?: string | undefined
  /** The gateway's own words. */
  readonly vendorMessage?: string | undefined
  /** Start of the answer's body, at most 2 kB, redacted. */
  readonly body?: string | undefined
  /** What to do next. */
  readonly hint?: string | undefined
  /** Repeating the same call is safe and may help. */
  readonly retryable?: boolean | undefined
  readonly retryAfterMs?: number | undefined
  readonly attempts?: number | undefined
  /** The gateway's or proxy's id of the request, where it gives one. */
  readonly requestId?: string | undefined
  readonly reached?: Reached | undefined
  /** Input field at fault, for `invalid_request` that wamux found itself. */
  readonly field?: string | undefined
  readonly cause?: unknown
}

// shared over the whole process, so that two copies of core in one tree recognise each other's errors
const marker = Symbol.for('wamux.GatewayError')

/** The one error that wamux throws. Tell cases apart by `kind`; recognise it with {@link GatewayError.is}, not `instanceof`. */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError'
  declare readonly kind: ErrorKind
  declare readonly gateway: string | undefined
  declare readonly operation: string | undefined
  declare readonly status: number | undefined
  declare readonly code: string | undefined
  declare readonly vendorMessage: string | undefined
  declare readonly body: string | undefined
  declare readonly hint: string | undefined
  declare readonly retryable: boolean
  declare readonly retryAfterMs: number | undefined
  declare readonly attempts: number
  declare readonly requestId: string | undefined
  declare readonly reached: Reached
  declare readonly field: string | undefined

  constructor(message: string, { cause, ...details }: GatewayErrorDetails) {
    super(message, cause === undefined ? undefined : { cause })
    Object.assign(this, { retryable: false, attempts: 0, reached: details.status ? 'yes' : 'no' })
    for (const [name, value] of Object.entries(details)) if (value !== undefined) Object.assign(this, { [name]: value })
    Object.defineProperty(this, marker, { value: true })
  }

  /** True for every GatewayError, also one from another copy of core. */
  static is(value: unknown): value is GatewayError {
    return Object(value)[marker] === true
  }

  /** Plain data for logs and `--json`: what is set, without stack and cause. */
  toJSON(): Record<string, unknown> {
    // name and kind first; the message is no enumerable property of its own
    return Object.assign({ name: '', kind: '', message: this.message }, this) as object as Record<string, unknown>
  }
}

/** An `invalid_request` that wamux raises itself, before anything is sent. */
export function invalidInput(field: string, expected: string, details: Omit<GatewayErrorDetails, 'kind'> = {}): GatewayError {
  return new GatewayError(`${field}: ${expected}`, { ...details, kind: 'invalid_request', field })
}
