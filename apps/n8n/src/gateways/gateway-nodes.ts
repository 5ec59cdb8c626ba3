import type { GatewayNode } from './gateway-node.ts'
import { sparkbot } from './sparkbot.ts'
import { waha } from './waha.ts'
import { warest } from './warest.ts'
import { wawp } from './wawp.ts'

/** All gateways by their id. */
export const gatewayNodes: Readonly<Record<string, GatewayNode>> = { sparkbot, waha, warest, wawp }
