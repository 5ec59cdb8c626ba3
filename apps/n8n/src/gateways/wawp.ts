import type { GatewayBase } from '@wamux/core'
import { createWawp } from '@wamux/wawp'
import { operations } from '@wamux/wawp/operations'
import { wawpOverlay } from '../overlay/wawp.ts'
import { PAGES } from '../wire/authenticate.ts'
import { credentialText } from '../wire/credential-text.ts'
import type { GatewayNode } from './gateway-node.ts'

/** Wawp: `access_token` in the query, as in its own samples; the instance is no secret and goes beside it. */
export const wawp: GatewayNode = {
  credential: 'wamuxWawpApi',
  keyField: 'accessToken',
  pages: PAGES.wawp,
  places: { query: ['access_token'] },
  overlay: wawpOverlay,
  table: operations,
  create: (credentials, { instanceId, ...settings }) =>
    createWawp({
      ...settings,
      credentials: 'query',
      baseUrl: credentialText(credentials, 'baseUrl'),
      instanceId: instanceId ?? credentialText(credentials, 'instanceId'),
      accessToken: credentialText(credentials, 'accessToken'),
    }) as unknown as GatewayBase,
  unwrap({ id }, data) {
    const { channels, webhooks } = (data ?? {}) as { channels?: unknown; webhooks?: unknown }
    if (/^channels\.searchBy/.test(id)) return channels ?? data
    if (id === 'webhooks.list') return webhooks ?? data
    if (id === 'groups.list' && typeof data === 'object' && data !== null && !Array.isArray(data)) return Object.values(data)
    return data
  },
}
