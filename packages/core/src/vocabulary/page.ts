/** One page of a list. */
export interface Page<Item, Raw = unknown> {
  /** The items of this page. */
  readonly items: readonly Item[]
  /** Cursor of the next page. Absent on the last page. */
  readonly next?: string
  /** The gateway's response, unchanged. */
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

/** Which part of a list. */
export interface PageInput {
  /** Most items of a page. Default: the gateway's own, or wamux's 100 for gateways that count items. */
  readonly limit?: number
  /** `next` of the page before. Default: the first page. */
  readonly cursor?: string
}
