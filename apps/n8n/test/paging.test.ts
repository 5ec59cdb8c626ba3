import type { Operation } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import type { PagingRule } from '../src/overlay/overlay.ts'
import { fetchEntries } from '../src/run/paging.ts'

const OPERATION = { id: 'chats.list', parameters: [] } as unknown as Operation

/** A gateway with so many entries; `hidden` ones count and are not given. */
function served(total: number, hidden: readonly number[] = []) {
  const asked: Record<string, unknown>[] = []
  const fetch = async (input: Readonly<Record<string, unknown>>) => {
    asked.push(input)
    const size = Number(input.limit ?? input.size)
    const begin = Number(input.offset ?? Number(input.page) * size)
    const all = Array.from({ length: total }, (_, index) => index)
    return all.slice(begin, begin + size).filter((index) => !hidden.includes(index))
  }
  return { asked, fetch }
}

const ALL = Number.POSITIVE_INFINITY
const byOffset: PagingRule = { by: 'offset', size: 10 }
const byPage: PagingRule = { by: 'page', size: 10 }

describe('a list in pages', () => {
  it('is fetched to its end', async () => {
    const { asked, fetch } = served(25)
    expect(await fetchEntries(OPERATION, byOffset, { session: 'a' }, ALL, fetch)).toHaveLength(25)
    expect(asked).toEqual([0, 10, 20].map((offset) => ({ session: 'a', offset, limit: 10 })))
  })

  it('is counted from page 0', async () => {
    const { asked, fetch } = served(20)
    expect(await fetchEntries(OPERATION, byPage, {}, ALL, fetch)).toHaveLength(20)
    expect(asked.map(({ page }) => page)).toEqual([0, 1, 2])
  })

  it('is not asked for more than is wanted', async () => {
    const { asked, fetch } = served(25)
    expect(await fetchEntries(OPERATION, byOffset, {}, 3, fetch)).toEqual([0, 1, 2])
    expect(asked).toEqual([{ offset: 0, limit: 3 }])
    expect(await fetchEntries(OPERATION, byOffset, {}, 12, fetch)).toHaveLength(12)
  })

  it('keeps to the largest page that the gateway takes', async () => {
    const { asked, fetch } = served(25)
    const operation = { ...OPERATION, parameters: [{ name: 'limit', in: 'query', type: 'integer', maximum: 4 }] } as Operation
    expect(await fetchEntries(operation, byOffset, {}, 6, fetch)).toHaveLength(6)
    expect(asked.map(({ limit }) => limit)).toEqual([4, 4])
  })

  it('that leaves out some of what it counts loses nothing', async () => {
    const { fetch } = served(25, [3, 12, 13])
    expect(await fetchEntries(OPERATION, { ...byOffset, sparse: true }, {}, ALL, fetch)).toHaveLength(22)
  })

  it('ends when the gateway gives the same page again', async () => {
    let calls = 0
    const fetch = async () => {
      calls += 1
      return Array.from({ length: 10 }, (_, index) => index)
    }
    expect(await fetchEntries(OPERATION, byOffset, {}, ALL, fetch)).toHaveLength(10)
    expect(calls).toBe(2)
  })

  it('that comes as a whole is cut', async () => {
    const fetch = async () => [1, 2, 3]
    expect(await fetchEntries(OPERATION, { by: 'none', size: 0 }, {}, 2, fetch)).toEqual([1, 2])
  })
})
