import { describe, expect, it } from 'vitest'
import { offsetOf, offsetPage, sparsePage, wholePage } from './offset-page.ts'

const read = (row: number) => (row < 0 ? undefined : `#${row}`)

describe('offsetOf', () => {
  it('reads limit and cursor, and knows a page size where none is given', () => {
    expect(offsetOf({ limit: 20, cursor: '40' })).toEqual({ limit: 20, offset: 40 })
    expect(offsetOf({})).toEqual({ limit: 100, offset: 0 })
  })

  it.each([{ limit: 0 }, { limit: 1.5 }, { limit: Number.NaN }, { cursor: '' }, { cursor: '-1' }, { cursor: 'x' }])(
    'refuses %j',
    (input) => {
      const [field] = Object.keys(input)
      expect(() => offsetOf(input)).toThrow(expect.objectContaining({ kind: 'invalid_request', field }))
    },
  )
})

describe('offsetPage', () => {
  it('has a next page as long as pages are full', () => {
    expect(offsetPage([1, 2], { limit: 2, offset: 4 }, 'raw', read)).toEqual({ items: ['#1', '#2'], next: '6', raw: 'raw' })
    expect(offsetPage([1], { limit: 2, offset: 4 }, 'raw', read)).toEqual({ items: ['#1'], raw: 'raw' })
    expect(offsetPage([], { limit: 2, offset: 4 }, 'raw', read)).toEqual({ items: [], raw: 'raw' })
  })

  it('counts rows that cannot be read', () => {
    expect(offsetPage([1, -1], { limit: 2, offset: 0 }, 'raw', read)).toEqual({ items: ['#1'], next: '2', raw: 'raw' })
  })

  it('cuts the page out of the whole list', () => {
    expect(offsetPage([1, 2, 3], { limit: 2, offset: 0 }, 'raw', read)).toEqual({ items: ['#1', '#2'], next: '2', raw: 'raw' })
    expect(offsetPage([1, 2, 3], { limit: 2, offset: 2 }, 'raw', read)).toEqual({ items: ['#3'], raw: 'raw' })
  })
})

describe('wholePage', () => {
  it('is the whole list without a limit', () => {
    const rows = Array.from({ length: 250 }, (_, index) => index)
    expect(wholePage(rows, {}, 'raw', read)).toEqual({ items: rows.map(read), raw: 'raw' })
    expect(wholePage([], {}, 'raw', read)).toEqual({ items: [], raw: 'raw' })
  })

  it('is cut with one', () => {
    expect(wholePage([1, 2, 3], { limit: 2 }, 'raw', read)).toEqual({ items: ['#1', '#2'], next: '2', raw: 'raw' })
    expect(wholePage([1, 2, 3], { limit: 2, cursor: '2' }, 'raw', read)).toEqual({ items: ['#3'], raw: 'raw' })
  })
})

describe('sparsePage', () => {
  it('goes on behind a short page as long as something follows', async () => {
    const asked: object[] = []
    const all = [1, 2, -1, -1, 3]
    const ask = async (at: { offset: number; limit: number }) => {
      asked.push(at)
      return { rows: all.slice(at.offset, at.offset + at.limit).filter((row) => row > 0), raw: 'raw' }
    }
    expect(await sparsePage(ask, { limit: 2, offset: 0 }, read)).toEqual({ items: ['#1', '#2'], next: '2', raw: 'raw' })
    expect(await sparsePage(ask, { limit: 2, offset: 2 }, read)).toEqual({ items: [], next: '4', raw: 'raw' })
    expect(await sparsePage(ask, { limit: 2, offset: 4 }, read)).toEqual({ items: ['#3'], raw: 'raw' })
    expect(asked).toEqual([0, 2, 4, 4, 6].map((offset, index) => ({ offset, limit: index === 2 || index === 4 ? 100 : 2 })))
  })
})
