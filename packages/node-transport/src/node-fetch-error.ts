import { isConnectFailure } from '@wamux/core/transport'

/** The request certainly never left: not one byte of it was handed to the system. */
export const NOT_SENT = 'WAMUX_NOT_SENT'
export const CONNECT_TIMEOUT = 'WAMUX_CONNECT_TIMEOUT'
export const HEADERS_TIMEOUT = 'WAMUX_HEADERS_TIMEOUT'
export const BODY_IDLE_TIMEOUT = 'WAMUX_BODY_IDLE_TIMEOUT'
export const BODY_TOO_LARGE = 'WAMUX_BODY_TOO_LARGE'
const CONNECTION_LOST = 'WAMUX_CONNECTION_LOST'

/** What the node transport throws. Its code tells whether the request can have reached anyone: see `connectFailure`. */
export class NodeFetchError extends Error {
  override readonly name: string
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
 * For what went wrong later. It is a new error, because the system's may carry a code that stands for an unreachable host, although it
 * came from a connection that was up (a router's EHOSTUNREACH ends a running read, too), and the parser's carry the answer's bytes.
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
  // the error over several addresses has no message of its own
  return error.message || (error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : error.name)
}
