import type { GatewayBase } from '@wamux/core'
import { createWaha } from '@wamux/waha'
import { operations } from '@wamux/waha/operations'
import { wahaOverlay } from '../overlay/waha.ts'
import { PAGES } from '../wire/authenticate.ts'
import { credentialText } from '../wire/credential-text.ts'
import type { GatewayNode } from './gateway-node.ts'

/** WAHA: `X-Api-Key`; answers are bare, but a list of groups may be an object keyed by id. */
export const waha: GatewayNode = {
  credential: 'wamuxWahaApi',
  keyField: 'apiKey',
  pages: PAGES.waha,
  places: { headers: ['x-api-key'] },
  overlay: wahaOverlay,
  table: operations,
  create: (credentials, settings) =>
    createWaha({
      ...settings,
      baseUrl: credentialText(credentials, 'baseUrl'),
      apiKey: credentialText(credentials, 'apiKey'),
    }) as unknown as GatewayBase,
  unwrap: ({ id }, data) => {
    if (/^channels\.searchBy/.test(id)) return (data as { channels?: unknown } | null)?.channels ?? data
    return id === 'groups.list' && isMap(data) ? Object.values(data) : data
  },
}

function isMap(data: unknown): data is Record<string, object> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return false
  return Object.values(data).every((one) => typeof one === 'object' && one !== null)
}
