import { describe, expect, it } from 'vitest'
import { fillPath, normaliseBaseUrl, queryPairs, queryString } from './url.ts'

describe('fillPath', () => {
  it('encodes what would leave the segment', () => {
    expect(fillPath('/a/{id}/b', { id: 'x/y?z#%2e@c.us' })).toBe('/a/x%2Fy%3Fz%23%252e%40c.us/b')
  })

  it.each(['..', '.', '', ' ', '\u00a0\u3000', 'a\r\nb', 'a\u0000b', '\ud800'])('refuses %j', (id) => {
    expect(() => fillPath('/a/{id}', { id })).toThrow(expect.objectContaining({ kind: 'invalid_request', field: 'id' }))
  })

  it.each([undefined, null, {}, ['a']])('refuses %j, which is no text', (id) => {
    expect(() => fillPath('/a/{id}', { id })).toThrow(expect.objectContaining({ kind: 'invalid_request', field: 'id' }))
  })
})

describe('queryPairs', () => {
  it('repeats arrays, or joins the listed ones', () => {
    const pairs = queryPairs({ a: [1, 2], b: ['x', 'y'], c: undefined, d: null, e: false, 'filter.x': 'é' }, ['b'])
    expect(queryString(pairs)).toBe('?a=1&a=2&b=x%2Cy&e=false&filter.x=%C3%A9')
  })

  it('refuses nested objects instead of writing [object Object]', () => {
    expect(() => queryPairs({ filter: { x: 1 } })).toThrow(expect.objectContaining({ field: 'filter' }))
  })

  it('gives nothing for nothing', () => {
    expect(queryString(queryPairs(undefined))).toBe('')
  })
})

describe('normaliseBaseUrl', () => {
  it.each([
    ['http://h:1/', 'http://h:1'],
    ['https://h/prefix/', 'https://h/prefix'],
    ['http://h/a//', 'http://h/a'],
    ['HTTP://H', 'http://h'],
  ])('%s becomes %s', (given, expected) => {
    expect(normaliseBaseUrl(given)).toBe(expected)
  })

  it.each(['localhost:3000', 'ftp://h', 'http://u:p@h', 'http://h?x=1', 'http://h#f', 'nonsense', '', 'http://'])('refuses %s', (given) => {
    expect(normaliseBaseUrl(given)).toBeUndefined()
  })
})
