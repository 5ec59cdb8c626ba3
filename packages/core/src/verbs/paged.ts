import type { CallOptions } from '../schema/call-options.ts'
import type { Page, Paged, PageInput } from '../vocabulary/page.ts'

/** Fetches one page. */
export type FetchPage<Input extends PageInput, Item, Raw> = (input: Input, options?: CallOptions) => Promise<Page<Item, Raw>>

/**
 * Makes a list out of what fetches one page of it. The first page is asked for at once, each further one when the iteration comes to it:
 * no more than one page is kept.
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
        // a gateway that names the same page for ever would never end
        if (page.next === undefined || page.next === cursor) return
        cursor = page.next
        page = await fetchPage({ ...input, cursor }, options)
      }
    },
  })
}
