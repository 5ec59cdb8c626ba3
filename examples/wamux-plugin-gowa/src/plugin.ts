import type { Gateway, Plugin, TypedClient } from '@wamux/core'
import { definePlugin, lazyNamespaces } from '@wamux/core/plugin'
import { authorize, type GowaConfig } from './auth.ts'
import type { GowaMessage } from './capabilities/message.ts'
import { type GowaSession, sessionVerbs } from './capabilities/session.ts'
import type { GowaWebhook } from './capabilities/webhook.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'

/** The portable verbs of GOWA, by namespace. */
export interface GowaCapabilities {
  readonly session: GowaSession
  readonly message: GowaMessage
  readonly webhook: GowaWebhook
}

/** GOWA with its verbs, its typed client and `call()`. */
export type GowaGateway = Gateway<GowaCapabilities, TypedClient<paths>, calls>

/**
 * Connects to a GOWA server. Nothing is sent yet.
 *
 * @param config address, user and password; everything else has a default
 */
export const createGowa: Plugin<GowaConfig, GowaCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  create: (context: Parameters<typeof sessionVerbs>[0]): GowaCapabilities => ({
    session: sessionVerbs(context),
    ...lazyNamespaces<Omit<GowaCapabilities, 'session'>, GowaConfig>(manifest, context, {
      message: () => import('./capabilities/message.ts'),
      webhook: () => import('./capabilities/webhook.ts'),
    }),
  }),
})
