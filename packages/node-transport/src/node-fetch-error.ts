import { isConnectFailure } from '@wamux/core/transport'

/** Not one byte of the request was passed to the operating system. */
export const NOT_SENT = 'WAMUX_NOT_SENT'
export const CONNECT_TIMEOUT = 'WAMUX_CONNECT_TIMEOUT'
export const HEADERS_TIMEOUT = 'WAMUX_HEADERS_TIMEOUT'
export const BODY_IDLE_TIMEOUT = 'WAMUX_BODY_IDLE_TIMEOUT'
export const BODY_TOO_LARGE = 'WAMUX_BODY_TOO_LARGE'
const CONNECTION_LOST = 'WAMUX_CONNECTION_LOST'

/**
 * The error of the node transport. Its code tells whether the request can have been sent: `WAMUX_NOT_SENT` and `WAMUX_CONNECT_TIMEOUT`
 * mean that it was not.
 */
export class NodeFetchError extends Error {
  /** `NodeFetchError`, or `AbortError` after an abort. */
  override readonly name: string
  /**
   * What happened: `WAMUX_NOT_SENT`, `WAMUX_CONNECT_TIMEOUT`, `WAMUX_HEADERS_TIMEOUT`, `WAMUX_BODY_IDLE_TIMEOUT`, `WAMUX_BODY_TOO_LARGE`,
   * or the code of the system.
   */
  readonly code: string

  constructor(message: string, code: string, options: { cause?: unknown; name?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = options.name ?? 'NodeFetchError'
    this.code = code
  }
}

/** For what went wrong before the first byte. The cause keeps its own code, which is the one that people are shown. */
export function notSent(cause: unknown, message = 'the request was not sent'): NodeFetchError {
  if (cause instanceof NodeFetchError && isConnectFailure(cause)) return cause
  return new NodeFetchError(`${message}: ${messageOf(cause)}`, NOT_SENT, { cause })
}

/** For an abort before the first byte. */
export function abortedUnsent(reason: unknown): NodeFetchError {
  const name = reason instanceof Error ? reason.name : 'AbortError'
  return new NodeFetchError(`the request was not sent: ${messageOf(reason)}`, NOT_SENT, { cause: reason, name })
}

/**
 * For an error after the first byte was sent. It is a new error, because the system's own may have a code that means "host unreachable"
 * although the connection was up (a router's EHOSTUNREACH also ends a running read), and the HTTP parser's contain bytes of the response.
 */
export function broken(cause: unknown): Error {
  if (cause instanceof NodeFetchError && !isConnectFailure(cause)) return cause
  const code = codeOf(cause)
  const text = `the connection broke: ${messageOf(cause)}`
  const error = new NodeFetchError(text, code ?? CONNECTION_LOST)
  return isConnectFailure(error) ? new NodeFetchError(text, CONNECTION_LOST) : error
}

/** For an abort after the first byte: the signal's own reason, as fetch has it. */
export function abortedSent(reason: unknown): unknown {
  return isConnectFailure(reason) ? new NodeFetchError(`aborted: ${messageOf(reason)}`, CONNECTION_LOST, { name: 'AbortError' }) : reason
}

function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // the AggregateError for several addresses has an empty message
  return error.message || (error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : error.name)
}
