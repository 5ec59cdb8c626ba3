import { type VerbId, verbIds } from '@wamux/core'
import { openTestGateway } from '@wamux/emulator'
import { createSparkbot } from '@wamux/sparkbot'
import { createWaha } from '@wamux/waha'
import { createWarest } from '@wamux/warest'
import { createWawp } from '@wamux/wawp'
import { describe, expect, it } from 'vitest'
import { createContext, type SuiteContext } from '../src/context/context.ts'
import type { Subject } from '../src/index.ts'
import { type SeenRequest, STUB_URL, type StubAnswer } from '../src/recording/stub-gateway.ts'
import { CANARY, endingOf, perform } from '../src/running/call-verb.ts'
import { placesOf } from '../src/running/leaks.ts'
import { madeUpFixtures, samples } from '../src/samples/verb-samples.ts'

const SUBJECTS: readonly Subject[] = [
  { plugin: createWaha, gateway: () => openTestGateway('waha') },
  { plugin: createWawp, gateway: () => openTestGateway('wawp') },
  { plugin: createWarest, gateway: () => openTestGateway('warest') },
  { plugin: createSparkbot, gateway: () => openTestGateway('sparkbot') },
]

/** What may stand where a text or number is wanted. */
const JUNK: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-1', -1],
  ['2 ** 53', 2 ** 53],
  ['a bigint', 5n],
  ['true', true],
  ['nothing', ''],
  ['a space', ' '],
  ['an empty list', []],
  ['a list of lists', [[['a']]]],
  ['an empty object', {}],
  ['an object without prototype', Object.create(null)],
  ['a function', () => 'x'],
  ['a symbol', Symbol('x')],
  ['a date that is none', new Date(Number.NaN)],
  ['a circle', circle()],
  ['a proxy that throws', new Proxy({}, { get: trap, has: trap, ownKeys: trap, getPrototypeOf: trap })],
  ['bytes', new Uint8Array(3)],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['123@constructor', '123@constructor'],
  ['1@toString', '1@toString'],
  ['dots', '../../admin'],
  ['a host', '//evil.example/x'],
  ['line breaks', 'a\r\nX-Evil: 1'],
  ['a NUL', 'a\0b'],
  ['half a character', '\ud83d'],
  ['a right-to-left override', 'a\u202eb'],
  ['100,000 letters', 'a'.repeat(100_000)],
]

/** Values that a URL parser, a proxy or a server might take for more than one segment. */
const HOSTILE: readonly string[] = [
  ...[
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    '.%2e',
    '..;',
    '..;/',
    '..%2f',
    '..%5c',
    '%252e%252e',
    '\u2024\u2024',
    '\uff0e\uff0e',
    '.\u200b.',
    '..\\',
    '\\..',
  ],
  ...[
    '/',
    '//',
    '\\',
    '%2f',
    '%5c',
    '%252f',
    '\u2215',
    '\u2044',
    '\uff0f',
    '\uff3c',
    '/x',
    'x/',
    'x/../../y',
    '//evil.example',
    '/\\evil.example',
  ],
  ...[
    '?a=b',
    '#x',
    '&a=b',
    ';a=b',
    '%3f',
    '%23',
    '%00',
    '%0d%0a',
    '%0a',
    '%',
    '%zz',
    '%u002e',
    '{session}',
    '{}',
    '}{',
    '$&',
    '$1',
    '$$',
    '`',
    '|',
  ],
  ...[
    '@evil.example',
    ':8443',
    'user:pw@evil.example',
    'http://evil.example/',
    'javascript:x',
    '[::1]',
    '[fe80::1%25eth0]',
    '0',
    '\u00ad',
    '\ufeff',
    '\u2028',
  ],
  ...[
    '\t',
    '\n',
    '\r',
    '\0',
    '\x7f',
    '\x85',
    ' ',
    '+',
    '\ud83d',
    '\udc00',
    '__proto__',
    'constructor',
    'e\u0301',
    '\ud83d\ude00',
    'a'.repeat(5_000),
  ],
]

function circle(): object {
  const made: { self?: object } = {}
  made.self = made
  return made
}

function trap(): never {
  throw new Error('trap')
}

/** What no request may have in it: a value that was printed without being one. */
const PRINTED = /undefined|\[object |\bNaN\b|=>|native code/

function wrongWith(requests: readonly SeenRequest[]): string[] {
  return requests.flatMap(({ method, url, headers, body = '' }) => {
    const { href, hash, username } = new URL(url)
    // a URL writes some characters of a query in another way, and means the same
    const below = url.startsWith(`${STUB_URL}/`) && placeOf(href) === placeOf(url) && hash === '' && username === ''
    const printed = PRINTED.exec(decodeURIComponent(url)) ?? PRINTED.exec(body.slice(0, 10_000))
    const split = Object.values(headers).some((value) => /[\r\n\0]/.test(value))
    return below && !printed && !split ? [] : [`${method} ${url.slice(0, 200)} ${body.slice(0, 200)}`]
  })
}

function placeOf(url: string): string {
  return url.split('?', 1)[0] ?? ''
}

/** Sets one field of an input, at any depth, to junk; fields within lists too. */
function withJunk(input: object, junk: unknown): { readonly field: string; readonly input: object }[] {
  return Object.entries(input).flatMap(([name, value]) => {
    const whole = { field: name, input: { ...input, [name]: junk } }
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [whole]
    const inner = withJunk(value, junk).map((one) => ({
      field: `${name}.${one.field}`,
      input: { ...input, [name]: Array.isArray(value) ? Object.values(one.input) : one.input },
    }))
    return [whole, ...inner]
  })
}

function answersWell(): StubAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' }
}

