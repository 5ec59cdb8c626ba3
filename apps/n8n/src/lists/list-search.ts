import type { ILoadOptionsFunctions, INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow'
import type { GatewayNode } from '../gateways/gateway-node.ts'
import { gatewayOpener } from '../gateways/open-gateway.ts'
import type { ListRule } from '../overlay/overlay.ts'
import { reportError } from '../run/report-error.ts'
import { searchPages } from './search-pages.ts'

const PAGE = 100
const TIMEOUT_MS = 30_000

/** A method behind From List. */
export type ListSearch = (this: ILoadOptionsFunctions, filter?: string, paginationToken?: string) => Promise<INodeListSearchResult>

type Entry = Readonly<Record<string, unknown>>

/** The methods behind From List, one for each list of the gateway. */
export function listSearches(node: GatewayNode): { [name: string]: ListSearch } {
  const entries = Object.entries(node.overlay.lists).map(([name, rule]): [string, ListSearch] => [
    name,
    function search(filter, paginationToken) {
      return searchList(this, node, rule, filter, paginationToken)
    },
  ])
  return Object.fromEntries(entries)
}

async function searchList(
  context: ILoadOptionsFunctions,
  node: GatewayNode,
  rule: ListRule,
  filter = '',
  token = '0',
): Promise<INodeListSearchResult> {
  const operation = node.table.operations[rule.operation]
  if (!operation) throw new Error(`there is no operation ${rule.operation}`)
  try {
    const needed = Object.entries(rule.needs ?? {}).map(([input, parameter]) => [input, chosenValue(context, parameter)] as const)
    // nothing to list before its session is chosen
    if (needed.some(([, value]) => value === '')) return { results: [] }
    const { gateway } = await gatewayOpener(context)(node, { timeoutMs: TIMEOUT_MS })
    const paging = node.overlay.pagingOf(operation)
    const input = { ...rule.input, ...Object.fromEntries(needed) }
    return await searchPages(filter, token, async (page) => {
      const where = paging?.by === 'offset' ? { limit: PAGE, offset: page * PAGE } : paging?.by === 'page' ? { size: PAGE, page } : {}
      const { data } = await gateway.call(operation.id, { ...input, ...where }, { timeoutMs: TIMEOUT_MS })
      const found = node.unwrap(operation, data)
      const entries = (Array.isArray(found) ? found : []) as Entry[]
      const more = paging !== undefined && paging.by !== 'none' && entries.length === PAGE
      return { items: entries.flatMap((entry) => itemOf(entry, rule)), ...(more ? { next: page + 1 } : {}) }
    })
  } catch (error) {
    throw reportError(context.getNode(), error, 0)
  }
}

function chosenValue(context: ILoadOptionsFunctions, parameter: string): string {
  const value = context.getNodeParameter(parameter, '')
  const plain = typeof value === 'object' && value !== null && 'value' in value ? value.value : value
  return typeof plain === 'string' || typeof plain === 'number' ? String(plain).trim() : ''
}

function itemOf(entry: Entry, rule: ListRule): INodeListSearchItems[] {
  const value = firstText(entry, rule.id)
  if (value === undefined) return []
  const name = firstText(entry, rule.name) ?? value
  const about = firstText(entry, rule.about ?? [])
  return [{ name: about === undefined || about === name ? name : `${name} (${about})`, value }]
}

function firstText(entry: Entry, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = path.split('.').reduce<unknown>((inner, key) => (inner as Entry | null | undefined)?.[key], entry)
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value)
  }
  return undefined
}
