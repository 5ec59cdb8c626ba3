import { contextOf, createTypedClient, type TypedClient } from '@wamux/core/client'
import { apiKey, authorize, type SparkbotConfig } from './auth.ts'
import type { paths } from './generated/schema.ts'

export type { SparkbotConfig } from './auth.ts'
export type { components, paths } from './generated/schema.ts'

/** The typed client alone, for small bundles: every SparkBot operation by method and path, no portable verbs. */
export function createSparkbotClient(config: SparkbotConfig): TypedClient<paths> {
  const context = contextOf(
    { manifest: { id: 'sparkbot', name: 'SparkBot', credentials: [apiKey] }, auth: authorize, failures: () => import('./errors.ts') },
    config,
  )
  return createTypedClient<paths>(context, async () => (await import('./generated/operations.ts')).operations)
}
