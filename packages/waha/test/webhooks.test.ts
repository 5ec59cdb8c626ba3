import { readFileSync } from 'node:fs'
import { eventTypes, type GatewayEvent } from '@wamux/core'
import { hmacHex } from '@wamux/core/webhooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWebhook, type WahaWebhookOptions } from '../src/index.ts'
import { socket } from '../src/socket.ts'

interface Recorded {
  readonly key: string
  readonly headers: Readonly<Record<string, string>>
  readonly raw: string
}

const recorded = readFileSync(new URL('fixtures/webhooks.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

const KEY = 'hook-secret'
const NOW = 1_795_223_554_625
const timeOf = (raw: string) => (JSON.parse(raw) as { timestamp: number }).timestamp
const at = (now: number): WahaWebhookOptions => ({ secrets: [KEY], clock: { now: () => now, after: () => () => {} } })

async function signed(body: unknown): Promise<readonly GatewayEvent[]> {
  const raw = JSON.stringify(body)
  const headers = { 'x-webhook-hmac': await hmacHex('sha512', KEY, raw) }
  return parseWebhook({ headers, body: raw }, { ...at(0), toleranceMs: Number.POSITIVE_INFINITY })
}

const person = '11111111111@c.us'
const message = `true_${person}_3EB09D947BEB1677A90154`

describe('recorded deliveries', () => {
  it('verify and tell what happened', async () => {
    const told = await Promise.all(recorded.map(({ headers, raw }) => parseWebhook({ headers, body: raw }, at(timeOf(raw)))))
    expect(told.flat().map(({ raw, ...event }) => event)).toMatchObject([
      {
        id: 'evt_01m7xtk2j19m1e67jqv426mzc6',
        gateway: 'waha',
        session: 'default',
        type: 'session.status',
        vendorType: 'session.status',
        at: 1_795_223_554_625,
        dedupeKey: 'waha:default:evt_01m7xtk2j19m1e67jqv426mzc6',
        data: { state: 'pairing', challenge: 'qr' },
      },
      {
        id: 'evt_01m7xtk2j19m1e67jqv426mzc6',
        gateway: 'waha',
        session: 'default',
        type: 'session.challenge',
        vendorType: 'session.status',
        at: 1_795_223_554_625,
        dedupeKey: 'waha:default:evt_01m7xtk2j19m1e67jqv426mzc6:challenge',
        data: { challenge: 'qr' },
      },
      {
        id: 'evt_01m7xtkrj6f7tv84yfeh50mj5x',
        gateway: 'waha',
        session: 'default',
        type: 'message.sent',
        vendorType: 'message.any',
        at: 1_795_223_577_158,
        dedupeKey: `waha:default:message.sent:${message}`,
        data: {
          message: {
            session: 'default',
            id: message,
            chat: person,
            fromMe: true,
            type: 'text',
            text: 'hello',
            at: 1_795_223_577_000,
            ack: 'pending',
            raw: (JSON.parse(recorded[1]?.raw ?? '') as { payload: unknown }).payload,
          },
        },
      },
      {
        id: 'evt_01m7xtkrkk1754r2xf4qs8rx05',
        gateway: 'waha',
        session: 'default',
        type: 'message.ack',
        vendorType: 'message.ack',
        at: 1_795_223_577_203,
        dedupeKey: `waha:default:message.ack:${message}:delivered`,
        data: { message, chat: person, ack: 'delivered' },
      },
      {
        id: 'evt_01m7xtksdze06jbvabmg1ycznw',
        gateway: 'waha',
        session: 'default',
        type: 'message.reaction',
        vendorType: 'message.reaction',
        at: 1_795_223_578_047,
        dedupeKey: `waha:default:reaction:true_${person}_3EB09D947BEB1677A90154:true_${person}_3EB0DCA95A386E3D602C85:b6048fa4085cc766`,
        data: { message, chat: person, emoji: '👍' },
      },
      expect.objectContaining({ type: 'session.status', data: { state: 'stopped' } }),
      expect.objectContaining({ type: 'session.status', data: { state: 'failed' } }),
    ])
    for (const [index, { raw }] of recorded.entries()) expect(told[index]?.[0]?.raw).toEqual(JSON.parse(raw))
  })

  it('are what the event socket sends', () => {
    for (const { raw } of recorded) expect(socket.read(JSON.parse(raw))[0]?.vendorType).toBe(JSON.parse(raw).event)
  })

  it('are refused after a change of any single bit, in body and signature', async () => {
    const taken: string[] = []
    for (const { headers, raw } of recorded) {
      const options = at(timeOf(raw))
      const refused = (body: Uint8Array, hmac: string) =>
        parseWebhook({ headers: { ...headers, 'x-webhook-hmac': hmac }, body }, options).then(
          () => taken.push(hmac),
          (error) => expect(error).toMatchObject({ kind: 'auth', code: 'signature' }),
        )
      const bytes = new TextEncoder().encode(raw)
      const hmac = headers['x-webhook-hmac'] ?? ''
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        await refused(
          bytes.map((byte, place) => (place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
          hmac,
        )
      }
      for (let bit = 0; bit < hmac.length * 4; bit++) {
        const digit = (Number.parseInt(hmac[bit >> 2] ?? '', 16) ^ (1 << (bit & 3))).toString(16)
        await refused(bytes, hmac.slice(0, bit >> 2) + digit + hmac.slice((bit >> 2) + 1))
      }
    }
    expect(taken).toEqual([])
  })
})

describe('the check', () => {
  const [, { headers, raw } = { headers: {}, raw: '' }] = recorded
  const now = timeOf(raw)

  it.each([undefined, 'sha256', 'none', 'SHA512', '__proto__'])('does not ask the sender for the algorithm: %s', async (algorithm) => {
    const told = { ...headers, 'x-webhook-hmac-algorithm': algorithm }
    await expect(parseWebhook({ headers: told, body: raw }, at(now))).resolves.toHaveLength(1)
    const sha256 = { ...told, 'x-webhook-hmac': await hmacHex('sha256', KEY, raw) }
    await expect(parseWebhook({ headers: sha256, body: raw }, at(now))).rejects.toMatchObject({ kind: 'auth' })
  })

  it('takes several keys while one replaces the other, and no delivery without a signature', async () => {
    await expect(parseWebhook({ headers, body: raw }, { ...at(now), secrets: ['new-key', KEY] })).resolves.toHaveLength(1)
    await expect(parseWebhook({ headers, body: raw }, { ...at(now), secrets: ['new-key'] })).rejects.toMatchObject({ kind: 'auth' })
    await expect(parseWebhook({ headers: {}, body: raw }, at(now))).rejects.toMatchObject({ kind: 'auth' })
  })

  it('needs a key, unless it is told that there is none', async () => {
    for (const secrets of [[], undefined as never, ['']]) {
      await expect(parseWebhook({ headers, body: raw }, { ...at(now), secrets })).rejects.toMatchObject({ kind: 'config' })
    }
    await expect(parseWebhook({ headers: {}, body: raw }, { ...at(now), secrets: [], verify: 'none' })).resolves.toHaveLength(1)
    await expect(parseWebhook({ headers: {}, body: raw }, { ...at(now), verify: 'nothing' as never })).rejects.toMatchObject({
      kind: 'auth',
    })
  })

  it.each([
    [300_000, true],
    [300_001, false],
    [-300_000, true],
    [-300_001, false],
  ])('looks at the time in the body, never at the header: %i ms later %s', async (late, taken) => {
    const told = { ...headers, 'x-webhook-timestamp': String(now + late) }
    const parsing = parseWebhook({ headers: told, body: raw }, at(now + late))
    if (taken) await expect(parsing).resolves.toHaveLength(1)
    else await expect(parsing).rejects.toMatchObject({ kind: 'auth', code: 'stale' })
  })
})

describe('an envelope of any kind', () => {
  it.each([
    ['ms', NOW],
    ['ms as text', `${NOW}`],
    ['seconds', NOW / 1000],
    ['a date', new Date(NOW).toISOString()],
  ])('has its time in %s', async (_, timestamp) => {
    const body = JSON.stringify({ id: 'evt_1', event: 'brand.new', session: 'main', timestamp, payload: {} })
    const headers = { 'x-webhook-hmac': await hmacHex('sha512', KEY, body) }
    expect(await parseWebhook({ headers, body }, at(NOW + 299_000))).toMatchObject([{ at: NOW }])
    await expect(parseWebhook({ headers, body }, at(NOW + 301_000))).rejects.toMatchObject({ code: 'stale' })
  })

  const words = ['session.status', 'message', 'message.any', 'message.ack', 'message.reaction', 'message.edited', 'message.revoked']
  const more = ['message.waiting', 'poll.vote', 'poll.vote.failed', 'event.response', 'group.v2.join', 'group.v2.participants']
  const rest = ['presence.update', 'label.upsert', 'label.chat.added', 'call.received', 'chat.archive', 'engine.event', 'toString']

  it('is told as events of known types, or as unknown, and never throws', async () => {
    const event = fc.oneof(fc.constantFrom(...words, ...more, ...rest), fc.string(), fc.jsonValue())
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom(message, person, 'status@broadcast'))
    const payload = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom('id', 'from', 'vote', 'poll', 'group', 'participants', 'presences', '_data', 'after', 'ack'), field),
    )
    const envelope = fc.oneof(
      fc.jsonValue(),
      fc.record({ event, payload, id: fc.jsonValue(), session: fc.jsonValue(), timestamp: fc.jsonValue() }, { requiredKeys: [] }),
    )
    await fc.assert(
      fc.asyncProperty(envelope, async (body) => {
        const events = await signed(body)
        for (const one of events) {
          expect(eventTypes).toContain(one.type)
          expect(one.raw).toEqual(JSON.parse(JSON.stringify(body)))
          expect([typeof one.id, typeof one.at, typeof one.session, one.gateway]).toEqual(['string', 'number', 'string', 'waha'])
        }
      }),
      { numRuns: 1_000 },
    )
  })

  it('that wamux has no word for keeps the vendor’s', async () => {
    expect(await signed({ id: 'evt_1', event: 'brand.new', session: 'main', timestamp: NOW, payload: { a: 1 } })).toEqual([
      {
        id: 'evt_1',
        gateway: 'waha',
        session: 'main',
        type: 'unknown',
        vendorType: 'brand.new',
        at: NOW,
        dedupeKey: 'waha:main:evt_1',
        data: {},
        raw: { id: 'evt_1', event: 'brand.new', session: 'main', timestamp: NOW, payload: { a: 1 } },
      },
    ])
  })
})

describe('the address of the event socket', () => {
  const config = { baseUrl: 'https://waha.test/prefix', apiKey: 'k&=y/1' }

  it('has key, session and events as the vendor takes them', () => {
    const url = new URL(socket.url(config, 'https://waha.test/prefix', { session: 'main' }))
    expect(url.origin + url.pathname).toBe('wss://waha.test/prefix/ws')
    expect([...url.searchParams]).toEqual([
      ['x-api-key', 'k&=y/1'],
      ['session', 'main'],
      ['events', '*'],
    ])
    expect(socket.url(config, 'http://localhost:3000', { session: 'main' })).toMatch(/^ws:\/\/localhost:3000\/ws\?/)
  })

  it('asks for the words of the types that are wanted', () => {
    const types = ['message.received', 'message.ack', 'contact.updated'] as const
    const url = new URL(socket.url(config, 'http://localhost:3000', { session: 'main', types }))
    expect(url.searchParams.getAll('events')).toEqual(['message', 'message.ack', 'message.ack.group'])
    expect(() => socket.url(config, 'http://localhost:3000', { session: 'main', types: ['contact.updated'] })).toThrow(/reports none/)
  })
})
