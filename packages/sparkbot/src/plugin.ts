import { definePlugin, type Gateway, type Plugin, type TypedClient } from '@wamux/core'
import { authorize, type SparkbotConfig } from './auth.ts'
import { messageVerbs, type SparkbotMessage } from './capabilities/message.ts'
import { type SparkbotSession, sessionVerbs } from './capabilities/session.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'

export interface SparkbotCapabilities {
  readonly session: SparkbotSession
  readonly message: SparkbotMessage
}

export type SparkbotGateway = Gateway<SparkbotCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a SparkBot account.
 *
 * @param config where it is and the key to use; everything else has a default
 * @throws GatewayError `config` when a value is missing or malformed
 */
export const createSparkbot: Plugin<SparkbotConfig, SparkbotCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  timeoutMs: 30_000,
  create: (context): SparkbotCapabilities => ({ session: sessionVerbs(context), message: messageVerbs(context) }),
})
