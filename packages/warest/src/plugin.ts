import { definePlugin, type Gateway, lazyNamespaces, type Plugin, type TypedClient } from '@wamux/core'
import { authorize, type WarestConfig } from './auth.ts'
import type { WarestChat } from './capabilities/chat.ts'
import type { WarestContact } from './capabilities/contact.ts'
import type { WarestGroup } from './capabilities/group.ts'
import type { WarestMessage } from './capabilities/message.ts'
import type { WarestProfile } from './capabilities/profile.ts'
import { sessionVerbs, type WarestSession } from './capabilities/session.ts'
import type { WarestWebhook } from './capabilities/webhook.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'

export interface WarestCapabilities {
  readonly session: WarestSession
  readonly message: WarestMessage
  readonly chat: WarestChat
  readonly contact: WarestContact
  readonly group: WarestGroup
  readonly profile: WarestProfile
  readonly webhook: WarestWebhook
}

export type WarestGateway = Gateway<WarestCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a WARest server.
 *
 * @param config where it is and the key to use; everything else has a default
 * @throws GatewayError `config` when a value is missing or malformed
 */
export const createWarest: Plugin<WarestConfig, WarestCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  // creating a session waits for its QR code, a send with typing shown for some seconds
  timeoutMs: 30_000,
  create: (context): WarestCapabilities => ({
    session: sessionVerbs(context),
    ...lazyNamespaces<Omit<WarestCapabilities, 'session'>, WarestConfig>(manifest, context, {
      message: () => import('./capabilities/message.ts'),
      chat: () => import('./capabilities/chat.ts'),
      contact: () => import('./capabilities/contact.ts'),
      group: () => import('./capabilities/group.ts'),
      profile: () => import('./capabilities/profile.ts'),
      webhook: () => import('./capabilities/webhook.ts'),
    }),
  }),
})
