import type { GatewayEvent } from '@wamux/core'
import { createWebhookHandler, hmacHex } from '@wamux/core/webhooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWebhook, type WawpSignature, type WawpWebhookOptions } from '../src/index.ts'
import { failure } from './fixtures/stubbed.ts'

const NOW = 1_795_222_381_000
const SECRET = 'wh00k-s3cret'
const INSTANCE = '0123456789AB'
const ada = '12025550143@c.us'
const group = '120363000000000001@g.us'
const clock = { now: () => NOW, after: () => () => {} }
const message = {
  id: `false_${ada}_AB`,
  timestamp: NOW / 1000,
  from: ada,
  fromMe: false,
  to: 'me@c.us',
  body: 'Hi',
  hasMedia: false,
  ack: 1,
}

const envelope = (event: unknown, payload: unknown) => ({ id: 'evt_1', timestamp: NOW - 1_000, event, session: 'wawp-12345678', payload })

function headerFor(signature: WawpSignature, body: string, secret: string = SECRET): Promise<string> {
  if (signature === 'hmac-sha256' || signature === 'hmac-sha512')
    return hmacHex(signature === 'hmac-sha256' ? 'sha256' : 'sha512', secret, body)
  return Promise.resolve(secret)
}

async function deliver(body: unknown, signature: WawpSignature = 'hmac-sha256', more: Partial<WawpWebhookOptions> = {}) {
  const text = JSON.stringify(body)
  const headers = { 'x-wawp-signature': await headerFor(signature, text) }
  return parseWebhook({ headers, body: text }, { signature, secrets: [SECRET], clock, ...more })
}

const facts = ({ type, vendorType, session, data }: GatewayEvent) => ({ type, vendorType, session, data })

describe('signature', () => {
  const body = JSON.stringify(envelope('message', message))
  const modes = ['secret', 'hmac-sha256', 'hmac-sha512'] as const

  it.each([undefined, '', 'sha256', 'toString', 5])('%j is none: it has to be said how Wawp signs', async (signature) => {
    const options = { signature, secrets: [SECRET], clock } as unknown as WawpWebhookOptions
    const error = await failure(parseWebhook({ headers: {}, body }, options))
    expect(error).toMatchObject({ kind: 'config', field: 'signature', gateway: 'wawp' })
    expect(error.message).toContain('secret, hmac-sha256, hmac-sha512, none')
    expect(error.hint).toContain('X-Wawp-Signature')
    expect(await failure(parseWebhook({ headers: {}, body }, undefined as never))).toMatchObject({ kind: 'config' })
  })

  it.each(modes)('%s: with one of the secrets, and with no other', async (signature) => {
    const header = await headerFor(signature, body)
    const parse = (given: string | undefined, secrets?: readonly string[]) =>
      parseWebhook(
        { headers: given === undefined ? {} : { 'X-Wawp-Signature': given }, body },
        { signature, clock, ...(secrets ? { secrets } : {}) },
      )
    expect(await parse(header, ['other', SECRET])).toHaveLength(1)
    for (const given of [undefined, '', header.slice(1), `${header}0`, await headerFor(signature, body, 'other')]) {
      expect(await failure(parse(given, [SECRET]))).toMatchObject({ kind: 'auth', code: 'signature' })
    }
    expect(await failure(parse(header))).toMatchObject({ kind: 'config', field: 'secrets' })
    expect(await failure(parse(header, []))).toMatchObject({ kind: 'config', field: 'secrets' })
  })

  it.each(modes)('%s: no other form of signature passes for it', async (signature) => {
    for (const other of modes.filter((mode) => mode !== signature)) {
      const headers = { 'x-wawp-signature': await headerFor(other, body), 'x-webhook-hmac-algorithm': other }
      expect(await failure(parseWebhook({ headers, body }, { signature, secrets: [SECRET], clock }))).toMatchObject({ kind: 'auth' })
    }
  })

  it('none: takes what anybody wrote, and needs no secret', async () => {
    expect(await parseWebhook({ headers: {}, body }, { signature: 'none', clock })).toHaveLength(1)
  })

  it.each(['hmac-sha256', 'hmac-sha512'] as const)('%s: every change of a single bit is seen, in body and signature', async (signature) => {
    const bytes = new TextEncoder().encode(body)
    const header = await headerFor(signature, body)
    const flipped = (of: Uint8Array<ArrayBuffer>, bit: number) => of.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
    const options = { signature, secrets: [SECRET], clock }
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const error = await failure(parseWebhook({ headers: { 'x-wawp-signature': header }, body: flipped(bytes, bit) }, options))
      expect([bit, error.kind]).toEqual([bit, 'auth'])
    }
    const sign = new TextEncoder().encode(header)
    for (let bit = 0; bit < sign.length * 8; bit++) {
      const changed = new TextDecoder('latin1').decode(flipped(sign, bit))
      // the same number in other letters
      if (changed.toLowerCase() === header) continue
      const error = await failure(parseWebhook({ headers: { 'x-wawp-signature': changed }, body }, options))
      expect([bit, error.kind]).toEqual([bit, 'auth'])
    }
  })

  it('refuses what is too old or too early, in ms and in seconds', async () => {
    for (const timestamp of [NOW - 301_000, NOW + 301_000, NOW / 1000 - 301]) {
      expect(await failure(deliver({ ...envelope('message', message), timestamp }))).toMatchObject({ kind: 'auth', code: 'stale' })
    }
    const { timestamp, ...timeless } = envelope('message', message)
    expect(await failure(deliver({ ...timeless, ts: NOW / 1000 - 301 }))).toMatchObject({ code: 'stale' })
    expect(await deliver({ ...timeless, ts: NOW / 1000 })).toMatchObject([{ at: NOW }])
    expect(await deliver(timeless)).toMatchObject([{ at: NOW }])
    expect(await deliver({ ...timeless, timestamp: NOW - 301_000 }, 'hmac-sha256', { toleranceMs: Number.POSITIVE_INFINITY })).toHaveLength(
      1,
    )
  })
})

