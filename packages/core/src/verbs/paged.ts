import type { CallOptions } from '../schema/call-options.ts'
import type { Page, Paged, PageInput } from '../vocabulary/page.ts'

/** Fetches one page. */
export type FetchPage<Input extends PageInput, Item, Raw> = (input: Input, options?: CallOptions) => Promise<Page<Item, Raw>>

/**
 * Makes an iterable list out of a function that fetches one page. The first page is fetched at once, each further one when the iteration
 * gets to it. Only one page is kept in memory.
 *
 * @param fetchPage fetches a page
 * @param input input of the first page
 * @param options options of each call
 * @returns a promise of the first page that can also be iterated over all items
 */
export function paged<Input extends PageInput, Item, Raw>(
  fetchPage: FetchPage<Input, Item, Raw>,
  input: Input,
  options?: CallOptions,
): Paged<Item, Raw> {
  const first = fetchPage(input, options)
  return Object.assign(first, {
    async *[Symbol.asyncIterator]() {
      let page = await first
      for (let cursor = input.cursor; ; ) {
        yield* page.items
        // ends the iteration when the gateway names the same page as the next one again
        if (page.next === undefined || page.next === cursor) return
        cursor = page.next
        page = await fetchPage({ ...input, cursor }, options)
      }
    },
  })
}
