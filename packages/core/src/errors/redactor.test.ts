import { describe, expect, it } from 'vitest'
import { createRedactor } from './redactor.ts'

const secret = 'tök+n/&"=?9'

describe('createRedactor', () => {
  const redactor = createRedactor([secret], ['access_token'])

  it.each([
    ['plain', secret],
    ['URL-encoded', encodeURIComponent(secret)],
    ['double-encoded', encodeURIComponent(encodeURIComponent(secret))],
    ['form-encoded', new URLSearchParams({ a: secret }).toString()],
    ['in JSON', JSON.stringify({ a: secret })],
    ['lower-case percent encoding', encodeURIComponent(secret).toLowerCase()],
  ])('hides a secret that stands %s', (_, text) => {
    const shown = redactor.text(`before ${text} after`)
    expect(shown).toContain('[redacted]')
    expect(shown).not.toContain('n%2')
    expect(shown).toMatch(/^before .* after$/)
  })

  it('hides query parameters by name, whatever their value', () => {
    expect(redactor.url('http://h/p?access_token=unknown&x=1')).toBe('http://h/p?access_token=[redacted]&x=1')
    expect(redactor.url('http://h/p?ACCESS%5Ftoken=unknown')).not.toContain('unknown')
  })

  it('hides user info in a URL', () => {
    expect(redactor.url('http://user:pass@h/p')).toBe('http://[redacted]@h/p')
  })

  it('keeps name, message and code of an error and hides the rest of its chain', () => {
    const inner = Object.assign(new Error(`connect with ${secret}`), { code: 'ECONNREFUSED', secret })
    const shown = redactor.error(new TypeError(`fetch ${secret} failed`, { cause: inner }))
    expect(shown.name).toBe('TypeError')
    expect((shown.cause as { code?: string }).code).toBe('ECONNREFUSED')
    expect('secret' in (shown.cause as object)).toBe(false)
    expect(`${shown.stack}${(shown.cause as Error).stack}${shown.message}`).not.toContain(secret)
  })

  it('leaves words alone when a secret is too short to be one', () => {
    expect(createRedactor(['abc', '']).text('abcdef')).toBe('abcdef')
  })

  it('learns more secrets', () => {
    expect(redactor.with(['hook-secret']).text(`hook-secret ${secret}`)).toBe('[redacted] [redacted]')
  })

  it('searches a text anew that an earlier redactor found nothing in', () => {
    const [first, text] = [createRedactor([secret]), 'a hook-secret in a text']
    expect([first.text(text), first.text(text)]).toEqual([text, text])
    expect(first.with(['hook-secret']).text(text)).toBe('a [redacted] in a text')
    expect(first.text(`${text} ${secret}`)).toBe(`${text} [redacted]`)
  })
})
