import { definePlugin, type Gateway, lazyNamespaces, type Plugin, type TypedClient } from '@wamux/core'
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

export interface WawpCapabilities {
  readonly session: WawpSession
  readonly message: WawpMessage
  readonly chat: WawpChat
  readonly contact: WawpContact
  readonly group: WawpGroup
  readonly status: WawpStatus
  readonly presence: WawpPresence
  readonly profile: WawpProfile
  readonly label: WawpLabel
  readonly channel: WawpChannel
  readonly webhook: WawpWebhook
}

export type WawpGateway = Gateway<WawpCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a Wawp instance.
 *
 * @param config the instance and the token to use; everything else has a default
 * @throws GatewayError `config` when a value is missing or malformed
 */
export const createWawp: Plugin<WawpConfig, WawpCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  isErrorResponse,
  // sends pass a queue on the server and may take their time
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
