import type { Gateway, Plugin, PluginContext, TypedClient } from '@wamux/core'
import { definePlugin, lazyNamespaces } from '@wamux/core/plugin'
import { type AcmeConfig, authorize } from './auth.ts'
import type { AcmeMessage } from './capabilities/message.ts'
import { type AcmeSession, sessionVerbs } from './capabilities/session.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'

/** The portable verbs of Acme, by namespace. */
export interface AcmeCapabilities {
  readonly session: AcmeSession
  readonly message: AcmeMessage
}

/** Acme with its verbs, its typed client and `call()`. */
export type AcmeGateway = Gateway<AcmeCapabilities, TypedClient<paths>, calls>

/**
 * Connects to Acme. Nothing is sent yet.
 *
 * @param config address and key; everything else has a default
 */
export const createAcme: Plugin<AcmeConfig, AcmeCapabilities, paths, calls> = definePlugin<paths, calls>()({
  contract: 1,
  manifest,
  operations: () => import('./generated/operations.ts'),
  auth: authorize,
  failures: () => import('./errors.ts'),
  create: (context: PluginContext<AcmeConfig>): AcmeCapabilities => ({
    session: sessionVerbs(context),
    ...lazyNamespaces<Omit<AcmeCapabilities, 'session'>, AcmeConfig>(manifest, context, {
      message: () => import('./capabilities/message.ts'),
    }),
  }),
})
