import type { Gateway, Plugin, TypedClient } from '@wamux/core'
import { definePlugin, lazyNamespaces } from '@wamux/core/plugin'
import { authorize, type WahaConfig } from './auth.ts'
import type { WahaChannel } from './capabilities/channel.ts'
import type { WahaChat } from './capabilities/chat.ts'
import type { WahaContact } from './capabilities/contact.ts'
import type { WahaGroup } from './capabilities/group.ts'
import type { WahaLabel } from './capabilities/label.ts'
import type { WahaMessage } from './capabilities/message.ts'
import type { WahaPresence } from './capabilities/presence.ts'
import type { WahaProfile } from './capabilities/profile.ts'
import { sessionVerbs, type WahaSession } from './capabilities/session.ts'
import type { WahaStatus } from './capabilities/status.ts'
import type { WahaWebhook } from './capabilities/webhook.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'

/** The portable verbs of WAHA, by namespace. A verb that WAHA lacks is absent. */
export interface WahaCapabilities {
  /** Life of a session: create, start, pair, stop, log out. */
  readonly session: WahaSession
  /** Sends, reads and changes messages. */
  readonly message: WahaMessage
  /** Lists and manages chats. */
  readonly chat: WahaChat
  /** Contacts, and whether numbers are on WhatsApp. */
  readonly contact: WahaContact
  /** Groups and their participants. */
  readonly group: WahaGroup
  /** Status posts. */
  readonly status: WahaStatus
  /** Online states. */
  readonly presence: WahaPresence
  /** The paired account's own profile. */
  readonly profile: WahaProfile
  /** Labels of WhatsApp Business. */
  readonly label: WahaLabel
  /** Channels. */
  readonly channel: WahaChannel
  /** Webhooks that the gateway calls. */
  readonly webhook: WahaWebhook
}

/** WAHA with its verbs, its typed client and `call()`: what {@link createWaha} returns. */
export type WahaGateway = Gateway<WahaCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a WAHA server. Nothing is sent yet.
 *
 * @param config address and credentials; everything else has a default
 * @returns the gateway: its verbs, its typed `client`, `call()`, `events` and `manifest`
 * @throws {GatewayError} `config`: a required option is missing, or an option is malformed
 */
export const createWaha: Plugin<WahaConfig, WahaCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  // WAHA itself waits up to 10 s for the needed state before it refuses a call
  timeoutMs: 30_000,
  create: (context): WahaCapabilities => ({
    session: sessionVerbs(context),
    ...lazyNamespaces<Omit<WahaCapabilities, 'session'>, WahaConfig>(manifest, context, {
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
  socket: () => import('./socket.ts'),
})
