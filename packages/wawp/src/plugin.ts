import { definePlugin, type Gateway, type Plugin, type TypedClient } from '@wamux/core'
import { authorize, type WawpConfig } from './auth.ts'
import { messageVerbs, type WawpMessage } from './capabilities/message.ts'
import { sessionVerbs, type WawpSession } from './capabilities/session.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'
import { refuses } from './refuses.ts'

export interface WawpCapabilities {
  readonly session: WawpSession
  readonly message: WawpMessage
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
  refuses,
  // sends pass a queue on the server and may take their time
  timeoutMs: 60_000,
  create: (context): WawpCapabilities => ({ session: sessionVerbs(context), message: messageVerbs(context) }),
})
