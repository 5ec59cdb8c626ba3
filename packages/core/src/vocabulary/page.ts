/** One page of a list. */
export interface Page<Item, Raw = unknown> {
  readonly items: readonly Item[]
  /** Where the next page begins: give it as `cursor`. Absent on the last page. */
  readonly next?: string
  readonly raw: Raw
}

/**
 * A list: await it for one page, or iterate over it for all items, page after page as they are needed.
 *
 * @example
 * const { items, next } = await gateway.chat.list({ session, limit: 50 })
 * for await (const chat of gateway.chat.list({ session })) console.log(chat.name)
 */
export type Paged<Item, Raw = unknown> = Promise<Page<Item, Raw>> & AsyncIterable<Item>

export interface PageInput {
  /** How many items a page has at most. Default: the gateway's own. */
  readonly limit?: number
  /** `next` of the page before. */
  readonly cursor?: string
}
