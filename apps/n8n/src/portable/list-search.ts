import { type Chat, type GatewayBase, type SessionInfo, supports } from '@wamux/core'
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow'
import { ownValue } from '../controls/own-value.ts'
import { gatewayNodes } from '../gateways/gateway-nodes.ts'
import { gatewayOpener } from '../gateways/open-gateway.ts'
import type { ListSearch } from '../lists/list-search.ts'
import { type ListPage, searchPages } from '../lists/search-pages.ts'
import { reportError } from '../run/report-error.ts'
import { credentialText } from '../wire/credential-text.ts'

const TIMEOUT_MS = 30_000

/** The lists of the portable node; empty where the gateway has no such verb, so that an ID is typed. */
export const portableLists: { [name: string]: ListSearch } = {
  async session(filter) {
    return listed(this, filter, '0', async ({ gateway }) => {
      if (!supports(gateway, 'session.list')) return { items: [] }
      const { sessions } = await gateway.session.list({}, { timeoutMs: TIMEOUT_MS })
      return { items: sessions.map(({ session, state }: SessionInfo) => ({ name: `${session} (${state})`, value: session })) }
    })
  },
  async chat(filter, token) {
    return listed(this, filter, token, async ({ gateway, session }, cursor) => {
      if (!supports(gateway, 'chat.list') || session === '') return { items: [] }
      const { items, next } = await gateway.chat.list({ session, ...(cursor ? { cursor } : {}) }, { timeoutMs: TIMEOUT_MS })
      return { items: items.map(({ id, name }: Chat) => ({ name: name ?? id, value: id })), next }
    })
  },
}

interface Asked {
  readonly gateway: GatewayBase
  readonly session: string
}

async function listed(
  context: ILoadOptionsFunctions,
  filter: string | undefined,
  token: string | undefined,
  find: (asked: Asked, cursor: string | undefined) => Promise<ListPage>,
): Promise<INodeListSearchResult> {
  try {
    const node = ownValue(gatewayNodes, String(context.getNodeParameter('gateway', '')))
    if (!node) return { results: [] }
    const { gateway, credentials } = await gatewayOpener(context)(node, { timeoutMs: TIMEOUT_MS })
    const chosen = context.getNodeParameter('session', '') as { value?: unknown } | string
    const session = String((typeof chosen === 'object' ? chosen.value : chosen) ?? '').trim() || credentialText(credentials, 'instanceId')
    return await searchPages(filter ?? '', token ?? '0', (_page, cursor) => find({ gateway, session }, cursor))
  } catch (error) {
    throw reportError(context.getNode(), error, 0)
  }
}
