import type { GatewayId } from './sessions/session.ts'

/** Where each gateway is mounted. */
export const MOUNTS: Readonly<Record<GatewayId, string>> = {
  waha: '/waha',
  wawp: '/wawp',
  warest: '/warest',
  // its base URL carries the version
  sparkbot: '/sparkbot/v1',
}
