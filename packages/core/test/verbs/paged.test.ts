import { describe, expect, it } from 'vitest'
import { paged } from '../../src/verbs/paged.ts'

const pages: Record<string, { items: number[]; next?: string }> = {
  start: { items: [1, 2], next: 'b' },
  b: { items: [3], next: 'c' },
  c: { items: [] },
}

function source(table = pages) {
  const asked: (string | undefined)[] = []
  const fetchPage = async ({ cursor }: { cursor?: string; limit?: number }) => {
    asked.push(cursor)
    const page = table[cursor ?? 'start']
    if (!page) throw new Error('gone')
    return { ...page, raw: cursor }
  }
  return { asked, fetchPage }
}

describe('paged', () => {
  it('is one page to whoever awaits it', async () => {
    const { asked, fetchPage } = source()
    expect(await paged(fetchPage, { limit: 2 })).toEqual({ items: [1, 2], next: 'b', raw: undefined })
    expect(asked).toEqual([undefined])
  })

  it('is all items to whoever iterates, and asks for a page when it is its turn', async () => {
    const { asked, fetchPage } = source()
    const found: number[] = []
    for await (const item of paged(fetchPage, {})) {
      found.push(item)
      if (item === 2) expect(asked).toEqual([undefined])
    }
    expect(found).toEqual([1, 2, 3])
    expect(asked).toEqual([undefined, 'b', 'c'])
  })

  it('asks no further when the loop is left', async () => {
    const { asked, fetchPage } = source()
    for await (const item of paged(fetchPage, {})) if (item === 1) break
    expect(asked).toEqual([undefined])
  })

  it('ends when a gateway names the same page again', async () => {
    const { fetchPage } = source({ start: { items: [1], next: 'b' }, b: { items: [2], next: 'b' } })
    const found: number[] = []
    for await (const item of paged(fetchPage, {})) found.push(item)
    expect(found).toEqual([1, 2])
  })

  it('fails where a page fails', async () => {
    const { fetchPage } = source({ start: { items: [1], next: 'x' } })
    const iterate = async () => {
      const found: number[] = []
      for await (const item of paged(fetchPage, {})) found.push(item)
      return found
    }
    await expect(iterate()).rejects.toThrow('gone')
  })
})
