import type { Operation } from '@wamux/core'
import type { PagingRule } from '../overlay/overlay.ts'

type Input = Readonly<Record<string, unknown>>

/** Asks for one page and gives its entries. */
export type FetchEntries = (input: Input) => Promise<unknown[]>

// a gateway that ignores its page number would be asked for ever
const MOST_PAGES = 1_000

/**
 * Fetches entries until there are as many as wanted, or no more.
 *
 * @param limit most entries to give; Infinity for all
 */
export async function fetchEntries(
  operation: Operation,
  rule: PagingRule,
  input: Input,
  limit: number,
  fetch: FetchEntries,
): Promise<unknown[]> {
  if (rule.by === 'none') return (await fetch(input)).slice(0, limit)
  const size = Math.min(rule.size, largestPage(operation, rule), limit)
  const entries: unknown[] = []
  let before = ''
  for (let page = 0; page < MOST_PAGES; page++) {
    const where = rule.by === 'page' ? { page, size } : { offset: page * size, limit: size }
    const found = await fetch({ ...input, ...where })
    const first = JSON.stringify(found[0]) ?? ''
    // the gateway returned the same page again
    if (page > 0 && first === before) break
    before = first
    // one by one: a long page as arguments would be too many
    for (const entry of found) entries.push(entry)
    // for all of them it looks behind a short page too; a limit is met by fewer
    const last = rule.sparse && limit === Number.POSITIVE_INFINITY ? found.length === 0 : found.length < size
    if (last || entries.length >= limit) break
  }
  return entries.slice(0, limit)
}

function largestPage(operation: Operation, { by }: PagingRule): number {
  const parameter = operation.parameters?.find((one) => one.name === (by === 'page' ? 'size' : 'limit'))
  return parameter?.maximum ?? Number.POSITIVE_INFINITY
}
