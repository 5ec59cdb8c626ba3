import type { Gateway, Plugin, TypedClient } from '@wamux/core'
import { definePlugin, lazyNamespaces } from '@wamux/core/plugin'
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

/** The portable verbs of WARest, by namespace. A verb that WARest lacks is absent. */
export interface WarestCapabilities {
  /** Life of a session: create, start, pair, stop, log out. */
  readonly session: WarestSession
  /** Sends, reads and changes messages. */
  readonly message: WarestMessage
  /** Lists and manages chats. */
  readonly chat: WarestChat
  /** Contacts, and whether numbers are on WhatsApp. */
  readonly contact: WarestContact
  /** Groups and their participants. */
  readonly group: WarestGroup
  /** The paired account's own profile. */
  readonly profile: WarestProfile
  /** Webhooks that the gateway calls. */
  readonly webhook: WarestWebhook
}

/** WARest with its verbs, its typed client and `call()`: what {@link createWarest} returns. */
export type WarestGateway = Gateway<WarestCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a WARest server. Nothing is sent yet.
 *
 * @param config address and credentials; everything else has a default
 * @returns the gateway: its verbs, its typed `client`, `call()`, `events` and `manifest`
 * @throws {GatewayError} `config`: a required option is missing, or an option is malformed
 */
export const createWarest: Plugin<WarestConfig, WarestCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  // the server waits for the QR code of a new session, and shows typing for some seconds before it sends
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
