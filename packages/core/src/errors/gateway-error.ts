/**
 * What went wrong, told apart as far as callers act differently.
 *
 * The one to handle with care is `unknown_outcome`: the request may have had its effect, and repeating it could send a message twice.
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

/**
 * Whether the request got to the gateway. `no`: nothing was sent. `maybe`: it was sent, and no response came. `yes`: the gateway
 * responded.
 */
export type Reached = 'no' | 'maybe' | 'yes'

/** What a {@link GatewayError} is made from. Absent fields are not known. */
export interface GatewayErrorDetails {
  /** What callers decide by. */
  readonly kind: ErrorKind
  /** Id of the plugin: `waha`. */
  readonly gateway?: string | undefined
  /** Operation or verb: `sessions.stop`, `session.stop`. */
  readonly operation?: string | undefined
  /** HTTP status of the answer. */
  readonly status?: number | undefined
  /** The gateway's own code, as text. */
  readonly code?: string | undefined
  /** The message of the gateway, in its own wording. */
  readonly vendorMessage?: string | undefined
  /** Start of the answer's body, at most 2 kB, redacted. */
  readonly body?: string | undefined
  /** What the user can do next, one sentence. */
  readonly hint?: string | undefined
  /** True when repeating the same call is safe and may help. Default false. */
  readonly retryable?: boolean | undefined
  /** How long the gateway asks to wait before the next try, ms. */
  readonly retryAfterMs?: number | undefined
  /** Attempts that were sent. Default 0. */
  readonly attempts?: number | undefined
  /** The gateway's or proxy's id of the request, where it gives one. */
  readonly requestId?: string | undefined
  /** Default: `yes` with a status, `no` without. */
  readonly reached?: Reached | undefined
  /**
   * Name of the input field or setting at fault: `to`, `participants[2]`. Set for `invalid_request` and `config` that wamux raises
   * itself.
   */
  readonly field?: string | undefined
  /** The error behind this one, redacted. */
  readonly cause?: unknown
}

// `Symbol.for` gives every copy of core in the process the same symbol, so that they recognise each other's errors
const marker = Symbol.for('wamux.GatewayError')

/**
 * The only error class of wamux. Tell cases apart by `kind`; recognise it with {@link GatewayError.is} instead of `instanceof`, which is
 * false for an error of another installed copy of core. The fields are described at {@link GatewayErrorDetails}.
 */
export class GatewayError extends Error {
  /** Always `GatewayError`. */
  override readonly name: string = 'GatewayError'
  /** What callers decide by. */
  declare readonly kind: ErrorKind
  /** Id of the plugin: `waha`. */
  declare readonly gateway: string | undefined
  /** Operation or verb: `sessions.stop`, `session.stop`. */
  declare readonly operation: string | undefined
  /** HTTP status of the response. */
  declare readonly status: number | undefined
  /** The gateway's error code, or the code of a network error: `ECONNREFUSED`. */
  declare readonly code: string | undefined
  /** The message of the gateway, in its own wording. */
  declare readonly vendorMessage: string | undefined
  /** Start of the response's body, at most 2 kB, redacted. */
  declare readonly body: string | undefined
  /** What the user can do next, one sentence. */
  declare readonly hint: string | undefined
  /** True when repeating the same call is safe and may help. */
  declare readonly retryable: boolean
  /** How long the gateway asks to wait before the next try, ms. */
  declare readonly retryAfterMs: number | undefined
  /** Attempts that were sent. */
  declare readonly attempts: number
  /** Id that the gateway or a proxy gave the request. */
  declare readonly requestId: string | undefined
  /** Whether the request got to the gateway. */
  declare readonly reached: Reached
  /** Name of the input field or setting at fault. */
  declare readonly field: string | undefined

  constructor(message: string, { cause, ...details }: GatewayErrorDetails) {
    super(message, cause === undefined ? undefined : { cause })
    Object.assign(this, { retryable: false, attempts: 0, reached: details.status ? 'yes' : 'no' })
    for (const [name, value] of Object.entries(details)) if (value !== undefined) Object.assign(this, { [name]: value })
    Object.defineProperty(this, marker, { value: true })
  }

  /**
   * Recognises a GatewayError, also one of another copy of core.
   *
   * @param value anything that was caught
   * @returns true for a GatewayError
   */
  static is(value: unknown): value is GatewayError {
    return Object(value)[marker] === true
  }

  /**
   * Plain data for logs and `--json`.
   *
   * @returns all fields that are set, without stack and cause
   */
  toJSON(): Record<string, unknown> {
    // name and kind come first; `message` is not enumerable, so it is added by name
    return Object.assign({ name: '', kind: '', message: this.message }, this) as object as Record<string, unknown>
  }
}

/**
 * Makes the error for malformed input, found before anything is sent.
 *
 * @param field name of the field: `to`, `participants[2]`
 * @param expected what would have been accepted: `expected an E.164 number`
 * @param details further fields of the error
 * @returns an `invalid_request` error for the caller to throw
 */
export function invalidInput(field: string, expected: string, details: Omit<GatewayErrorDetails, 'kind'> = {}): GatewayError {
  return new GatewayError(`${field}: ${expected}`, { ...details, kind: 'invalid_request', field })
}
