import type { GatewayResponse } from '@wamux/core'

/** True when a 2xx answer says that the call failed. */
export function isErrorResponse({ data }: GatewayResponse): boolean {
  if (typeof data === 'string') return /^\s*<(\?xml|error|response)/i.test(data) && /<error|<success>\s*false/i.test(data)
  const { success, error, status } = Object(data) as { success?: unknown; error?: unknown; status?: unknown }
  if (success === false || success === 'false') return true
  // an error text is a failure; `error: null` or `error: false` beside data is not
  return success === undefined && Boolean(error) && (typeof status !== 'number' || status >= 400)
}
