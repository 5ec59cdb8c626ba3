import { contextOf, createTypedClient, type TypedClient } from '@wamux/core/client'
import { apiKey, authorize, type WahaConfig } from './auth.ts'
import type { paths } from './generated/schema.ts'

export type { WahaConfig } from './auth.ts'
export type { components, paths } from './generated/schema.ts'

/**
 * The typed client of WAHA alone, for small bundles: every operation by method and path, no portable verbs.
 *
 * @param config address and credentials; everything else has a default
 * @returns an openapi-fetch client; its methods reject with a GatewayError when there is no response
 * @throws {GatewayError} `config`: a credential is missing or malformed, or `baseUrl` is no http(s) URL
 */
export function createWahaClient(config: WahaConfig): TypedClient<paths> {
  const context = contextOf(
    { manifest: { id: 'waha', name: 'WAHA', credentials: [apiKey] }, auth: authorize, failures: () => import('./errors.ts') },
    config,
  )
  return createTypedClient<paths>(context, async () => (await import('./generated/operations.ts')).operations)
}
