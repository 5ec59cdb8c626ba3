import { contextOf, createTypedClient, type TypedClient } from '@wamux/core/client'
import { accessToken, authorize, instanceId, type WawpConfig } from './auth.ts'
import type { paths } from './generated/schema.ts'
import { isErrorResponse } from './is-error-response.ts'

export type { WawpConfig } from './auth.ts'
export type { components, paths } from './generated/schema.ts'

/**
 * The typed client of Wawp alone, for small bundles: every operation by method and path, no portable verbs.
 *
 * @param config address and credentials; everything else has a default
 * @returns an openapi-fetch client; its methods reject with a GatewayError when there is no response
 * @throws {GatewayError} `config`: a credential is missing or malformed, or `baseUrl` is no http(s) URL
 */
export function createWawpClient(config: WawpConfig): TypedClient<paths> {
  const context = contextOf(
    {
      manifest: { id: 'wawp', name: 'Wawp', credentials: [instanceId, accessToken] },
      auth: authorize,
      failures: () => import('./errors.ts'),
      isErrorResponse,
      // the same as in plugin.ts: sends wait in a queue of the server
      timeoutMs: 60_000,
    },
    config,
  )
  return createTypedClient<paths>(context, async () => (await import('./generated/operations.ts')).operations)
}
