import { definePlugin, type Gateway, lazyVerbs, type Plugin, type TypedClient } from '@wamux/core'
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
    message: lazyVerbs<SparkbotMessage>(manifest, 'message', async () => (await import('./capabilities/message.ts')).messageVerbs(context)),
    chat: lazyVerbs<SparkbotChat>(manifest, 'chat', async () => (await import('./capabilities/chat.ts')).chatVerbs(context)),
    contact: lazyVerbs<SparkbotContact>(manifest, 'contact', async () => (await import('./capabilities/contact.ts')).contactVerbs(context)),
    group: lazyVerbs<SparkbotGroup>(manifest, 'group', async () => (await import('./capabilities/group.ts')).groupVerbs(context)),
    status: lazyVerbs<SparkbotStatus>(manifest, 'status', async () => (await import('./capabilities/status.ts')).statusVerbs(context)),
    profile: lazyVerbs<SparkbotProfile>(manifest, 'profile', async () => (await import('./capabilities/profile.ts')).profileVerbs(context)),
    channel: lazyVerbs<SparkbotChannel>(manifest, 'channel', async () => (await import('./capabilities/channel.ts')).channelVerbs(context)),
    webhook: lazyVerbs<SparkbotWebhook>(manifest, 'webhook', async () => (await import('./capabilities/webhook.ts')).webhookVerbs(context)),
  }),
})
