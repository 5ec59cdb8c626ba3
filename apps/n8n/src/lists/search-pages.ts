import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow'

/** One page of a list. */
export interface ListPage {
  readonly items: readonly INodeListSearchItems[]
  /** What names the next page; nothing on the last one. */
  readonly next?: string | number | undefined
}

const ENOUGH = 20
// what a person waits for while the list is open
const MOST_PAGES = 20

/**
 * A page of a list for n8n. With a filter it looks through page after page until there is something to show; the rest comes when the
 * person scrolls on.
 *
 * @param filter what was typed; a part of the name or id
 * @param token names the first page to look at, as n8n gives it back; `0` at the beginning
 * @param load fetches a page by the number or cursor of the one before
 */
export async function searchPages(
  filter: string,
  token: string,
  load: (page: number, cursor: string | undefined) => Promise<ListPage>,
): Promise<INodeListSearchResult> {
  const wanted = filter.trim().toLowerCase()
  const results: INodeListSearchItems[] = []
  let next: string | number | undefined = token
  for (let pages = 0; pages < MOST_PAGES && next !== undefined; pages++) {
    const page: ListPage = await load(Number(next) || 0, next === '0' ? undefined : String(next))
    for (const item of page.items) if (`${item.name} ${item.value}`.toLowerCase().includes(wanted)) results.push(item)
    next = page.next
    if (wanted === '' || results.length >= ENOUGH) break
  }
  return next === undefined ? { results } : { results, paginationToken: String(next) }
}
