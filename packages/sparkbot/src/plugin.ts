import { definePlugin, type Gateway, lazyNamespaces, type Plugin, type TypedClient } from '@wamux/core'
import { authorize, type SparkbotConfig } from './auth.ts'
import type { SparkbotChannel } from './capabilities/channel.ts'
import type { SparkbotChat } from './capabilities/chat.ts'
import type { SparkbotContact } from './capabilities/contact.ts'
import type { SparkbotGroup } from './capabilities/group.ts'
import type { SparkbotMessage } from './capabilities/message.ts'
import type { SparkbotProfile } from './capabilities/profile.ts'
import { type SparkbotSession, sessionVerbs } from './capabilities/session.ts'
import type { SparkbotStatus } from './capabilities/status.ts'
import type { SparkbotWebhook } from './capabilities/webhook.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'

export interface SparkbotCapabilities {
  readonly session: SparkbotSession
  readonly message: SparkbotMessage
  readonly chat: SparkbotChat
  readonly contact: SparkbotContact
  readonly group: SparkbotGroup
  readonly status: SparkbotStatus
  readonly profile: SparkbotProfile
  readonly channel: SparkbotChannel
  readonly webhook: SparkbotWebhook
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
  create: (context): SparkbotCapabilities => ({
    session: sessionVerbs(context),
    ...lazyNamespaces<Omit<SparkbotCapabilities, 'session'>, SparkbotConfig>(manifest, context, {
      message: () => import('./capabilities/message.ts'),
      chat: () => import('./capabilities/chat.ts'),
      contact: () => import('./capabilities/contact.ts'),
      group: () => import('./capabilities/group.ts'),
      status: () => import('./capabilities/status.ts'),
      profile: () => import('./capabilities/profile.ts'),
      channel: () => import('./capabilities/channel.ts'),
      webhook: () => import('./capabilities/webhook.ts'),
    }),
  }),
})
