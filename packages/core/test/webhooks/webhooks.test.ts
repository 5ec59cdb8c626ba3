import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { GatewayEvent } from '../../src/index.ts'
import { GatewayError } from '../../src/index.ts'
import {
  createWebhookHandler,
  defineWebhooks,
  hmacHex,
  hmacMatches,
  memoryDedupe,
  nodeListener,
  type ParsedEvent,
  secretMatches,
  secretsOf,
  type WebhookOptions,
} from '../../src/webhooks/index.ts'

const NOW = 1_800_000_000_000
const clock = { now: () => NOW, after: () => () => {} }
const secrets = ['old-secret', 'new-secret']

interface Body {
  readonly id?: string
  readonly ts?: number
  readonly word?: string
}

const parse = defineWebhooks<WebhookOptions>({
  gateway: 'sample',
  verify: ({ header, body }, options) => hmacMatches('sha512', secretsOf('Sample', options.secrets), body, header('x-signature')),
  signedAt: (body) => (body as Body).ts,
  read(body) {
    const { id, word, ts } = body as Body
    if (word === 'boom') throw new TypeError('the plugin has a fault')
    const draft: ParsedEvent =
      word === 'status'
        ? { type: 'session.status', vendorType: 'status', session: 'main', id, at: ts, data: { state: 'connected' } }
        : { type: 'unknown', vendorType: String(word), data: {} }
    return [draft]
  },
})

async function request(body: string, { key = 'new-secret', signature }: { key?: string; signature?: string } = {}): Promise<Request> {
  const headers = { 'x-signature': signature ?? (await hmacHex('sha512', key, body)) }
  return new Request('http://localhost/hook', { method: 'POST', body, headers })
}

const status = JSON.stringify({ id: 'evt_1', ts: NOW - 1_000, word: 'status' })

