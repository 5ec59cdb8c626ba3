import { definePlugin, type Gateway, lazyNamespaces, type Plugin, type TypedClient } from '@wamux/core'
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

export interface WahaCapabilities {
  readonly session: WahaSession
  readonly message: WahaMessage
  readonly chat: WahaChat
  readonly contact: WahaContact
  readonly group: WahaGroup
  readonly status: WahaStatus
  readonly presence: WahaPresence
  readonly profile: WahaProfile
  readonly label: WahaLabel
  readonly channel: WahaChannel
  readonly webhook: WahaWebhook
}

export type WahaGateway = Gateway<WahaCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a WAHA server.
 *
 * @param config where it is and the key to use; everything else has a default
 * @throws GatewayError `config` when a value is missing or malformed
 */
export const createWaha: Plugin<WahaConfig, WahaCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  // calls that need a status wait up to 10 s for it before they say no
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
