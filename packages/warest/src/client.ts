import { contextOf, createTypedClient, type TypedClient } from '@wamux/core/client'
import { apiKey, authorize, type WarestConfig } from './auth.ts'
import type { paths } from './generated/schema.ts'

export type { WarestConfig } from './auth.ts'
export type { components, paths } from './generated/schema.ts'

/**
 * The typed client of WARest alone, for small bundles: every operation by method and path, no portable verbs.
 *
 * @param config address and credentials; everything else has a default
 * @returns an openapi-fetch client; its methods reject with a GatewayError when there is no response
 * @throws {GatewayError} `config`: a credential is missing or malformed, or `baseUrl` is no http(s) URL
 */
export function createWarestClient(config: WarestConfig): TypedClient<paths> {
  const context = contextOf(
    { manifest: { id: 'warest', name: 'WARest', credentials: [apiKey] }, auth: authorize, failures: () => import('./errors.ts') },
    config,
  )
  return createTypedClient<paths>(context, async () => (await import('./generated/operations.ts')).operations)
}
