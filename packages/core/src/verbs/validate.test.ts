import { describe, expect, it } from 'vitest'
import { httpUrlInput } from './validate.ts'

describe('httpUrlInput', () => {
  it.each(['http://localhost:3000/hook', 'https://example.com/a?token=b', 'HTTPS://Example.com'])('gives back %s as it is', (url) => {
    expect(httpUrlInput(url, 'url')).toBe(url)
  })

  it.each([
    undefined,
    null,
    7,
    '',
    'example.com',
    '/hook',
    'http:',
    'httpx://example.com',
    'ftp://example.com',
    'javascript:alert(1)',
    [],
    {},
  ])('refuses %j and names the field', (value) => {
    expect(() => httpUrlInput(value, 'file.url')).toThrow(
      expect.objectContaining({ kind: 'invalid_request', field: 'file.url', message: expect.stringContaining('http(s) address') }),
    )
  })

  it('does not quote an address, which may hold a token', () => {
    expect(() => httpUrlInput('ftp://secret@example.com', 'url')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('secret') }),
    )
  })
})
