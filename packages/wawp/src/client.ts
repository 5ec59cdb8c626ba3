import { contextOf, createTypedClient, type TypedClient } from '@wamux/core/client'
import { accessToken, authorize, instanceId, type WawpConfig } from './auth.ts'
import type { paths } from './generated/schema.ts'
import { isErrorResponse } from './is-error-response.ts'

export type { WawpConfig } from './auth.ts'
export type { components, paths } from './generated/schema.ts'

/** The typed client alone, for small bundles: every Wawp operation by method and path, no portable verbs. */
export function createWawpClient(config: WawpConfig): TypedClient<paths> {
  const context = contextOf(
    {
      manifest: { id: 'wawp', name: 'Wawp', credentials: [instanceId, accessToken] },
      auth: authorize,
      failures: () => import('./errors.ts'),
      isErrorResponse,
      // as long as the whole gateway waits: sends pass a queue on the server and may take their time
      timeoutMs: 60_000,
    },
    config,
  )
  return createTypedClient<paths>(context, async () => (await import('./generated/operations.ts')).operations)
}
