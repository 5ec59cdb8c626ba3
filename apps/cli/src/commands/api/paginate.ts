import { isRecord } from '../../output/fields.ts'

const SIZE = 100
const MAX_PAGES = 10_000

type Query = Readonly<Record<string, unknown>>

/**
 * Finds out how a list is paged: with `offset` and `limit`, or with `page`.
 *
 * @param names the parameters that the operation is known to have
 * @param query what was given
 * @returns a function that returns the query of the next page; undefined when the list has neither
 */
export function findPager(names: ReadonlySet<string>, query: Query): ((pages: number, items: number) => Query) | undefined {
  if (names.has('offset')) {
    const start = Number(query.offset ?? 0)
    // a server may return fewer items than the limit, so the offset follows from what came
    return (_pages, items) => ({ ...query, limit: query.limit ?? SIZE, offset: start + items })
  }
  if (names.has('page')) {
    const start = Number(query.page ?? 0)
    return (pages) => ({ ...query, page: start + pages })
  }
  return undefined
}

/**
 * Requests page after page, until one is empty or equals the one before.
 *
 * @returns all items; undefined when the response is no list
 */
export async function allPages(
  queryAfter: (pages: number, items: number) => Query,
  ask: (query: Query) => Promise<unknown>,
): Promise<readonly unknown[] | undefined> {
  const all: unknown[] = []
  let last = ''
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const items = itemsOf(await ask(queryAfter(pages, all.length)))
    if (!items) return pages === 0 ? undefined : all
    const text = JSON.stringify(items)
    // a server that ignores the parameter returns the same page again and again
    if (items.length === 0 || text === last) return all
    last = text
    // one by one: a long page as arguments would be too many
    for (const item of items) all.push(item)
  }
  return all
}

/** The list in a response: the response itself, or its only field that is a list. */
export function itemsOf(data: unknown): readonly unknown[] | undefined {
  if (Array.isArray(data)) return data
  if (!isRecord(data)) return undefined
  const lists = Object.values(data).filter(Array.isArray)
  return lists.length === 1 ? lists[0] : lists.length === 0 && isRecord(data.data) ? itemsOf(data.data) : undefined
}
