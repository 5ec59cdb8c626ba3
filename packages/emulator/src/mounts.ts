import type { GatewayId } from './sessions/session.ts'

/** Where each gateway is mounted. */
export const MOUNTS: Readonly<Record<GatewayId, string>> = {
  waha: '/waha',
  wawp: '/wawp',
  warest: '/warest',
  // its base URL carries the version
  sparkbot: '/sparkbot/v1',
}

/** The gateway that a path leads to, and what is below its mount, with the query; `undefined` for paths of none. */
export function gatewayAt(target: string): { readonly gateway: GatewayId; readonly target: string } | undefined {
  for (const gateway of Object.keys(MOUNTS) as GatewayId[]) {
    if (!target.startsWith(MOUNTS[gateway])) continue
    const below = target.slice(MOUNTS[gateway].length)
    if (below === '' || below.startsWith('/') || below.startsWith('?')) return { gateway, target: below }
  }
  return undefined
}