function inputOf(id: VerbId): object {
  const input = samples[id].input(madeUpFixtures('main'))
  return { ...input, ...(id.includes('waitFor') || id.includes('Ack') ? { timeoutMs: 20, intervalMs: 5 } : {}) }
}

/** What is tried at least; docs/security.md tells the sums. */
const LEAST: Readonly<Record<string, readonly [junk: number, places: number]>> = {
  waha: [8_500, 10_400],
  wawp: [7_700, 2_800],
  warest: [6_200, 1_000],
  sparkbot: [7_400, 9_400],
}

describe.each(SUBJECTS)('hostile input of $plugin.manifest.name', (subject) => {
  const context: SuiteContext = createContext({ describe, it, expect }, subject)
  const ids = verbIds().filter(context.has)

  it('junk in each field of each verb is refused, or sent as what it is', async () => {
    const wrong: string[] = []
    let tried = 0
    for (const id of ids) {
      for (const [name, junk] of JUNK) {
        for (const { field, input } of withJunk(inputOf(id), junk)) {
          tried++
          const { gateway, requests } = context.scripted(answersWell as never)
          const { outcome, leaks } = await endingOf(() => perform(gateway, id, input, { timeoutMs: 50 }))
          const place = `${id} with ${name} as ${field}: `
          if (outcome.startsWith('no GatewayError')) wrong.push(place + outcome)
          wrong.push(...[...leaks, ...wrongWith(requests)].map((one) => place + one))
        }
      }
    }
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(ids.length * JUNK.length)
    expect(tried).toBeGreaterThanOrEqual(LEAST[subject.plugin.manifest.id]?.[0] ?? 0)
  })

  it('a hostile value stays in its segment of each path, or goes nowhere', async () => {
    const { operations } = await context.scripted().gateway.operations()
    const wrong: string[] = []
    let tried = 0
    for (const { id, method, path } of Object.values(operations)) {
      const names = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name ?? '')
      for (const value of names.length > 0 ? HOSTILE : []) {
        tried++
        const { gateway, requests } = context.scripted()
        const client = gateway.client as unknown as Record<string, (path: string, init: object) => Promise<unknown>>
        const params = { path: Object.fromEntries(names.map((name) => [name, value])) }
        const { outcome } = await endingOf(() => client[method]?.(path, { params }))
        const [request] = requests
        const wanted = path.split('/').map((part) => part.replace(/\{[^{}]+\}/g, () => value))
        const seen = placeOf(request?.url ?? '')
          .slice(STUB_URL.length)
          .split('/')
          .map(decodeURIComponent)
        const stayed = request ? JSON.stringify(seen) === JSON.stringify(wanted) : outcome === 'invalid_request'
        if (!stayed || requests.length > 1) wrong.push(`${id} ${JSON.stringify(value)}: ${outcome} ${request?.url}`)
      }
    }
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThanOrEqual(LEAST[subject.plugin.manifest.id]?.[1] ?? 0)
  })

  it('a key that comes back in any writing is shown nowhere', async () => {
    const bytesOf = (text: string) => [...new TextEncoder().encode(text)]
    const writings: readonly ((said: string) => string)[] = [
      (said) => btoa(`user:${said}`),
      (said) => btoa(btoa(said)),
      (said) => btoa(said).replace(/.{60}/g, '$&\r\n'),
      (said) =>
        bytesOf(said)
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join(':'),
      (said) => JSON.stringify({ type: 'Buffer', data: bytesOf(said) }),
      (said) => [...said].join('\0'),
      (said) => JSON.stringify({ [said]: { [encodeURIComponent(said)]: 1 } }),
      (said) => `<html><body>${[...said].map((letter) => `&#${letter.codePointAt(0)};`).join('')}</body></html>`,
    ]
    const wrong: string[] = []
    const { field } = subject.plugin.manifest.credentials.find(({ secret }) => secret) ?? {}
    const key = String(context.stubConfig()[field ?? ''])
    for (const id of ids) {
      for (const [index, write] of writings.entries()) {
        const type = index === 7 ? 'text/html' : index === 6 || index === 4 ? 'application/json' : 'text/plain'
        const body = write(key)
        const headers = { 'content-type': type, location: `/x?y=${encodeURIComponent(key)}`, 'x-request-id': btoa(key) }
        const { gateway } = context.scripted((() => ({ status: 400, headers, body })) as never)
        const { error, leaks } = await endingOf(() => perform(gateway, id, inputOf(id), { timeoutMs: 200 }))
        const shown = JSON.stringify(error) ?? ''
        const hidden = !shown.includes(body.slice(0, 60)) && placesOf(CANARY, shown).length === 0 && !shown.includes(btoa(key).slice(0, 40))
        if (leaks.length > 0 || !hidden) wrong.push(`${id} as writing ${index}: ${leaks.join()} ${shown.slice(0, 300)}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
