import type { GatewayBase } from '@wamux/core'
import { createWarest } from '@wamux/warest'
import { operations } from '@wamux/warest/operations'
import { warestOverlay } from '../overlay/warest.ts'
import { PAGES } from '../wire/authenticate.ts'
import { credentialText } from '../wire/credential-text.ts'
import type { GatewayNode } from './gateway-node.ts'

// under these names an entry of `results` has the list itself
const LISTS = ['items', 'data', 'participants', 'joinRequests', 'chats', 'messages']

/** WARest: `X-WAREST-API-KEY`; answers come in `results` or `result`, lists one level deeper. */
export const warest: GatewayNode = {
  credential: 'wamuxWarestApi',
  keyField: 'apiKey',
  pages: PAGES.warest,
  places: { headers: ['x-warest-api-key'] },
  overlay: warestOverlay,
  table: operations,
  create: (credentials, settings) =>
    createWarest({
      ...settings,
      baseUrl: credentialText(credentials, 'baseUrl'),
      apiKey: credentialText(credentials, 'apiKey'),
    }) as unknown as GatewayBase,
  unwrap(operation, data) {
    const { results, result } = (data ?? {}) as { results?: unknown; result?: unknown }
    const inner = results ?? result
    if (inner === undefined || inner === null) return data
    return warestOverlay.pagingOf(operation) ? listIn(inner) : inner
  },
}

function listIn(inner: unknown): unknown {
  const entries = Array.isArray(inner) ? inner : [inner]
  const lists = entries.map((entry) => LISTS.map((name) => (entry as Record<string, unknown> | null)?.[name]).find(Array.isArray))
  return lists.every((list) => list !== undefined) ? lists.flat() : inner
}
