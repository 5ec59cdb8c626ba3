import type { ErrorKind, GatewayError, Manifest } from '@wamux/core'
import { jsonText } from '../../print/json.ts'

const KINDS: Readonly<Record<number, ErrorKind>> = {
  401: 'auth',
  403: 'permission',
  404: 'not_found',
  409: 'conflict',
  429: 'rate_limited',
  501: 'unsupported',
}
const BODY_SHOWN = 2048

/** The error for a response with an error status. */
export async function responseError(
  manifest: Manifest,
  operation: string,
  { status, headers }: Response,
  body: unknown,
): Promise<GatewayError> {
  const [{ GatewayError }, { findVendorMessage }] = await Promise.all([import('@wamux/core'), import('@wamux/core/inspect')])
  const text = typeof body === 'string' ? body : jsonText(body, 0)
  const { message, code } = findVendorMessage(body, text)
  const seconds = Number(headers.get('retry-after'))
  return new GatewayError(`${manifest.name} ${operation}: ${message ?? `HTTP ${status}`}`, {
    kind: KINDS[status] ?? (status >= 500 ? 'server' : 'invalid_request'),
    gateway: manifest.id,
    operation,
    status,
    code,
    vendorMessage: message,
    body: text.slice(0, BODY_SHOWN),
    retryAfterMs: seconds > 0 ? seconds * 1000 : undefined,
    reached: 'yes',
  })
}
