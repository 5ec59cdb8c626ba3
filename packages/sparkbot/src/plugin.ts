import type { Gateway, Plugin, TypedClient } from '@wamux/core'
import { definePlugin, lazyNamespaces } from '@wamux/core/plugin'
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

/** The portable verbs of SparkBot, by namespace. A verb that SparkBot lacks is absent. */
export interface SparkbotCapabilities {
  /** Life of a session: create, start, pair, stop, log out. */
  readonly session: SparkbotSession
  /** Sends, reads and changes messages. */
  readonly message: SparkbotMessage
  /** Lists and manages chats. */
  readonly chat: SparkbotChat
  /** Contacts, and whether numbers are on WhatsApp. */
  readonly contact: SparkbotContact
  /** Groups and their participants. */
  readonly group: SparkbotGroup
  /** Status posts. */
  readonly status: SparkbotStatus
  /** The paired account's own profile. */
  readonly profile: SparkbotProfile
  /** Channels. */
  readonly channel: SparkbotChannel
  /** Webhooks that the gateway calls. */
  readonly webhook: SparkbotWebhook
}

/** SparkBot with its verbs, its typed client and `call()`: what {@link createSparkbot} returns. */
export type SparkbotGateway = Gateway<SparkbotCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a SparkBot account. Nothing is sent yet.
 *
 * @param config address and credentials; everything else has a default
 * @returns the gateway: its verbs, its typed `client`, `call()`, `events` and `manifest`
 * @throws {GatewayError} `config`: a required option is missing, or an option is malformed
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