describe('events', () => {
  const session = 'wawp-12345678'
  const read = {
    session,
    id: `false_${ada}_AB`,
    chat: ada,
    from: ada,
    fromMe: false,
    type: 'text',
    text: 'Hi',
    at: NOW,
    ack: 'sent',
    raw: message,
  }
  const cases: readonly [string, unknown, string, object][] = [
    ['session.status', { name: session, status: 'WORKING' }, 'session.status', { state: 'connected' }],
    ['session.status', { name: session, status: 'MELTED' }, 'session.status', { state: 'unknown' }],
    ['message', message, 'message.received', { message: read }],
    ['message.any', message, 'message.received', { message: read }],
    ['message.any', { ...message, fromMe: true }, 'message.sent', { message: expect.objectContaining({ fromMe: true }) }],
    ['message', { ...message, id: `false_${group}_AB` }, 'message.received', { message: expect.objectContaining({ chat: group }) }],
    [
      'message',
      { ...message, id: 'false_1@newsletter_AB' },
      'channel.message',
      { message: expect.objectContaining({ chat: '1@newsletter' }) },
    ],
    ['message', { ...message, id: 'false_status@broadcast_AB' }, 'status.posted', { message: expect.anything() }],
    ['message.ack', { ...message, ack: 3 }, 'message.ack', { message: message.id, chat: ada, ack: 'read' }],
    ['message.ack.group', { ...message, ack: 2 }, 'message.ack', { message: message.id, chat: ada, ack: 'delivered' }],
    ['message.ack', { ...message, ack: -1 }, 'message.failed', { message: message.id, chat: ada }],
    [
      'message.reaction',
      { ...message, reaction: { text: '👍', messageId: `true_${ada}_CD` } },
      'message.reaction',
      { message: `true_${ada}_CD`, chat: ada, from: ada, emoji: '👍' },
    ],
    [
      'message.edited',
      { ...message, editedMessageId: 'CD', body: 'Ho' },
      'message.edited',
      { message: `false_${ada}_CD`, chat: ada, text: 'Ho' },
    ],
    ['message.revoked', { before: message, after: message }, 'message.revoked', { message: message.id, chat: ada }],
    ['message.waiting', message, 'message.undecryptable', { message: message.id, chat: ada }],
    [
      'poll.vote',
      { vote: { id: 'v', from: ada, selectedOptions: ['Tea'] }, poll: { id: `true_${ada}_P` } },
      'poll.vote',
      { message: `true_${ada}_P`, chat: ada, from: ada, options: ['Tea'] },
    ],
    ['group.v2.join', { group: { id: group, subject: 'Club' } }, 'group.joined', { group, subject: 'Club' }],
    ['group.v2.leave', { group: { id: group } }, 'group.left', { group }],
    ['group.v2.update', { group: { id: group, subject: 'New' } }, 'group.updated', { group, subject: 'New' }],
    [
      'group.v2.participants',
      { group: { id: group }, type: 'promote', participants: [{ id: ada, role: 'admin' }] },
      'group.participants',
      { group, change: 'promoted', participants: [ada] },
    ],
    [
      'presence.update',
      { id: ada, presences: [{ participant: ada, lastKnownPresence: 'online' }] },
      'presence.updated',
      { chat: ada, from: ada, presence: 'online' },
    ],
    ['chat.archive', { id: ada, archived: true }, 'chat.archived', { chat: ada, archived: true }],
    ['label.upsert', { id: '1', name: 'Lead' }, 'label.upserted', { label: '1', name: 'Lead' }],
    ['label.deleted', { id: '1', name: 'Lead' }, 'label.deleted', { label: '1', name: 'Lead' }],
    ['label.chat.added', { labelId: '1', chatId: ada }, 'label.assigned', { label: '1', chat: ada }],
    ['label.chat.deleted', { labelId: '1', chatId: ada }, 'label.unassigned', { label: '1', chat: ada }],
    ['call.received', { id: 'c1', from: ada }, 'call.received', { call: 'c1', from: ada }],
    ['call.accepted', { id: 'c1', from: ada }, 'call.accepted', { call: 'c1', from: ada }],
    ['call.rejected', { id: 'c1', from: ada }, 'call.rejected', { call: 'c1', from: ada }],
    ['engine.event', { event: 'x', data: {} }, 'unknown', {}],
    ['brand.new', { id: 'x' }, 'unknown', {}],
    ['constructor', { id: 'x' }, 'unknown', {}],
  ]
  it.each(cases)('%s %j is %s', async (word, payload, type, data) => {
    const body = envelope(word, payload)
    const events = await deliver(body)
    expect(events.map(facts)).toMatchObject([{ type, vendorType: word, session, data }])
    expect(events[0]).toMatchObject({ id: 'evt_1', gateway: 'wawp', at: NOW - 1_000 })
    expect(events[0]?.raw).toEqual(body)
  })

  it('a pairing session has a challenge with its code, where there is one', async () => {
    const events = await deliver(envelope('session.status', { status: 'PASSKEY_CONFIRMATION_REQUIRED', data: { code: '1234' } }))
    expect(events.map(facts)).toEqual([
      { type: 'session.status', vendorType: 'session.status', session, data: { state: 'pairing', challenge: 'passkey_confirmation' } },
      { type: 'session.challenge', vendorType: 'session.status', session, data: { challenge: 'passkey_confirmation', value: '1234' } },
    ])
    expect(new Set(events.map(({ dedupeKey }) => dedupeKey)).size).toBe(2)
  })

  it('names the instance where the delivery does', async () => {
    expect(await deliver({ ...envelope('message', message), instance_id: INSTANCE })).toMatchObject([
      { session: INSTANCE, data: { message: { session: INSTANCE } } },
    ])
  })

  it('reads the older form, which has neither event nor payload', async () => {
    const events = await deliver({ instance_id: INSTANCE, status: 'WORKING', qr: null, ts: NOW / 1000 })
    expect(events.map(facts)).toEqual([
      { type: 'session.status', vendorType: 'session.status', session: INSTANCE, data: { state: 'connected' } },
    ])
  })

  it('tells a message once that comes under two words, apart or together', async () => {
    const [one] = await deliver(envelope('message', message))
    const [other] = await deliver({ ...envelope('message.any', message), id: 'evt_2' })
    expect(one?.dedupeKey).toBe(other?.dedupeKey)
    const both = await deliver(envelope(['message', 'message.any'], message))
    expect(both.map(({ vendorType }) => vendorType)).toEqual(['message', 'message.any'])
    const told: GatewayEvent[] = []
    const handle = createWebhookHandler({ parse: async () => [...both, ...(other ? [other] : [])], onEvent: (event) => told.push(event) })
    expect((await handle(new Request('http://localhost/hook', { method: 'POST', body: '{}' }))).status).toBe(204)
    expect(told).toHaveLength(1)
  })

  it('throws for no body whatever', async () => {
    const words = cases.map(([word]) => word)
    const payloads = cases.map(([, payload]) => payload)
    const odd = fc.oneof(fc.jsonValue(), fc.constantFrom(...payloads))
    const bodies = fc.oneof(
      fc.jsonValue(),
      fc.record({
        id: fc.jsonValue(),
        timestamp: fc.constantFrom(NOW, 'soon', null),
        event: fc.oneof(fc.constantFrom(...words), fc.jsonValue()),
        session: fc.jsonValue(),
        payload: odd,
      }),
      // one field of a payload that is known, of another kind
      fc.tuple(fc.constantFrom(...cases), fc.jsonValue(), fc.nat()).map(([[word, payload], value, at]) => {
        const names = Object.keys(payload as object)
        return envelope(word, { ...(payload as object), [names[at % names.length] ?? 'id']: value })
      }),
    )
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const events = await deliver(body, 'hmac-sha256', { toleranceMs: Number.POSITIVE_INFINITY })
        expect(events.length).toBeGreaterThan(0)
        for (const event of events)
          expect([typeof event.type, typeof event.id, typeof event.session, typeof event.at]).toEqual([
            'string',
            'string',
            'string',
            'number',
          ])
      }),
      { numRuns: 500 },
    )
  })
})
