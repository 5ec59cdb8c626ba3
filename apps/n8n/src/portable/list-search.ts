import { type Chat, type GatewayBase, type SessionInfo, supports } from '@wamux/core'
import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow'
import { ownValue } from '../controls/own-value.ts'
import { credentialText } from '../gateways/gateway-node.ts'
import { gatewayNodes } from '../gateways/gateway-nodes.ts'
import type { ListSearch } from '../lists/list-search.ts'
import { reportError } from '../run/report-error.ts'
import { n8nFetch } from '../wire/n8n-fetch.ts'

const TIMEOUT_MS = 30_000

/** The lists of the portable node; empty where the gateway has no such verb, so that an ID is typed. */
export const portableLists: { [name: string]: ListSearch } = {
  async session(filter) {
    return listed(this, filter, async ({ gateway }) => {
      if (!supports(gateway, 'session.list')) return { items: [] }
      const { sessions } = await gateway.session.list({}, { timeoutMs: TIMEOUT_MS })
      return { items: sessions.map(({ session, state }: SessionInfo) => ({ name: `${session} (${state})`, value: session })) }
    })
  },
  async chat(filter, cursor) {
    return listed(this, filter, async ({ gateway, session }) => {
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

interface Found {
  readonly items: readonly INodeListSearchItems[]
  readonly next?: string | undefined
}

async function listed(
  context: ILoadOptionsFunctions,
  filter: string | undefined,
  find: (asked: Asked) => Promise<Found>,
): Promise<INodeListSearchResult> {
  try {
    const node = ownValue(gatewayNodes, String(context.getNodeParameter('gateway', '')))
    if (!node) return { results: [] }
    const credentials = await context.getCredentials(node.credential)
    const gateway = node.create(credentials, { fetch: n8nFetch(context, node.credential, node.places, TIMEOUT_MS) })
    const chosen = context.getNodeParameter('session', '') as { value?: unknown } | string
    const session = String((typeof chosen === 'object' ? chosen.value : chosen) ?? '').trim() || credentialText(credentials, 'instanceId')
    const { items, next } = await find({ gateway, session })
    const wanted = (filter ?? '').trim().toLowerCase()
    const results = items.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted))
    return next === undefined ? { results } : { results, paginationToken: next }
  } catch (error) {
    throw reportError(context.getNode(), error, 0)
  }
}
