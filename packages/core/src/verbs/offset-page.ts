import { invalidInput } from '../errors/gateway-error.ts'
import type { Page, PageInput } from '../vocabulary/page.ts'

/** Where a page begins and how many items it has at most, for gateways that count items. */
export interface Offset {
  readonly limit: number
  readonly offset: number
}

/** Asked for when the caller does not say: with the gateway's own default nobody could see where the list ends. */
const PAGE_SIZE = 100

/**
 * Where a page begins; its cursor is the number of items before it.
 *
 * @throws GatewayError `invalid_request` for a limit or cursor that cannot be
 */
export function offsetOf({ limit = PAGE_SIZE, cursor = '0' }: PageInput): Offset {
  if (!Number.isInteger(limit) || limit < 1) throw invalidInput('limit', 'expected a whole number from 1 on')
  if (typeof cursor !== 'string' || !/^\d{1,15}$/.test(cursor)) throw invalidInput('cursor', 'expected `next` of a page of this list')
  return { limit, offset: Number(cursor) }
}

/**
 * The page out of what a gateway gave for an offset. One that gave more than it was asked for does not page: its answer is the whole list.
 *
 * @param rows the gateway's items; all count, also those that cannot be read
 * @param read gives an item, or nothing for a row that is none
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

/** Looked through behind a short page. */
const PROBE = 100

/**
 * The page of a list that leaves out some of what it counts, as engines do with reactions and deletions among messages: a short page is the
 * last one only when nothing comes behind it.
 *
 * @param ask gives the gateway's items and answer for an offset
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

/** The page out of a list that the gateway only gives as a whole; all of it unless a limit was asked for. */
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

function readAll<Row, Item>(rows: readonly Row[], read: (row: Row) => Item | undefined): Item[] {
  return rows.map(read).filter((item) => item !== undefined)
}
