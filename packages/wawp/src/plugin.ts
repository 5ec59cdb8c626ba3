import type { Gateway, Plugin, TypedClient } from '@wamux/core'
import { definePlugin, lazyNamespaces } from '@wamux/core/plugin'
import { authorize, type WawpConfig } from './auth.ts'
import type { WawpChannel } from './capabilities/channel.ts'
import type { WawpChat } from './capabilities/chat.ts'
import type { WawpContact } from './capabilities/contact.ts'
import type { WawpGroup } from './capabilities/group.ts'
import type { WawpLabel } from './capabilities/label.ts'
import type { WawpMessage } from './capabilities/message.ts'
import type { WawpPresence } from './capabilities/presence.ts'
import type { WawpProfile } from './capabilities/profile.ts'
import { sessionVerbs, type WawpSession } from './capabilities/session.ts'
import type { WawpStatus } from './capabilities/status.ts'
import type { WawpWebhook } from './capabilities/webhook.ts'
import type { calls, paths } from './generated/schema.ts'
import { isErrorResponse } from './is-error-response.ts'
import { manifest } from './manifest.ts'

/** The portable verbs of Wawp, by namespace. A verb that Wawp lacks is absent. */
export interface WawpCapabilities {
  /** Life of a session: create, start, pair, stop, log out. */
  readonly session: WawpSession
  /** Sends, reads and changes messages. */
  readonly message: WawpMessage
  /** Lists and manages chats. */
  readonly chat: WawpChat
  /** Contacts, and whether numbers are on WhatsApp. */
  readonly contact: WawpContact
  /** Groups and their participants. */
  readonly group: WawpGroup
  /** Status posts. */
  readonly status: WawpStatus
  /** Online states. */
  readonly presence: WawpPresence
  /** The paired account's own profile. */
  readonly profile: WawpProfile
  /** Labels of WhatsApp Business. */
  readonly label: WawpLabel
  /** Channels. */
  readonly channel: WawpChannel
  /** Webhooks that the gateway calls. */
  readonly webhook: WawpWebhook
}

/** Wawp with its verbs, its typed client and `call()`: what {@link createWawp} returns. */
export type WawpGateway = Gateway<WawpCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a Wawp instance. Nothing is sent yet.
 *
 * @param config address and credentials; everything else has a default
 * @returns the gateway: its verbs, its typed `client`, `call()`, `events` and `manifest`
 * @throws {GatewayError} `config`: a required option is missing, or an option is malformed
 */
export const createWawp: Plugin<WawpConfig, WawpCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  isErrorResponse,
  // sends wait in a queue of the server
  timeoutMs: 60_000,
  create: (context): WawpCapabilities => ({
    session: sessionVerbs(context),
    ...lazyNamespaces<Omit<WawpCapabilities, 'session'>, WawpConfig>(manifest, context, {
      message: () => import('./capabilities/message.ts'),
      chat: () => import('./capabilities/chat.ts'),
      contact: () => import('./capabilities/contact.ts'),
      group: () => import('./capabilities/group.ts'),
      status: () => import('./capabilities/status.ts'),
      presence: () => import('./capabilities/presence.ts'),
      profile: () => import('./capabilities/profile.ts'),
      label: () => import('./capabilities/label.ts'),
      channel: () => import('./capabilities/channel.ts'),
      webhook: () => import('./capabilities/webhook.ts'),
    }),
  }),
})
