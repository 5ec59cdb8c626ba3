import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor } from '../../src/errors/redactor.ts'

const SECRETS = ['tök+n/&"=?9', 'k3y-AbC/de+f==', '\\\\s\\x%41&amp;z', 'sec😀ret<1>', 'plainKey1234567', '0123456789abcdef', 'a%2Fb%252Fc']

const ENCODINGS: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(text).toLowerCase(),
  (text) => new URLSearchParams({ a: text }).toString().slice(2),
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
  (text) => [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  (text) => [...text].map((character) => `&#${character.codePointAt(0)};`).join(''),
  (text) => [...text].map((character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(''),
  (text) => [...text].map((character) => `\\u{${character.codePointAt(0)?.toString(16)}}`).join(''),
  (text) =>
    [...text]
      .map((character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`.replace(/^\\[^0-3].*|.{5,}/s, character))
      .join(''),
  (text) => [...Array(text.length).keys()].map((at) => `%u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  (text) => text.replaceAll('&', '\\u0026').replaceAll('<', '\\u003c').replaceAll('+', '\\u002B'),
]
const encoding = fc.constantFrom(...ENCODINGS)
const secret = fc.constantFrom(...SECRETS)
const around = fc.constantFrom('', ' ', '"', '%', '&', '\\', '%25', '4', 'x', '{"a":"', '=', '😀')

describe('a secret is hidden', () => {
  it('under up to four encodings, one over the other', () => {
    fc.assert(
      fc.property(secret, fc.array(encoding, { maxLength: 4 }), around, around, (text, encodings, before, after) => {
        // what stands around it is written the same way as the secret is
        const written = encodings.reduce((inner, encode) => encode(inner), text)
        const shown = createRedactor([text]).text(before + written + after)
        expect(shown).toContain('[redacted]')
        expect(shown).not.toContain(written)
      }),
      { numRuns: 2_000 },
    )
  })

  const buffer = (text: string) => Buffer.from(text)

  it('in base64 text, at any place of it', () => {
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (text, before, after) => {
        const whole = buffer(before + text + after)
        for (const base64 of [whole.toString('base64'), whole.toString('base64url'), encodeURIComponent(whole.toString('base64'))]) {
          const shown = createRedactor([text]).text(`"${base64}"`)
          expect(shown).toContain('[redacted]')
          expect(buffer(decodeURIComponent(shown.replaceAll(/\[redacted\]/g, '')))).not.toContain(text)
        }
      }),
    )
  })

  it.each(SECRETS)('as hex digits in both cases: %s', (text) => {
    const hex = buffer(text).toString('hex')
    const redactor = createRedactor([text])
    for (const written of [hex, hex.toUpperCase()]) expect(redactor.text(`(0x${written})`)).toBe('(0x[redacted])')
  })

  const base64 = (text: string) => buffer(text).toString('base64')
  it.each<readonly [string, (text: string) => string]>([
    ['base64 text of base64 text', (text) => base64(`user:${base64(`user:${text}`)}`)],
    ['base64 text of percent-encoded text', (text) => base64(`?key=${encodeURIComponent(text)}`)],
    ['base64 text in lines', (text) => base64(`user:${text}`).replace(/.{5}/g, '$&\r\n')],
    ['base64 text in lines, in JSON', (text) => JSON.stringify({ a: base64(`user:${text}`).replace(/.{5}/g, '$&\n') })],
    ['hex digits of base64 text', (text) => buffer(base64(`user:${text}`)).toString('hex')],
    [
      'hex digits with colons',
      (text) =>
        buffer(text)
          .toString('hex')
          .replace(/..(?=.)/g, '$&:'),
    ],
    [
      'a dump',
      (text) =>
        buffer(text)
          .toString('hex')
          .toUpperCase()
          .replace(/..(?=.)/g, '$& '),
    ],
    ['bytes of a program', (text) => [...buffer(text)].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(', ')],
    ['entities that do not end', (text) => [...text].map((character) => `&#${character.codePointAt(0)}`).join('')],
    ['letters with nothing to see between them', (text) => [...text].join('\u200b')],
    ['a Buffer in JSON', (text) => JSON.stringify(buffer(text))],
    ['bytes in JSON of many lines', (text) => JSON.stringify([...buffer(text)], null, 4)],
    ['UTF-16 that was read as UTF-8', (text) => new TextDecoder().decode(Buffer.from(text, 'utf16le'))],
  ])('as %s', (name, write) => {
    // letters beyond ASCII are lost there, and escapes among NULs are none
    for (const text of SECRETS.filter((one) => !name.startsWith('UTF-16') || /^[\w-/+=]+$/.test(one))) {
      const written = write(text)
      const shown = createRedactor([text]).text(`before ${written} after`)
      expect(shown, text).toContain('[redacted]')
      expect(shown.replace(/before|after|\[redacted\]/g, '').length, text).toBeLessThan(written.length * 0.7)
    }
  })

  it.each([300, 301, 2_000, 20_000])('of %i characters', (length) => {
    const text = 'k3Y-'.repeat(length / 4 + 1).slice(0, length)
    const shown = createRedactor([text]).text(`${text} ${buffer(text).toString('hex')} ${base64(`u:${text}`)} ${encodeURIComponent(text)}`)
    expect(shown).toMatch(/^\[redacted\] \[redacted\] .{0,5}\[redacted\].{0,4} \[redacted\]$/)
  })

  it('and what is left is still JSON', () => {
    fc.assert(
      fc.property(secret, around, around, (text, before, after) => {
        const json = JSON.stringify({ a: before + text + after, b: JSON.stringify({ c: [before + text] }) }).replaceAll('/', '\\/')
        const shown = createRedactor([text]).text(json)
        expect(() => JSON.parse(shown)).not.toThrow()
        expect(shown.match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(2)
      }),
    )
  })
})

describe('what is no secret', () => {
  it('stays as it is', () => {
    const redactor = createRedactor(['plainKey1234567'])
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(encoding, { maxLength: 3 }), (text, encodings) => {
        const written = encodings.reduce((inner, encode) => encode(inner.replace(/\p{Surrogate}/gu, '?')), text)
        expect(redactor.text(written)).toBe(written)
      }),
    )
  })
})
