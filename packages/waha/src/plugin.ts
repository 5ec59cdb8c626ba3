import { definePlugin, type Gateway, type Plugin, type TypedClient } from '@wamux/core'
import { authorize, type WahaConfig } from './auth.ts'
import { messageVerbs, type WahaMessage } from './capabilities/message.ts'
import { sessionVerbs, type WahaSession } from './capabilities/session.ts'
import type { calls, paths } from './generated/schema.ts'
import { manifest } from './manifest.ts'

export interface WahaCapabilities {
  readonly session: WahaSession
  readonly message: WahaMessage
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
  create: (context): WahaCapabilities => ({ session: sessionVerbs(context), message: messageVerbs(context) }),
})
