import { createHmac } from 'node:crypto'
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { GatewayError, type GatewayEvent } from '@wamux/core'
import { createWebhookHandler, type WebhookRequest } from '@wamux/core/webhooks'
import { parseWebhook as parseSparkbot } from '@wamux/sparkbot'
import { parseWebhook as parseWaha } from '@wamux/waha'
import { parseWebhook as parseWarest } from '@wamux/warest'
import { parseWebhook as parseWawp } from '@wamux/wawp'
import { describe, expect, it } from 'vitest'
import { expectLinear } from '../src/growth.ts'

const SECRET = 'secret-of-this-test'
type Parse = (request: Request | WebhookRequest) => Promise<readonly GatewayEvent[]>
const common = { secrets: [SECRET], toleranceMs: Number.POSITIVE_INFINITY }
const hmac = (algorithm: string, body: Uint8Array) => createHmac(algorithm, SECRET).update(body).digest('hex')

interface Gateway {
  readonly parse: Parse
  /** The header that the gateway signs in, and its value for a body; nothing where it signs in the address. */
  readonly header?: string
  readonly sign: (body: Uint8Array) => string
  readonly url?: string
}

const GATEWAYS: Readonly<Record<string, Gateway>> = {
  waha: { parse: (request) => parseWaha(request, common), header: 'x-webhook-hmac', sign: (body) => hmac('sha512', body) },
  wawp: {
    parse: (request) => parseWawp(request, { ...common, signature: 'hmac-sha256' }),
    header: 'x-wawp-signature',
    sign: (body) => hmac('sha256', body),
  },
  warest: {
    parse: (request) => parseWarest(request, { ...common, username: '' }),
    header: 'x-warest-signature',
    sign: (body) => `HMAC-SHA256=${hmac('sha256', body)}`,
  },
  sparkbot: { parse: (request) => parseSparkbot(request, { ...common, verify: 'path-token' }), sign: () => '', url: `/hook/${SECRET}` },
}

const bytes = (text: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(text, encoding))
const LIMIT = 1024 * 1024
const good = JSON.stringify({ event: 'message', session: 'a', payload: { id: 'x', body: 'Grüße' }, data: {} })
const half = LIMIT / 2 - 100
const bomb = bytes(`{"event":"${'a'.repeat(LIMIT * 32)}"}`)

