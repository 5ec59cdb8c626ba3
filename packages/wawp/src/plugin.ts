import { definePlugin, type Gateway, lazyVerbs, type Plugin, type TypedClient } from '@wamux/core'
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
    message: lazyVerbs<WawpMessage>(manifest, 'message', async () => (await import('./capabilities/message.ts')).messageVerbs(context)),
    chat: lazyVerbs<WawpChat>(manifest, 'chat', async () => (await import('./capabilities/chat.ts')).chatVerbs(context)),
    contact: lazyVerbs<WawpContact>(manifest, 'contact', async () => (await import('./capabilities/contact.ts')).contactVerbs(context)),
    group: lazyVerbs<WawpGroup>(manifest, 'group', async () => (await import('./capabilities/group.ts')).groupVerbs(context)),
    status: lazyVerbs<WawpStatus>(manifest, 'status', async () => (await import('./capabilities/status.ts')).statusVerbs(context)),
    presence: lazyVerbs<WawpPresence>(manifest, 'presence', async () =>
      (await import('./capabilities/presence.ts')).presenceVerbs(context),
    ),
    profile: lazyVerbs<WawpProfile>(manifest, 'profile', async () => (await import('./capabilities/profile.ts')).profileVerbs(context)),
    label: lazyVerbs<WawpLabel>(manifest, 'label', async () => (await import('./capabilities/label.ts')).labelVerbs(context)),
    channel: lazyVerbs<WawpChannel>(manifest, 'channel', async () => (await import('./capabilities/channel.ts')).channelVerbs(context)),
    webhook: lazyVerbs<WawpWebhook>(manifest, 'webhook', async () => (await import('./capabilities/webhook.ts')).webhookVerbs(context)),
  }),
})
