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

/** True when a failed request certainly never left: only then may a send be repeated. In doubt it is false. */
export function isConnectFailure(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  const { code, syscall, cause, errors } = error as { code?: unknown; syscall?: unknown; cause?: unknown; errors?: unknown }
  // several addresses were tried: all of them must have failed to connect
  if (Array.isArray(errors) && errors.length > 0) return errors.every((one) => isConnectFailure(one, depth + 1))
  if (typeof code === 'string' && BEFORE_REQUEST.has(code)) return true
  if (typeof code === 'string' && WHILE_CONNECTING.has(code) && (syscall === 'connect' || refused(code, syscall))) return true
  return cause !== undefined && isConnectFailure(cause, depth + 1)
}

// not every platform names the call; nothing but connecting is ever refused
function refused(code: string, syscall: unknown): boolean {
  return code === 'ECONNREFUSED' && syscall === undefined
}

/** The code of the innermost cause that has one, for messages: `ECONNREFUSED`. */
export function causeCode(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown }
  const inner = causeCode(cause, depth + 1) ?? (Array.isArray(errors) ? causeCode(errors[0], depth + 1) : undefined)
  return inner ?? (typeof code === 'string' ? code : undefined)
}
