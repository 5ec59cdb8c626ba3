import { operations } from '@wamux/waha/operations'
import { describe, expect, it } from 'vitest'
import { createSources } from '../../command/read-sources.ts'
import { addFields } from './fields.ts'
import { findRequest } from './match.ts'
import { allPages, findPager, itemsOf } from './paginate.ts'
import { plainPath } from './plain-path.ts'

const matchOperation = (table: typeof operations, method: 'GET' | 'DELETE', path: string) =>
  findRequest(table, method, plainPath(path)).match

describe('the operation that a path stands for', () => {
  it.each([
    ['GET', '/api/sessions/shop', 'sessions.get', { session: 'shop' }],
    ['GET', '/api/sessions/{session}', 'sessions.get', {}],
    ['DELETE', '/api/sessions/a%20b', 'sessions.delete', { session: 'a b' }],
    ['GET', '/api/shop/chats/overview', 'chats.overview', { session: 'shop' }],
  ] as const)('%s %s is %s', (method, path, id, values) => {
    expect(matchOperation(operations, method, path)).toMatchObject({ operation: { id }, values })
  })

  it.each([
    ['GET', '/api/sessions/a/b/c'],
    ['GET', '/nowhere'],
  ] as const)('%s %s is none', (method, path) => {
    expect(matchOperation(operations, method, path)).toBeUndefined()
  })
})

describe('fields', () => {
  const fields = async (texts: string[], typed = false) => {
    const target = {}
    await addFields(target, texts, typed, createSources(process))
    return target
  }

  it('nest as they do in gh', async () => {
    expect(await fields(['a=1', 'b[c]=x', 'b[d][e]=y', 'l[]=1', 'l[]=2', 'o[][id]=3'])).toEqual({
      a: '1',
      b: { c: 'x', d: { e: 'y' } },
      l: ['1', '2'],
      o: [{ id: '3' }],
    })
    expect(await fields(['a=1', 'b=true', 'c=null', 'd=x', 'e=[1,2]', 'f=-1.5', 'g={"h":1}', 'i=01x'], true)).toEqual({
      a: 1,
      b: true,
      c: null,
      d: 'x',
      e: [1, 2],
      f: -1.5,
      g: { h: 1 },
      i: '01x',
    })
  })

  it('reach no prototype', async () => {
    const target = await fields(['__proto__[polluted]=yes', 'constructor[prototype][polluted]=yes'])
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
    expect(Object.keys(target)).toEqual(['__proto__', 'constructor'])
  })

  it.each(['novalue', '=x', 'a[b=1', 'a]b=1'])('%s is none', async (text) => {
    await expect(fields([text])).rejects.toMatchObject({ name: 'UsageError' })
  })
})

describe('pages', () => {
  it('go on by offset or by page, and end with an empty one', async () => {
    const asked: unknown[] = []
    const all = await allPages(findPager(new Set(['offset', 'limit']), { limit: '2' }) ?? (() => ({})), async (query) => {
      asked.push(query)
      return { data: [1, 2, 3].slice(Number(query.offset), Number(query.offset) + 2) }
    })
    expect(all).toEqual([1, 2, 3])
    expect(asked).toEqual([0, 2, 3].map((offset) => ({ limit: '2', offset })))
    const byPage = await allPages(findPager(new Set(['page']), {}) ?? (() => ({})), async ({ page }) => (Number(page) < 2 ? [page] : []))
    expect(byPage).toEqual([0, 1])
  })

  it('end when a server gives the same page for ever, and are none where there is no list', async () => {
    expect(
      await allPages(
        (pages) => ({ page: pages }),
        async () => ['same'],
      ),
    ).toEqual(['same'])
    expect(
      await allPages(
        () => ({}),
        async () => ({ ok: true }),
      ),
    ).toBeUndefined()
    expect(findPager(new Set(['q']), {})).toBeUndefined()
    expect(itemsOf({ success: true, data: { list: [1], total: 1 } })).toEqual([1])
  })
})
