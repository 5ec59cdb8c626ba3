import { invalidInput } from '../errors/gateway-error.ts'
import type { Page, PageInput } from '../vocabulary/page.ts'

/** Where a page begins and how many items it has at most, for gateways that count items. */
export interface Offset {
  /** Most items of the page. */
  readonly limit: number
  /** Number of items before the page. */
  readonly offset: number
}

/** Items asked for when the caller names no limit. Without an explicit limit a full page could not be recognised. */
const PAGE_SIZE = 100

/**
 * Reads the limit and cursor of a caller. A cursor is the number of items before the page.
 *
 * @param input what the caller gave
 * @throws {GatewayError} `invalid_request`: limit or cursor is malformed
 */
export function offsetOf({ limit = PAGE_SIZE, cursor = '0' }: PageInput): Offset {
  if (!Number.isInteger(limit) || limit < 1) throw invalidInput('limit', 'expected a whole number from 1 on')
  if (typeof cursor !== 'string' || !/^\d{1,15}$/.test(cursor)) throw invalidInput('cursor', 'expected `next` of a page of this list')
  return { limit, offset: Number(cursor) }
}

/**
 * Makes a page out of a gateway's response. A gateway that returned more than `limit` items has ignored it: its response is taken for the
 * whole list, and the page is cut out of it.
 *
 * @param rows the gateway's items, unreadable ones included
 * @param at the page that was asked for
 * @param raw the gateway's response
 * @param read makes an item; `undefined` for a row that is not one
 */
export function offsetPage<Row, Item, Raw>(
  rows: readonly Row[],
  { limit, offset }: Offset,
  raw: Raw,
  read: (row: Row) => Item | undefined,
): Page<Item, Raw> {
  if (rows.length > limit) return cut(rows, { limit, offset }, raw, read)
  return { items: readAll(rows, read), ...(rows.length === limit ? { next: String(offset + limit) } : {}), raw }
}

/** Items asked for behind a short page, to find out whether the list goes on. */
const PROBE = 100

/**
 * Makes a page of a list that omits some of the items it counts, as engines do with reactions and deletions among messages. After a short
 * page a second request finds out whether the list goes on.
 *
 * @param ask fetches the gateway's items and response for an offset
 * @param at the page that was asked for
 * @param read makes an item; `undefined` for a row that is not one
 */
export async function sparsePage<Row, Item, Raw>(
  ask: (at: Offset) => Promise<{ readonly rows: readonly Row[]; readonly raw: Raw }>,
  { limit, offset }: Offset,
  read: (row: Row) => Item | undefined,
): Promise<Page<Item, Raw>> {
  const { rows, raw } = await ask({ limit, offset })
  const end = offset + limit
  const more = rows.length >= limit || (await ask({ limit: PROBE, offset: end })).rows.length > 0
  return { items: readAll(rows, read), ...(more ? { next: String(end) } : {}), raw }
}

/**
 * Cuts a page out of a list that the gateway only gives as a whole. Without a limit of the caller the page is the whole list.
 *
 * @param rows the gateway's items
 * @param input limit and cursor of the caller
 * @param raw the gateway's response
 * @param read makes an item; `undefined` for a row that is not one
 * @throws {GatewayError} `invalid_request`: limit or cursor is malformed
 */
export function wholePage<Row, Item, Raw>(
  rows: readonly Row[],
  input: PageInput,
  raw: Raw,
  read: (row: Row) => Item | undefined,
): Page<Item, Raw> {
  const { limit, offset } = offsetOf(input)
  return cut(rows, { limit: input.limit === undefined ? Math.max(rows.length, 1) : limit, offset }, raw, read)
}

function cut<Row, Item, Raw>(
  rows: readonly Row[],
  { limit, offset }: Offset,
  raw: Raw,
  read: (row: Row) => Item | undefined,
): Page<Item, Raw> {
  const end = offset + limit
  return { items: readAll(rows.slice(offset, end), read), ...(end < rows.length ? { next: String(end) } : {}), raw }
}

/**
 * Looks through a list page after page, where a gateway has no call for a single entry.
 *
 * @param size entries of a page
 * @param fetchRows asks for a page
 * @param fits whether an entry is the one
 * @returns `undefined` when there is none
 */
export async function findRow<Row extends object>(
  size: number,
  fetchRows: (at: Offset) => Promise<readonly Row[]>,
  fits: (row: Row) => boolean,
): Promise<Row | undefined> {
  let before: string | undefined
  for (let offset = 0; ; offset += size) {
    const rows = await fetchRows({ limit: size, offset })
    const found = rows.find(fits)
    const first = JSON.stringify(rows[0])
    // the gateway returned the same page again: offsets do not count there, so there is no other page
    if (found || rows.length < size || first === before) return found
    before = first
  }
}

function readAll<Row, Item>(rows: readonly Row[], read: (row: Row) => Item | undefined): Item[] {
  return rows.map(read).filter((item) => item !== undefined)
}