describe('parseWebhook', () => {
  it('gives the envelope with the raw body', async () => {
    expect(await parse(await request(status), { secrets, clock })).toEqual([
      {
        id: 'evt_1',
        gateway: 'sample',
        session: 'main',
        type: 'session.status',
        vendorType: 'status',
        at: NOW - 1_000,
        dedupeKey: 'sample:main:evt_1',
        data: { state: 'connected' },
        raw: JSON.parse(status),
      },
    ])
  })

  it('takes every secret that is given, and upper case hex', async () => {
    for (const key of secrets) await expect(parse(await request(status, { key }), { secrets, clock })).resolves.toHaveLength(1)
    const signature = (await hmacHex('sha512', 'old-secret', status)).toUpperCase()
    await expect(parse(await request(status, { signature }), { secrets, clock })).resolves.toHaveLength(1)
    await expect(parse(await request(status, { key: 'other' }), { secrets, clock })).rejects.toMatchObject({
      kind: 'auth',
      code: 'signature',
    })
  })

  it('refuses every change of a single bit, in body and signature', async () => {
    const bytes = new TextEncoder().encode(status)
    const signature = await hmacHex('sha512', 'new-secret', status)
    const seen: number[] = []
    const refused = (body: Uint8Array, header: string) =>
      parse({ headers: { 'X-Signature': header }, body }, { secrets, clock }).then(
        () => seen.push(1),
        (error) => expect(error).toMatchObject({ kind: 'auth', code: 'signature' }),
      )
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Uint8Array.from(bytes, (byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
      await refused(changed, signature)
    }
    for (let at = 0; at < signature.length; at++) {
      for (const bit of [1, 2, 4, 8]) {
        const digit = (Number.parseInt(signature[at] ?? '', 16) ^ bit).toString(16)
        await refused(bytes, signature.slice(0, at) + digit + signature.slice(at + 1))
      }
    }
    expect(seen).toEqual([])
  })

  it.each(['', 'abc', 'ä'.repeat(128), '0'.repeat(127), '0'.repeat(129), `${'0'.repeat(126)}+1`])(
    'refuses the signature "%s"',
    async (signature) => {
      const given = { headers: { 'x-signature': signature }, body: status }
      await expect(parse(given, { secrets, clock })).rejects.toMatchObject({ kind: 'auth' })
    },
  )

  it('a signature that came twice counts as none', async () => {
    const signature = await hmacHex('sha512', 'new-secret', status)
    const given = (value: string[]) => parse({ headers: { 'x-signature': value }, body: status }, { secrets, clock })
    await expect(given([signature])).resolves.toHaveLength(1)
    await expect(given([signature, signature])).rejects.toMatchObject({ kind: 'auth' })
  })

  it.each<[number, boolean]>([
    [-300_000, true],
    [-300_001, false],
    [300_000, true],
    [300_001, false],
  ])('a signed time that is %i ms off: %s', async (off, taken) => {
    const body = JSON.stringify({ ts: NOW + off, word: 'status' })
    const result = parse(await request(body), { secrets, clock })
    await (taken ? expect(result).resolves.toHaveLength(1) : expect(result).rejects.toMatchObject({ kind: 'auth', code: 'stale' }))
  })

  it('needs a tolerance that is one; Infinity switches it off', async () => {
    const old = await request(JSON.stringify({ ts: 1, word: 'status' }))
    await expect(parse(old, { secrets, clock, toleranceMs: Infinity })).resolves.toHaveLength(1)
    for (const toleranceMs of [0, -1, Number.NaN]) {
      await expect(parse(await request(status), { secrets, clock, toleranceMs })).rejects.toMatchObject({
        kind: 'config',
        field: 'toleranceMs',
      })
    }
  })

  it.each([undefined, [], [''], ['ok', '']])('secrets %j are a fault of the configuration', async (given) => {
    await expect(parse(await request(status), { secrets: given as string[], clock })).rejects.toMatchObject({
      kind: 'config',
      field: 'secrets',
    })
  })

  it('an unknown event, and one that the plugin cannot read, stay with their body', async () => {
    const strange = JSON.stringify({ word: 'newest', extra: [1] })
    const [unknown] = await parse(await request(strange), { secrets, clock })
    expect(unknown).toMatchObject({ type: 'unknown', vendorType: 'newest', at: NOW, raw: { word: 'newest', extra: [1] } })
    expect(unknown?.id).toMatch(/^[0-9a-f]{32}$/)
    const [faulty] = await parse(await request('{"word":"boom"}'), { secrets, clock })
    expect(faulty).toMatchObject({ type: 'unknown', vendorType: 'unreadable', raw: { word: 'boom' } })
  })

  it('the same content has the same key, another one another', async () => {
    const keys = async (...bodies: string[]) =>
      Promise.all(bodies.map(async (body) => (await parse(await request(body), { secrets, clock }))[0]?.dedupeKey))
    const [a, b, c] = await keys('{"word":"x"}', '{"word":"x"}', '{"word":"y"}')
    expect(a).toBe(b)
    expect(a).not.toBe(c)
  })

  it('refuses what is no JSON, no UTF-8 or too large, and says so', async () => {
    await expect(parse(await request('{'), { secrets, clock })).rejects.toMatchObject({ kind: 'invalid_request', code: 'not_json' })
    const large = await request(`"${'x'.repeat(100)}"`)
    await expect(parse(large, { secrets, clock, maxBodyBytes: 50 })).rejects.toMatchObject({ kind: 'invalid_request', code: 'too_large' })
    const text = { headers: {}, body: 'x'.repeat(100) }
    await expect(parse(text, { secrets, clock, maxBodyBytes: 50 })).rejects.toMatchObject({ code: 'too_large' })
    const parsed = { headers: {}, body: { word: 'x' } as never }
    await expect(parse(parsed, { secrets, clock })).rejects.toMatchObject({ kind: 'config', field: 'body' })
  })

  it('never throws anything but GatewayError, whatever is signed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
        try {
          const events = await parse(await request(body), { secrets, clock })
          expect(events.every(({ dedupeKey }) => dedupeKey !== '')).toBe(true)
        } catch (error) {
          expect(GatewayError.is(error)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('secretMatches', () => {
  it('knows its secrets and nothing else', async () => {
    expect(await secretMatches(['a', 'bc'], 'bc')).toBe(true)
    for (const wrong of ['', 'b', 'bcd', 'BC', undefined]) expect(await secretMatches(['a', 'bc'], wrong)).toBe(false)
  })
})

describe('memoryDedupe', () => {
  it('remembers for its time, forgets when told, and keeps no more than its size', async () => {
    let now = 0
    const store = memoryDedupe({ size: 2, clock: { now: () => now, after: () => () => {} } })
    expect([store.claim('a', 10), store.claim('a', 10)]).toEqual(['claimed', 'busy'])
    now = 10
    expect(store.claim('a', 10)).toBe('claimed')
    store.release('a')
    expect([store.claim('a', 10), store.claim('b', 10), store.claim('c', 10)]).toEqual(['claimed', 'claimed', 'claimed'])
    expect([store.claim('b', 10), store.claim('a', 10)]).toEqual(['busy', 'claimed'])
  })

  it('a key is free, claimed, done, and free again after its time', () => {
    let now = 0
    const store = memoryDedupe({ clock: { now: () => now, after: () => () => {} } })
    expect(store.claim('a', 5)).toBe('claimed')
    store.done('a', 20)
    now = 19
    expect(store.claim('a', 5)).toBe('done')
    now = 20
    expect(store.claim('a', 5)).toBe('claimed')
  })
})

describe('createWebhookHandler', () => {
  const handlerWith = (onEvent: (event: GatewayEvent) => unknown, errors: unknown[] = []) =>
    createWebhookHandler({
      parse: (one) => parse(one, { secrets, clock }),
      onEvent,
      dedupe: memoryDedupe({ clock }),
      onError: (error) => errors.push(error),
    })

  it('tells an event once, and answers with nothing', async () => {
    const seen: string[] = []
    const handle = handlerWith((event) => seen.push(event.id))
    for (let time = 0; time < 3; time++) {
      const answer = await handle(await request(status))
      expect([answer.status, await answer.text(), [...answer.headers]]).toEqual([204, '', []])
    }
    expect(seen).toEqual(['evt_1'])
  })

  it('two deliveries at once are one event', async () => {
    const seen: string[] = []
    const handle = handlerWith(async (event) => {
      await null
      seen.push(event.id)
    })
    await Promise.all([handle(await request(status)), handle(await request(status))])
    expect(seen).toEqual(['evt_1'])
  })

  it('a delivery that is repeated while a handler runs which then fails is not lost', async () => {
    const errors: unknown[] = []
    let tries = 0
    let fail = () => {}
    const handle = handlerWith(() => {
      tries += 1
      if (tries > 1) return
      return new Promise<void>((_, reject) => {
        fail = () => reject(new Error('the database is away'))
      })
    }, errors)
    const first = handle(await request(status))
    while (tries === 0) await new Promise((resolve) => setTimeout(resolve))
    const again = handle(await request(status))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(tries).toBe(1)
    fail()
    expect([(await first).status, (await again).status, tries, errors.length]).toEqual([500, 204, 2, 1])
  })

  it('what another process handles is answered with 503, so that the gateway tries again', async () => {
    const dedupe = memoryDedupe({ clock })
    const seen: string[] = []
    const handle = createWebhookHandler({
      parse: (one) => parse(one, { secrets, clock }),
      onEvent: (event) => seen.push(event.id),
      dedupe,
    })
    dedupe.claim('sample:main:evt_1', 1_000)
    expect((await handle(await request(status))).status).toBe(503)
    dedupe.release('sample:main:evt_1')
    expect((await handle(await request(status))).status).toBe(204)
    expect(seen).toEqual(['evt_1'])
  })

  it('says errors to the console when nobody listens, and answers when the listener itself fails', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    try {
      const quiet = createWebhookHandler({
        parse: (one) => parse(one, { secrets, clock }),
        onEvent: (event) => (event as unknown as { nothing: { here: string } }).nothing.here,
      })
      expect((await quiet(await request(status))).status).toBe(500)
      expect(said).toHaveBeenCalledExactlyOnceWith('wamux webhook:', expect.any(TypeError))
      const faulty = createWebhookHandler({
        parse: (one) => parse(one, { secrets, clock }),
        onEvent: () => {},
        onError: () => {
          throw new Error('the logger is away')
        },
      })
      expect((await faulty(await request('x'))).status).toBe(400)
    } finally {
      said.mockRestore()
    }
  })

  it('an event that could not be handled comes again', async () => {
    const errors: unknown[] = []
    let tries = 0
    const handle = handlerWith(() => {
      tries += 1
      if (tries === 1) throw new Error('the database is away')
    }, errors)
    expect((await handle(await request(status))).status).toBe(500)
    expect((await handle(await request(status))).status).toBe(204)
    expect([tries, errors.length]).toEqual([2, 1])
  })

  it.each<[string, () => Promise<Request>, number]>([
    ['unsigned', () => request(status, { signature: '' }), 401],
    ['no JSON', () => request('x'), 400],
    ['another method', async () => new Request('http://localhost/hook'), 405],
  ])('%s', async (_, make, code) => {
    const handle = handlerWith(() => expect.unreachable())
    const answer = await handle(await make())
    expect([answer.status, await answer.text()]).toEqual([code, ''])
  })
})

describe('nodeListener', () => {
  const listener = (seen: GatewayEvent[], onError: (error: unknown) => void) =>
    nodeListener(createWebhookHandler({ parse: (one) => parse(one, { secrets, clock }), onEvent: (event) => seen.push(event), onError }), {
      maxBodyBytes: 1_000,
    })
  const run = async (more: object, chunks: string[], onError: (error: unknown) => void = () => {}) => {
    const seen: GatewayEvent[] = []
    const response = { statusCode: 0, ended: 0, end: () => response.ended++ }
    async function* body() {
      for (const chunk of chunks) yield new TextEncoder().encode(chunk)
    }
    const headers = { 'x-signature': await hmacHex('sha512', 'new-secret', status) }
    const request = { method: 'POST', url: '/hook', headers, [Symbol.asyncIterator]: body, ...more }
    await listener(seen, onError)(request, response)
    return [response.statusCode, response.ended, seen.length]
  }

  it('reads the raw body, or takes the one that was kept', async () => {
    expect(await run({}, [status.slice(0, 5), status.slice(5)])).toEqual([204, 1, 1])
    expect(await run({ rawBody: status, readableEnded: true }, [])).toEqual([204, 1, 1])
    // express.raw() and express.text()
    expect(await run({ body: new TextEncoder().encode(status), readableEnded: true }, [])).toEqual([204, 1, 1])
    expect(await run({ body: status, readableEnded: true }, [])).toEqual([204, 1, 1])
  })

  it('answers for a body that is too large, and for one that a parser has eaten', async () => {
    expect(await run({}, ['x'.repeat(1_001)])).toEqual([413, 1, 0])
    expect(await run({ readableEnded: true }, [])).toEqual([500, 1, 0])
  })

  it.each([{ body: JSON.parse(status), readableEnded: true }, { readableEnded: true }])(
    'names the body parser to onError: %j',
    async (more) => {
      const errors: unknown[] = []
      expect(await run(more, [], (error) => errors.push(error))).toEqual([500, 1, 0])
      expect(errors).toEqual([expect.objectContaining({ kind: 'config', code: 'body_parsed', field: 'body' })])
      expect((errors[0] as GatewayError).message + (errors[0] as GatewayError).hint).toMatch(/express\.json\(\).*rawBody/)
    },
  )

  it('tells onError of a connection that broke while it was read', async () => {
    const errors: unknown[] = []
    const broken = new Error('aborted')
    const body = async function* () {
      yield new Uint8Array(1)
      throw broken
    }
    expect(await run({ [Symbol.asyncIterator]: body }, [], (error) => errors.push(error))).toEqual([500, 1, 0])
    expect(errors).toEqual([broken])
  })
})
