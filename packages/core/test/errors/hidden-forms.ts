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

/**
 * Declares the tests.
 *
 * @param runs how many inputs are made up for the widest test; the others have a share of it
 * @param answered keys that are looked for in every form
 */
export function hiddenForms(runs: number, answered: readonly string[]): void {
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
        { numRuns: runs },
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
        { numRuns: runs / 4 },
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

    const bytes = (text: string, write: (byte: number) => string) => Array.from(buffer(text), write).join('')
    const letters = (text: string, write: (code: number, at: number) => string) =>
      [...text].map((letter, at) => write(letter.codePointAt(0) ?? 0, at)).join('')
    const byte = (value: number) => value.toString(16).padStart(2, '0')
    const wide = (text: string) => text.replace(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
    const between = (sign: string) => (text: string) => [...text].join(sign)
    const percent = (text: string) => bytes(text, (value) => `%${byte(value)}`)
    const entities = (text: string) => letters(text, (code) => `&#${code};`)
    const escapes = (text: string) => letters(text, (code) => `\\u${code.toString(16).padStart(4, '0')}`)
    const hex = (text: string) => buffer(text).toString('hex')
    const quoted = (text: string) => bytes(text, (value) => `=${byte(value).toUpperCase()}`)
    const lines = (text: string) => text.replace(/.{4}/g, '$&=\r\n')

    it.each<readonly [string, (text: string) => string]>([
      ...['\0', '\u200b', '\u00ad', '\u200e', '\u2066', '\ufe0f', '\u034f', '\u{e0061}', '\u0301', '\u001b[0m', '\u0001', '\u2028'].flatMap(
        (sign) => {
          const name = `U+${sign.codePointAt(0)?.toString(16)}`
          const put = between(sign)
          return [
            [`letters with ${name} between them`, put],
            [`that, percent-encoded`, (text: string) => encodeURIComponent(put(text))],
            [`that, in JSON within JSON`, (text: string) => JSON.stringify(JSON.stringify(put(text)))],
            [`that, in escapes`, (text: string) => escapes(put(text)).replaceAll('\\ue0061', '\\udb40\\udc61')],
            [`that, in entities`, (text: string) => entities(put(text))],
            [`percent-encoded, with ${name} between`, (text: string) => put(percent(text))],
            [`entities, with ${name} between`, (text: string) => put(entities(text))],
          ] as [string, (text: string) => string][]
        },
      ),
      ...[' ', '-', '\t', '\r\n  ', '<!-- -->', '","'].map(
        (sign) => [`letters with ${JSON.stringify(sign)} between them`, between(sign)] as const,
      ),
      ['quoted-printable', quoted],
      ['quoted-printable in small digits', (text) => quoted(text).toLowerCase()],
      ['quoted-printable lines', (text) => lines(text.replaceAll('=', '=3D'))],
      ['percent-encoded quoted-printable', (text) => encodeURIComponent(quoted(text))],
      ['quoted-printable base64', (text) => lines(base64(`user:${text}`).replaceAll('=', '=3D'))],
      ['wide letters', wide],
      ['wide letters, percent-encoded', (text) => encodeURIComponent(wide(text))],
      ['wide letters in escapes', (text) => escapes(wide(text))],
      [
        'entities with names',
        (text) =>
          text.replace(/[-=/+_]/g, (sign) => ({ '-': '&dash;', '=': '&equals;', '/': '&sol;', '+': '&plus;', _: '&lowbar;' })[sign] ?? ''),
      ],
      ['entities in capital digits', (text) => letters(text, (code) => `&#X000${code.toString(16).toUpperCase()};`)],
      ['escapes of eight digits', (text) => letters(text, (code) => `\\U${code.toString(16).padStart(8, '0')}`)],
      ['octal bytes', (text) => bytes(text, (value) => `\\${value.toString(8).padStart(3, '0')}`)],
      ['percent-encoded three times', (text) => encodeURIComponent(encodeURIComponent(percent(text)))],
      [
        'percent-encoded in digits of both cases',
        (text) => letters(percent(text), (code, at) => (at % 2 ? String.fromCharCode(code) : String.fromCharCode(code).toUpperCase())),
      ],
      ...['', 'a', 'aa'].flatMap((before) => [
        [`base64url behind "${before}"`, (text: string) => buffer(`${before}${text}..`).toString('base64url')] as const,
        [
          `base64 behind "${before}", in lines of a mail`,
          (text: string) => base64(`${before}${text}`).replace(/.{6}/g, '$&\r\n\t'),
        ] as const,
        [`base64 behind "${before}", in groups`, (text: string) => base64(`${before}${text}`).replace(/.{6}/g, '$& ')] as const,
        [`base64 of hex digits behind "${before}"`, (text: string) => base64(`${before}${hex(text)}`)] as const,
        [
          `base64 of base64 of base64 behind "${before}"`,
          (text: string) => base64(before + base64(before + base64(before + text))),
        ] as const,
        [`base64 of percent-encoded text behind "${before}"`, (text: string) => base64(before + percent(text))] as const,
        [`base64 of entities behind "${before}"`, (text: string) => base64(before + entities(text))] as const,
        [`base64 of escapes behind "${before}"`, (text: string) => base64(before + escapes(text))] as const,
        [`base64 of UTF-16 behind "${before}"`, (text: string) => Buffer.from(before + text, 'utf16le').toString('base64')] as const,
      ]),
      ['base64 behind a path', (text) => `/api/files/${base64(text)}`],
      ['base64 in lines of entities', (text) => base64(`user:${text}`).replace(/.{5}/g, '$&&#13;&#10;')],
      ['base64 in percent-encoded lines', (text) => base64(`user:${text}`).replace(/.{5}/g, '$&%0D%0A')],
      ['the body of a token', (text) => `e30.${buffer(JSON.stringify({ key: text })).toString('base64url')}.c2ln`],
      ['a mail header', (text) => `=?utf-8?B?${base64(text)}?=`],
      ['hex digits of hex digits', (text) => hex(hex(text))],
      ['hex digits of percent-encoded text', (text) => hex(percent(text))],
      ['hex digits of escapes', (text) => hex(escapes(text))],
      ['hex digits of UTF-16', (text) => Buffer.from(text, 'utf16le').toString('hex')],
      [
        'bytes in a list of texts',
        (text) =>
          JSON.stringify(
            [...buffer(text)].map((value) => `0x${byte(value)}`),
            null,
            2,
          ),
      ],
      ['bytes with their index', (text) => JSON.stringify(new Uint8Array(buffer(text)))],
      ['numbers with spaces', (text) => [...buffer(text)].join(' ')],
      ['UTF-7', (text) => `+${Buffer.from(text, 'utf16le').swap16().toString('base64').replace(/=+$/, '')}-`],
    ])('as %s, in what a gateway may answer', (_, write) => {
      for (const text of answered) {
        const shown = createRedactor([text]).text(`{"error":"before ${write(text)} after"}`)
        expect(shown, text).toMatch(/^\{"error":"before .*\[redacted\].* after"\}$/s)
        expect(shown, text).not.toContain(write(text))
      }
    })

    it('as bytes that were taken for characters, and with accents of their own', () => {
      const text = 'tök+n/&"=?9'
      for (const written of [
        buffer(text).toString('latin1'),
        text.normalize('NFD'),
        escape(text),
        bytes(text, (value) => `\\x${byte(value)}`),
      ]) {
        expect(createRedactor([text]).text(written)).toBe('[redacted]')
      }
    })

    it.each([300, 301, 2_000, 20_000])('of %i characters', (length) => {
      const text = 'k3Y-'.repeat(length / 4 + 1).slice(0, length)
      const shown = createRedactor([text]).text(
        `${text} ${buffer(text).toString('hex')} ${base64(`u:${text}`)} ${encodeURIComponent(text)}`,
      )
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
        { numRuns: runs / 4 },
      )
    })
  })

  describe('what is no secret', () => {
    it.each([
      ['changeme', 'Please change me: the default key is not safe.'],
      ['testtest', 'This is a test. Test it again.'],
      ['supersecret', 'Webhook "super secret" was not found'],
      ['gateway-admin', 'The gateway (admin) refused the session'],
      ['session-default', 'Session "default" does not exist'],
      ['your-api-key', 'Your API key is missing. Send it as X-Api-Key.'],
    ])('usual messages stay, although the key %s is made of words', (key, message) => {
      for (const written of [message, JSON.stringify({ statusCode: 401, message })])
        expect(createRedactor([key]).text(written)).toBe(written)
    })

    it('stays as it is', () => {
      const redactor = createRedactor(['plainKey1234567'])
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.array(encoding, { maxLength: 2 }), (text, encodings) => {
          const written = encodings.reduce((inner, encode) => encode(inner.replace(/\p{Surrogate}/gu, '?')), text)
          expect(redactor.text(written)).toBe(written)
        }),
        { numRuns: runs / 4 },
      )
    })
  })
}
