import { describe, expect, it } from 'vitest'
import { mimetypeOf, openMedia, toBase64 } from '../../src/verbs/index.ts'

const bytes = new Uint8Array([104, 105])

describe('openMedia', () => {
  it.each<[string, Parameters<typeof openMedia>[0], object]>([
    [
      'an address',
      { url: 'https://example.com/a/cat.png?x=1' },
      { kind: 'url', url: 'https://example.com/a/cat.png?x=1', mimetype: 'image/png' },
    ],
    [
      'an address that tells nothing',
      { url: 'https://example.com/' },
      { kind: 'url', url: 'https://example.com/', mimetype: 'image/jpeg' },
    ],
    [
      'an address with a shown name that has no ending',
      { url: 'https://example.com/cat.png', filename: 'My cat' },
      { kind: 'url', url: 'https://example.com/cat.png', mimetype: 'image/png', filename: 'My cat' },
    ],
    ['bytes', { data: bytes, filename: 'a.pdf' }, { kind: 'bytes', bytes, mimetype: 'application/pdf', filename: 'a.pdf' }],
    ['a blob', { data: new Blob([bytes], { type: 'image/gif' }) }, { kind: 'bytes', bytes, mimetype: 'image/gif' }],
    ['a stream', { data: new Blob([bytes]).stream(), mimetype: 'text/plain' }, { kind: 'bytes', bytes, mimetype: 'text/plain' }],
    ['base64', { base64: 'aGk=' }, { kind: 'bytes', bytes, mimetype: 'image/jpeg' }],
    ['a data URL', { base64: 'data:image/webp;base64,aGk=' }, { kind: 'bytes', bytes, mimetype: 'image/webp' }],
    ['base64 in lines', { base64: 'aG\nk=' }, { kind: 'bytes', bytes, mimetype: 'image/jpeg' }],
  ])('%s', async (_, media, expected) => {
    expect(await openMedia(media, 'image/jpeg')).toEqual(expected)
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'file'],
    ['two ways at once', { url: 'https://example.com', base64: 'aGk=' }, 'file'],
    ['a path', { url: '/etc/passwd' }, 'file.url'],
    ['a file address', { url: 'file:///etc/passwd' }, 'file.url'],
    ['no bytes', { data: new Uint8Array() }, 'file.data'],
    ['a text as bytes', { data: 'hi' }, 'file.data'],
    ['no base64', { base64: '***' }, 'file.base64'],
    ['empty base64', { base64: '' }, 'file.base64'],
    ['bad base64 length', { base64: 'aGk' + 'aa' }, 'file.base64'],
    ['a strange media type', { data: bytes, mimetype: 'picture' }, 'file.mimetype'],
  ])('refuses %s', async (_, media, field) => {
    await expect(openMedia(media as never)).rejects.toMatchObject({ kind: 'invalid_request', field })
  })
})

it('base64 of long content is the platform’s', () => {
  const long = Uint8Array.from({ length: 100_000 }, (_, at) => at % 256)
  expect(toBase64(long)).toBe(Buffer.from(long).toString('base64'))
})

it('knows endings, in upper case too, and no words of the prototype', () => {
  expect([mimetypeOf('A.JPG'), mimetypeOf('x.constructor'), mimetypeOf('noending'), mimetypeOf(undefined)]).toEqual([
    'image/jpeg',
    undefined,
    undefined,
    undefined,
  ])
})
