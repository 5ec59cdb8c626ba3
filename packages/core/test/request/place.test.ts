import { expectLinear, repeated } from '@wamux/testkit/growth'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBelow, normaliseBaseUrl } from '../../src/request/url.ts'
import { createSample, scripted } from '../sample-gateway.ts'

const BASES = ['http://h', 'https://h.example:8443', 'http://h/prefix', 'http://[::1]:3000/a/b', 'http://user-like.example/%7Ea']

const pieces = fc.constantFrom(
  ...['/', '//', '\\', '..', '.', '%2e', '%2E%2e', '%2f', '%5c', '@', ':', '8443', 'evil.example', '?', '#', ' ', '\t', '\n', '\r', '\0'],
  ...['x', 'api', '{session}', '[', ']', '%', '%00', 'é', '\ud83d', '😀', ';', '&', '=', '~', 'http:', 'HTTP://h', '／', '。。', '\u2028'],
)
const paths = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(''))

describe('whatever a path is made of', () => {
  it('it stays below the base URL, or is refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BASES), fc.oneof(paths, fc.string({ unit: 'binary' })), (baseUrl, path) => {
        if (!isBelow(baseUrl, path)) return
        const { href, origin, username, search, hash } = new URL(baseUrl + path)
        expect(href.startsWith(`${baseUrl}/`)).toBe(true)
        expect([origin, username, search, hash]).toEqual([new URL(baseUrl).origin, '', '', ''])
        expect(href.slice(baseUrl.length)).toBe(path)
        expect(path.split('/')).not.toContain('..')
      }),
      { numRuns: 20_000 },
    )
  })

  it.each(['/', '/x', '/x/', '/x//y', '/api/a%2Fb', '/~x/a.b/..c/c..', '/:8443/@evil.example', '/x;a=b&c'])('%s is taken', (path) => {
    for (const baseUrl of BASES) expect(isBelow(baseUrl, path)).toBe(true)
  })

  it('a request goes there or nowhere, with values from outside as well', async () => {
    await fc.assert(
      fc.asyncProperty(paths, fc.string({ unit: 'binary' }), async (path, session) => {
        const { fetch, seen } = scripted(Response.json({}))
        const sample = createSample({ baseUrl: 'http://gateway.invalid/prefix', apiKey: 'key-of-test', fetch })
        const client = sample.client as unknown as { GET(path: string, init: object): Promise<unknown> }
        await client.GET(path, { params: { path: { session } } }).catch(() => undefined)
        for (const { url } of seen) expect(new URL(url).href.startsWith('http://gateway.invalid/prefix/')).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

it('reading a base URL takes no longer than its length asks for', async () => {
  await expectLinear((url) => normaliseBaseUrl(url), repeated('/', 'http://h/', 'x'), 200_000)
})
