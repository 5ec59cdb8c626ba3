// Codes that can only arise before the first byte of the request: name look-up, connecting, TLS handshake.
const BEFORE_REQUEST = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'WAMUX_CONNECT_TIMEOUT',
  'WAMUX_NOT_SENT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_INVALID_URL',
])

// The kernel reports these of an established connection too; only while connecting do they mean that nothing was sent.
const WHILE_CONNECTING = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EACCES', 'ETIMEDOUT', 'ECONNRESET'])

/**
 * Tells whether a failed request certainly did not leave this machine. Only then may a send be repeated.
 *
 * @param error what `fetch` rejected with
 * @param depth for recursion over causes
 * @returns false when in doubt
 */
export function isConnectFailure(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  const { code, syscall, cause, errors } = error as { code?: unknown; syscall?: unknown; cause?: unknown; errors?: unknown }
  // several addresses were tried: all of them must have failed to connect
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => isConnectFailure(one, depth + 1))
  if (typeof code === 'string' && BEFORE_REQUEST.has(code)) return true
  if (typeof code === 'string' && WHILE_CONNECTING.has(code) && (syscall === 'connect' || refused(code, syscall))) return true
  // an error with a code of its own is about more than its cause, for example about a connection that broke later
  return typeof code !== 'string' && cause !== undefined && isConnectFailure(cause, depth + 1)
}

// some platforms do not name the system call; ECONNREFUSED happens only while connecting
function refused(code: string, syscall: unknown): boolean {
  return code === 'ECONNREFUSED' && syscall === undefined
}

/**
 * Finds the error code to show: that of the innermost cause that has one.
 *
 * @param error what `fetch` rejected with
 * @param depth for recursion over causes
 * @returns for example `ECONNREFUSED`; `undefined` when no error has a code
 */
export function causeCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  const inner = causeCode(cause, depth + 1) ?? (Array.isArray(errors) ? causeCode(errors[0], depth + 1) : undefined)
  return inner ?? (typeof code === 'string' ? code : undefined)
}

/**
 * Copies what a transport threw into a plain error with fields of the right types. A `fetch` of somebody else may reject with any value,
 * and reading or printing that value may throw. The fields that tell how far the request got are kept.
 */
export function plainError(thrown: unknown, depth = 0): Error | undefined {
  if (thrown === undefined) return undefined
  if (typeof thrown !== 'object' || thrown === null) return new Error(String(thrown))
  const [message, name, stack, code, syscall, cause, errors] = PARTS.map((part) => partOf(thrown, part))
  const plain = new Error(typeof message === 'string' ? message : 'what was thrown is no error')
  if (typeof name === 'string') plain.name = name
  if (typeof stack === 'string') plain.stack = stack
  if (typeof code === 'string' || typeof code === 'number') Object.assign(plain, { code })
  if (typeof syscall === 'string') Object.assign(plain, { syscall })
  if (depth > 5) return plain
  if (cause !== undefined) plain.cause = plainError(cause, depth + 1)
  if (Array.isArray(errors)) Object.assign(plain, { errors: errors.map((one) => plainError(one, depth + 1)) })
  return plain
}

const PARTS = ['message', 'name', 'stack', 'code', 'syscall', 'cause', 'errors'] as const

function partOf(thrown: object, part: string): unknown {
  try {
    return (thrown as Record<string, unknown>)[part]
  } catch {
    return undefined
  }
}