/** Bodies with a right signature. `read`: they are events; `refused`: `invalid_request`; `too_large`: with that code. */
const BODIES: readonly (readonly [
  name: string,
  body: Uint8Array,
  ends: 'read' | 'refused' | 'too_large',
  headers?: Record<string, string>,
])[] = [
  ['a mark of the byte order', bytes(`\ufeff${good}`), 'read'],
  ['two such marks', bytes(`\ufeff\ufeff${good}`), 'refused'],
  ['Latin-1', bytes(good, 'latin1'), 'refused', { 'content-type': 'application/json; charset=iso-8859-1' }],
  ['UTF-16', bytes(good, 'utf16le'), 'refused', { 'content-type': 'application/json; charset=utf-16' }],
  ['a charset that is another one', bytes(good), 'read', { 'content-type': 'application/json; charset=utf-16' }],
  ['no content type', bytes(good), 'read'],
  ['a form', bytes('event=message'), 'refused', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['keys twice', bytes('{"event":"message","event":"x","payload":1,"payload":[]}'), 'read'],
  [
    'odd keys',
    bytes('{"__proto__":{"event":"message"},"constructor":1,"event":"__proto__","payload":{"__proto__":{"x":1}},"data":{"toString":1}}'),
    'read',
  ],
  ['gzip', gzipSync(good), 'refused', { 'content-encoding': 'gzip' }],
  ['deflate', deflateSync(good), 'refused', { 'content-encoding': 'deflate' }],
  ['bare deflate', deflateRawSync(good), 'refused', { 'content-encoding': 'deflate' }],
  ['a gzip bomb', gzipSync(bomb), 'refused', { 'content-encoding': 'gzip' }],
  ['a deflate bomb', deflateSync(bomb), 'refused', { 'content-encoding': 'deflate, gzip' }],
  ['plain text that calls itself compressed', bytes(good), 'read', { 'content-encoding': 'br' }],
  ['lists within lists', bytes('['.repeat(half) + ']'.repeat(half)), 'read'],
  ['objects within objects', bytes(`${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`), 'read'],
  ['a deep payload', bytes(`{"event":"message","payload":${'{"payload":'.repeat(60_000)}1${'}'.repeat(60_000)}}`), 'read'],
  ['lists that are not closed', bytes('['.repeat(half)), 'refused'],
  ['many entries', bytes(`[${'1,'.repeat(20_000)}1]`), 'read'],
  ['many fields', bytes(`{${Array.from({ length: 60_000 }, (_, at) => `"k${at}":1`).join()}}`), 'read'],
  ['many words of events', bytes(`{"event":[${'"message",'.repeat(5_000)}"x"],"payload":{}}`), 'read'],
  [
    'huge numbers',
    bytes(`{"event":"message","timestamp":1e999,"ts":-1e999,"created":${'9'.repeat(5_000)},"payload":{"timestamp":1e400}}`),
    'read',
  ],
  ['numbers that are none', bytes('{"timestamp":NaN}'), 'refused'],
  ['nothing', bytes(''), 'refused'],
  ['spaces', bytes(' \r\n\t'), 'refused'],
  ['a zero byte', bytes('\0'), 'refused'],
  ['a list', bytes(`[${good}]`), 'read'],
  ['an empty list', bytes('[]'), 'read'],
  ['null', bytes('null'), 'read'],
  ['true', bytes('true'), 'read'],
  ['a number', bytes('-0'), 'read'],
  ['a text', bytes('"event"'), 'read'],
  ['half a character', bytes('{"event":"\\ud800","payload":{"id":"\\udc00"}}'), 'read'],
  ['bytes behind the end', bytes(`${good}x`), 'refused'],
  ['one byte too many', bytes(`"${'a'.repeat(LIMIT - 1)}"`), 'too_large'],
]

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe.each(Object.entries(GATEWAYS))('a delivery of %s', (_id, { parse, header, sign, url = '/hook' }) => {
  const signed = (body: Uint8Array) => (header === undefined ? {} : { [header]: sign(body) })
  const STATUS = { read: 204, refused: 400, too_large: 413 }

  const bodies = BODIES.map(([name, body, ends, headers = {}]) => [name, body, ends, headers] as const)
  it.each(bodies)('with %s is read or refused clearly', async (name, body, ends, more) => {
    const headers = { ...more, ...signed(body) }
    const shapes = [
      () => ({ headers, body, url }),
      () => new Request(`http://me.test${url}`, { method: 'POST', headers, body: body as BodyInit }),
    ]
    for (const shape of shapes) {
      const seen: GatewayEvent[] = []
      const errors: unknown[] = []
      const handle = createWebhookHandler({ parse, onEvent: (event) => seen.push(event), onError: (error) => errors.push(error) })
      const { status } = await handle(shape())
      expect(errors.map((error) => (GatewayError.is(error) ? error.kind : error))).toEqual(ends === 'read' ? [] : ['invalid_request'])
      expect(status).toBe(STATUS[ends])
      // SparkBot delivers lists: of an empty one there is nothing to tell
      if (ends === 'read' && name !== 'an empty list') expect(seen.length).toBeGreaterThan(0)
    }
  })

  it.skipIf(header === undefined)('is refused with a forged signature of any form', async () => {
    const body = bytes(good)
    const name = header as string
    const right = sign(body)
    const other = sign(bytes('{}'))
    const flip = (text: string) => text.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    const forged: readonly unknown[] = [
      ...['', ' ', other, flip(right), right.slice(0, -1), `${right}0`, `${right}${right}`, `${right},${right}`, `${right}, ${other}`],
      ...[`0x${right}`, `"${right}"`, `sha256=${right}`, `Bearer ${right}`, `=${right}`, `${right}\0`, `${right}\n`, ` ${right}`],
      ...[
        Buffer.from(right.replace(/.*=/, ''), 'hex').toString('base64'),
        '__proto__',
        'constructor',
        'undefined',
        'null',
        'NaN',
        '０'.repeat(64),
      ],
      ...[undefined, null, 5, true, {}, [], [right, right], [right, other], [other, right], [[right]], { length: 1, 0: right }.length],
      ...['HMAC-SHA256=', 'HMAC-SHA1=00', `HMAC-SHA512=${right.replace(/.*=/, '')}`, '0'.repeat(128), '0'.repeat(64), 'f'.repeat(500_000)],
    ]
    for (const value of forged) {
      const headers = { [name]: value } as WebhookRequest['headers']
      expect(await failure(parse({ headers, body, url })), JSON.stringify(value)?.slice(0, 80)).toMatchObject({
        kind: 'auth',
        code: 'signature',
      })
    }
    const twice = new Headers([
      [name, right],
      [name, right],
    ])
    expect(await failure(parse({ headers: twice, body, url }))).toMatchObject({ kind: 'auth', code: 'signature' })
    expect(forged.length).toBeGreaterThan(35)
  })

  it.skipIf(header === undefined)('is taken with its header in any spelling', async () => {
    const body = bytes(good)
    const name = header as string
    for (const headers of [
      { [name.toUpperCase()]: sign(body) },
      { [name]: [sign(body)] },
      new Headers({ [name]: `  ${sign(body)}  ` }),
      { other: undefined, [name]: sign(body) },
    ]) {
      expect(await parse({ headers: headers as WebhookRequest['headers'], body, url })).not.toHaveLength(0)
    }
  })
})

const GROWING: readonly (readonly [name: string, of: (size: number) => string])[] = [
  ['entries', (size) => `[${'{"event":"message"},'.repeat(size)}1]`],
  ['words of events', (size) => `{"event":[${'"message",'.repeat(size)}"x"],"payload":{"id":"x"}}`],
  ['fields', (size) => `{"event":"message","payload":{${Array.from({ length: size }, (_, at) => `"k${at}":1`).join()}}}`],
  ['levels', (size) => `${'{"payload":'.repeat(size)}1${'}'.repeat(size)}`],
  ['one long text', (size) => `{"event":"message","payload":{"id":"${'a@b_'.repeat(size * 4)}","from":"${'1:'.repeat(size)}@c.us"}}`],
]

describe.each(Object.entries(GATEWAYS))('the work of %s', (_id, { parse, header, sign, url = '/hook' }) => {
  it.each(GROWING)('grows no faster than the number of its %s', async (_name, of) => {
    const delivery = (size: number) => {
      const body = bytes(of(size))
      return { headers: header === undefined ? {} : { [header]: sign(body) }, body, url }
    }
    await expectLinear(parse, delivery, 2_000)
  })
})
