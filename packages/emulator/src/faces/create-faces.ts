import type { GatewayCredentials } from '../gateways.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { State } from '../state.ts'
import type { Face } from './face.ts'
import { sparkbotFace } from './sparkbot/index.ts'
import { wahaFace } from './waha/index.ts'
import { warestFace } from './warest/index.ts'
import { wawpFace } from './wawp/index.ts'

/** The faces of all gateways over one state. */
export function createFaces(state: State, credentials: GatewayCredentials): Readonly<Record<GatewayId, Face>> {
  return {
    waha: wahaFace(state, credentials.waha),
    wawp: wawpFace(state, credentials.wawp),
    warest: warestFace(state, credentials.warest),
    sparkbot: sparkbotFace(state, credentials.sparkbot),
  }
}
