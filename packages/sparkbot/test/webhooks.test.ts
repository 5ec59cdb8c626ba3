import { readFileSync } from 'node:fs'
import type { GatewayEvent } from '@wamux/core'
import { createWebhookHandler, type WebhookRequest } from '@wamux/core/webhooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWebhook, type SparkbotWebhookOptions } from '../src/index.ts'
import { failure } from './fixtures/stubbed.ts'

const NOW = 1_795_222_381_000
const TOKEN = 'a/token with=signs&more'
const session = '61b37a069cba0c15d6c89757'
const ada = '12025550143@c.us'
const me = '12025550199@c.us'
const group = '120363000000000001@g.us'
const clock = { now: () => NOW, after: () => () => {} }
const none: SparkbotWebhookOptions = { verify: 'none', clock }
// made like the examples on the vendor's page, with words and numbers of our own
const examples = readFileSync(new URL('./fixtures/webhooks.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')

const deliver = (body: unknown, more: Partial<WebhookRequest> = {}, options: SparkbotWebhookOptions = none) =>
  parseWebhook({ headers: {}, body: JSON.stringify(body), ...more }, options)

const platform = (event: string, data: unknown, more: object = {}) => ({
  ...{ id: 'object-1', object: 'x', event, created: NOW / 1000, device: { id: session } },
  ...more,
  data,
})

const facts = ({ type, vendorType, session: of, at, data }: GatewayEvent) => ({ type, vendorType, session: of, at, data })

describe('what stands in for a signature', () => {
  const body = platform('chat:update', { wid: ada })
  const options = (secrets: readonly string[], more: object = {}): SparkbotWebhookOptions => ({
    verify: 'path-token',
    secrets,
    clock,
    ...more,
  })

  it.each([undefined, '', 'token', 'toString', 5])('%j is none: it has to be said', async (verify) => {
    const error = await failure(deliver(body, {}, { verify, secrets: [TOKEN], clock } as unknown as SparkbotWebhookOptions))
    expect(error).toMatchObject({ kind: 'config', field: 'verify', gateway: 'sparkbot', hint: expect.stringContaining('does not sign') })
    expect(await failure(deliver(body, {}, null as never))).toMatchObject({ kind: 'config' })
  })

  const path = `/hooks/${encodeURIComponent(TOKEN)}`
  const query = `/hooks?token=${encodeURIComponent(TOKEN)}&x=1`
  it.each([path, query, `https://me.test${path}`, `https://me.test${query}`])('the token in %s', async (url) => {
    expect(await deliver(body, { url }, options(['old', TOKEN]))).toHaveLength(1)
    expect(await failure(deliver(body, { url }, options(['old'])))).toMatchObject({ kind: 'auth', code: 'signature' })
  })

  it('of a Request', async () => {
    const request = (token: string) => new Request(`https://me.test/in?token=${token}`, { method: 'POST', body: JSON.stringify(body) })
    expect(await parseWebhook(request('abc'), options(['abc']))).toHaveLength(1)
    expect(await failure(parseWebhook(request('abd'), options(['abc'])))).toMatchObject({ kind: 'auth' })
  })

  it('no other token, no other place, no token, no secrets', async () => {
    const other = [
      '/hooks/abc/x',
      '/abc/hooks',
      '/hooks?secret=abc',
      '/hooks?token=',
      '/hooks?TOKEN=abc',
      '/hooks#abc',
      '/',
      '',
      '/abc/',
      undefined,
    ]
    for (const url of other) {
      const error = await failure(deliver(body, url === undefined ? {} : { url }, options(['abc'])))
      expect([url, error.kind]).toEqual([url, 'auth'])
    }
    for (const secrets of [undefined, [], ['']]) {
      const error = await failure(deliver(body, { url: '/abc' }, { verify: 'path-token', clock, ...(secrets ? { secrets } : {}) }))
      expect(error).toMatchObject({ kind: 'config', field: 'secrets' })
    }
  })

  it('a token in a header or in the body is none', async () => {
    const headers = { token: 'abc', 'x-wassenger-signature': 'sha256=abc', authorization: 'abc' }
    expect(await failure(deliver({ ...body, token: 'abc' }, { headers, url: '/in' }, options(['abc'])))).toMatchObject({ kind: 'auth' })
  })

  it('every change of a single bit of the token is seen', async () => {
    const bytes = new TextEncoder().encode(TOKEN)
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = new TextDecoder('latin1').decode(bytes.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)))
      for (const url of [`/in/${encodeURIComponent(changed)}`, `/in?token=${encodeURIComponent(changed)}`]) {
        expect([bit, (await failure(deliver(body, { url }, options([TOKEN])))).kind]).toEqual([bit, 'auth'])
      }
    }
  })

  it('does not show the token', async () => {
    const error = await failure(deliver(body, { url: '/in?token=wr0ng-t0ken' }, options(['r1ght-t0ken'])))
    expect(`${error.message} ${error.hint} ${JSON.stringify(error)}`).not.toMatch(/wr0ng|r1ght/)
  })

  it('the sender, where there is a list of them', async () => {
    const from = (remoteAddress: string, allowFrom: readonly string[]) => deliver(body, { remoteAddress }, { ...none, allowFrom })
    expect(await from('203.0.113.7', ['203.0.113.7'])).toHaveLength(1)
    expect(await from('::ffff:203.0.113.7', ['198.51.100.1', '203.0.113.7'])).toHaveLength(1)
    expect(await from('2001:DB8::1', ['2001:db8::1'])).toHaveLength(1)
    for (const address of ['203.0.113.70', '', '::ffff:203.0.113.8']) {
      expect(await failure(from(address, ['203.0.113.7']))).toMatchObject({ kind: 'auth' })
    }
    expect(await failure(deliver(body, {}, { ...none, allowFrom: ['203.0.113.7'] }))).toMatchObject({ kind: 'config', field: 'allowFrom' })
    expect(await failure(from('203.0.113.7', []))).toMatchObject({ kind: 'config', field: 'allowFrom' })
    const both = { ...options(['abc']), allowFrom: ['203.0.113.7'] }
    expect(await deliver(body, { url: '/abc', remoteAddress: '203.0.113.7' }, both)).toHaveLength(1)
    expect(await failure(deliver(body, { url: '/abd', remoteAddress: '203.0.113.7' }, both))).toMatchObject({ kind: 'auth' })
    expect(await failure(deliver(body, { url: '/abc', remoteAddress: '203.0.113.8' }, both))).toMatchObject({ kind: 'auth' })
  })
})

describe('the examples of the vendor', () => {
  const read = async (index: number) => deliver(JSON.parse(examples[index] ?? ''))

  it('a text that came in', async () => {
    const events = await read(0)
    const [event] = events
    const raw = JSON.parse(examples[0] ?? '').data
    expect(events.map(facts)).toEqual([
      {
        ...{ type: 'message.received', vendorType: 'message:in:new', session, at: 1_671_225_190_000 },
        data: {
          message: {
            ...{ session, id: '3EB03EBAF8863B70BA00AF', key: '3EB03EBAF8863B70BA00AF', chat: ada, from: me, fromMe: false },
            ...{ type: 'text', text: 'Hello', phone: '+12025550143', person: { id: ada, phone: '+12025550143' } },
            ...{ at: 1_671_225_190_000, ack: 'delivered', raw },
          },
        },
      },
    ])
    expect(event?.dedupeKey).toBe(`sparkbot:${session}:message:in:new:3EB03EBAF8863B70BA00AF`)
  })

  it('a picture and a text that went out', async () => {
    expect(await read(1)).toMatchObject([
      {
        type: 'message.sent',
        data: {
          message: {
            id: '3EB03EBAF8863B70BA001A',
            type: 'image',
            fromMe: true,
            chat: ada,
            media: { mimetype: 'image/jpeg', filename: 'cat.jpeg' },
          },
        },
      },
    ])
    expect(await read(2)).toMatchObject([{ type: 'message.sent', data: { message: { id: '3EB004B1D010CA0EF6A201', type: 'text' } } }])
  })

  it('a tick, each of its own key', async () => {
    const [event] = await read(3)
    expect(event).toMatchObject({ type: 'message.ack', data: { message: '3EB004B1D010CA0EF6A205', chat: ada, ack: 'read' } })
    const body = JSON.parse(examples[3] ?? '')
    const [delivered] = await deliver({ ...body, ack: 'delivered' })
    expect(delivered?.dedupeKey).not.toBe(event?.dedupeKey)
    expect((await deliver({ ...body, created: 5 }))[0]?.dedupeKey).toBe(event?.dedupeKey)
  })

  it('lists: what was sent, and what failed, named by the id of the service', async () => {
    const id = '5bf612faa893b00016c0f13d'
    const number = '3bf5d1ff2ff2bd001696ac42'
    const [sent] = await read(4)
    expect(sent).toMatchObject({
      ...{ type: 'message.sent', session: number, at: Date.parse('2018-12-08T15:01:48.518Z') },
      data: { message: { id, chat: ada, text: 'Hello', type: 'text', fromMe: true, ack: 'delivered' } },
    })
    expect(sent?.raw).toEqual(JSON.parse(examples[4] ?? '')[0])
    const failed = await read(5)
    expect(failed.map(({ type, session: of, data }) => [type, of, data])).toEqual([
      ['message.failed', number, { message: id, chat: ada, phone: '+12025550143', person: { id: ada, phone: '+12025550143' } }],
    ])
    const both = await deliver([...JSON.parse(examples[4] ?? ''), ...JSON.parse(examples[5] ?? '')])
    expect(both.map(({ type }) => type)).toEqual(['message.sent', 'message.failed'])
    expect(new Set(both.map(({ dedupeKey }) => dedupeKey)).size).toBe(2)
  })

  it('come once, however often they are delivered', async () => {
    const heard: string[] = []
    const handle = createWebhookHandler({
      parse: (request) => parseWebhook(request, { verify: 'path-token', secrets: ['abc'] }),
      onEvent: ({ type }) => heard.push(type),
    })
    const post = (body: string) => handle(new Request('https://me.test/in/abc', { method: 'POST', body }))
    for (const body of [...examples, ...examples]) expect([(await post(body)).status, await (await post(body)).text()]).toEqual([204, ''])
    expect(heard).toEqual(['message.received', 'message.sent', 'message.sent', 'message.ack', 'message.sent', 'message.failed'])
    expect((await handle(new Request('https://me.test/in/abd', { method: 'POST', body: examples[0] ?? '' }))).status).toBe(401)
  })
})

describe('events whose insides were not seen', () => {
  const message = (more: object = {}) => ({ wid: '3EB0AB', chat: { id: ada }, ...more })
  it.each([
    [
      'channel:in',
      message({ chat: { id: '1@newsletter' } }),
      { type: 'channel.message', data: { message: { id: '3EB0AB', chat: '1@newsletter' } } },
    ],
    ['message:in:new', message({ chat: { id: '1@newsletter' } }), { type: 'channel.message' }],
    ['message:in:new', message({ chat: { id: 'status@broadcast' } }), { type: 'status.posted' }],
    ['message:in:new', message({ chat: { id: group } }), { type: 'message.received' }],
    ['message:out:new', message({ chat: { id: 'status@broadcast' }, flow: 'outbound' }), { type: 'status.posted' }],
    ['message:out:new', message({ chat: { id: '1@newsletter' }, flow: 'outbound' }), { type: 'message.sent' }],
    ['message:out:sent', { id: '5bf6', wid: 'status@broadcast', message: 'My day' }, { type: 'status.posted' }],
    ['status:update', message(), { type: 'status.posted', data: { message: { id: '3EB0AB' } } }],
    [
      'message:update',
      message({ body: 'Ho', meta: { isEdited: true } }),
      { type: 'message.edited', data: { message: 'object-1', chat: ada, text: 'Ho' } },
    ],
    ['message:update', message({ meta: { isRevoked: true } }), { type: 'message.revoked', data: { message: 'object-1', chat: ada } }],
    ['message:update', message({ poll: { count: 2 } }), { type: 'unknown', data: {} }],
    [
      'message:reaction',
      message({ reaction: '👍', messageId: '3EB0', from: ada }),
      { type: 'message.reaction', data: { message: '3EB0', chat: ada, from: ada, emoji: '👍' } },
    ],
    ['message:reaction', message({ reaction: '-' }), { type: 'message.reaction', data: { message: 'object-1', emoji: '' } }],
    ['message:out:expired', message(), { type: 'message.failed', data: { message: 'object-1', chat: ada } }],
    // it is tried again: told as a failure, somebody would send it once more
    ['message:out:retry', message(), { type: 'unknown', data: {} }],
    [
      'number:session',
      { session: { status: 'online' }, status: 'operative' },
      { type: 'session.status', data: { state: 'connected', account: 'ok' } },
    ],
    ['number:session', { status: 'authorize' }, { type: 'session.status', data: { state: 'pairing', challenge: 'qr' } }],
    ['device:status:update', { status: 'unpaid' }, { type: 'session.status', data: { state: 'unknown', account: 'unpaid' } }],
    ['number:session', { status: 'melted' }, { type: 'session.status', data: { state: 'unknown' } }],
    ['group:update', { group, name: 'Club' }, { type: 'group.updated', data: { group, subject: 'Club' } }],
    [
      'group:update',
      { chat: { id: group }, action: 'add', participants: [ada, { wid: me }] },
      { type: 'group.participants', data: { group, change: 'added', participants: [ada, me] } },
    ],
    [
      'group:update',
      { wid: group, action: 'add', participants: ['+12025550143', { phone: '+1 202 555-0199' }, { lid: '7@lid', phone: 12025550143 }, {}] },
      { type: 'group.participants', data: { participants: [ada, me, '7@lid'], persons: [{}, {}, { phone: '+12025550143' }] } },
    ],
    ['chat:update', { wid: ada, waStatus: 'active' }, { type: 'chat.updated', data: { chat: ada } }],
    ['chat:update', { id: ada, meta: { isArchived: true } }, { type: 'chat.archived', data: { chat: ada, archived: true } }],
    ['contact:update', { wid: ada, name: 'Ada' }, { type: 'contact.updated', data: { contact: ada, name: 'Ada' } }],
    ['toString', {}, { type: 'unknown', data: {} }],
    ['call:received', {}, { type: 'unknown', vendorType: 'call:received', data: {} }],
  ] as const)('%s %j', async (event, data, expected) => {
    const body = platform(event, data)
    expect(await deliver(body)).toMatchObject([{ gateway: 'sparkbot', session, vendorType: event, at: NOW, ...expected, raw: body }])
  })

  it('goes by the id of the object, where there is one', async () => {
    const key = async (event: string, more: object = {}) => (await deliver(platform(event, { wid: ada }, more)))[0]?.dedupeKey
    expect(await key('message:in:new', { objectId: 'o' })).toBe(`sparkbot:${session}:message:in:new:o`)
    expect(await key('chat:update')).toMatch(new RegExp(`^sparkbot:${session}:chat:update:object-1:${NOW}:[0-9a-f]{16}$`))
    // a chat can change twice, and without a time the content has to tell
    expect(await key('chat:update', { created: 1 })).not.toBe(await key('chat:update', { created: 2 }))
    expect(await key('chat:update', { created: null })).toMatch(/^sparkbot:\w+:[0-9a-f]{32}$/)
  })
})

describe("an id of the service is no key, as it is not WhatsApp's", () => {
  const SERVICE_ID = '5bf612faa893b00016c0f13d'
  const keyIn = async (event: string, data: object, id: string) => {
    const [told] = await deliver(platform(event, { chat: ada, ...data }, { objectId: id }))
    const { key, message } = (told?.data ?? {}) as { key?: string; message?: string | { key?: string } }
    return typeof message === 'object' ? message.key : key
  }

  it.each([
    ['message:in:new', {}],
    ['message:out:new', {}],
    ['message:out:sent', {}],
    ['message:out:ack', { ack: 'read' }],
    ['message:out:failed', {}],
    ['message:update', { meta: { isRevoked: true } }],
    ['message:update', { editedAt: '2026-01-01T00:00:00Z', body: 'x' }],
  ])('%s %j', async (event, data) => {
    expect(await keyIn(event, data, SERVICE_ID)).toBe(undefined)
    expect(await keyIn(event, { ...data, waId: '3EB0AB' }, SERVICE_ID)).toBe('3EB0AB')
    expect(await keyIn(event, data, '3EB0AC')).toBe('3EB0AC')
  })

  it('of a reaction neither, whose own id is not that of the message', async () => {
    expect(await keyIn('message:reaction', { reaction: 'x', waId: '3EB0AB' }, SERVICE_ID)).toBe(undefined)
    expect(await keyIn('message:reaction', { reaction: 'x', waId: '3EB0AB' }, '3EB0AC')).toBe('3EB0AC')
  })
})

describe('keys are made of what happened', () => {
  const key = async (event: string, data: object) => (await deliver(platform(event, data)))[0]?.dedupeKey

  // the vendor's events of one second, about one object
  it.each([
    ['message:reaction', { reaction: '👍' }, { reaction: '❤' }],
    ['message:reaction', { reaction: '👍' }, { reaction: '-' }],
    ['message:update', { body: 'one', meta: { isEdited: true } }, { body: 'two', meta: { isEdited: true } }],
    ['message:update', { body: 'one', editedAt: '2026-01-01T00:00:00Z' }, { body: 'two', editedAt: '2026-01-01T00:00:00Z' }],
    ['message:out:ack', { ack: 'delivered' }, { ack: 'read' }],
    ['message:out:ack', { ack: 'new-word' }, { ack: 'newer-word' }],
    ['contact:update', { wid: ada, name: 'Ada' }, { wid: ada, name: 'Ada L' }],
    ['group:update', { wid: group, name: 'One' }, { wid: group, name: 'Two' }],
    ['number:session', { session: { status: 'online' } }, { session: { status: 'authorize' } }],
  ])('%s %j and %j are two, and each delivered again is the same', async (event, one, other) => {
    expect(await key(event, one)).toBe(await key(event, one))
    expect(await key(event, one)).not.toBe(await key(event, other))
  })

  it('places, cards and polls are fields of a message', async () => {
    const data = {
      wid: 'm1',
      from: ada,
      location: { latitude: 1, longitude: 2, name: 'Office', address: 'Main St 1' },
      contacts: [{ name: 'Ada', phone: '+12025550143' }],
      poll: { name: 'Lunch?', options: ['Yes', 'No'], multiple: true },
    }
    const [event] = await deliver(platform('message:in:new', data))
    expect(event?.data).toEqual({
      message: {
        ...{ session, id: 'm1', key: 'm1', chat: '', from: ada, type: 'unknown', text: 'Lunch?', ack: 'unknown', raw: data },
        ...{ phone: '+12025550143', person: { id: ada, phone: '+12025550143' } },
        location: { latitude: 1, longitude: 2, name: 'Office', address: 'Main St 1' },
        contacts: [{ name: 'Ada', phones: ['+12025550143'] }],
        poll: { question: 'Lunch?', options: ['Yes', 'No'], multiple: true },
      },
    })
  })
})

describe('bodies of any shape', () => {
  it('never throw', async () => {
    const words = fc.constantFrom(
      'message:in:new',
      'message:out:ack',
      'message:update',
      'number:session',
      'group:update',
      'chat:update',
      '__proto__',
    )
    const keys = [
      'id',
      'wid',
      'chat',
      'device',
      'session',
      'meta',
      'media',
      'poll',
      'participants',
      'reaction',
      'message',
      'created',
      'status',
    ]
    const data = fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...keys), fc.jsonValue()))
    const event = fc.oneof(
      fc.jsonValue(),
      fc.record({ event: fc.oneof(words, fc.jsonValue()), data, id: fc.jsonValue(), created: fc.jsonValue(), device: fc.jsonValue() }),
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(event, fc.array(event, { maxLength: 4 })), async (body) => {
        const events = await deliver(body)
        for (const { type, session: of, at, dedupeKey } of events) {
          expect([typeof type, typeof of, Number.isFinite(at), dedupeKey.length > 0]).toEqual(['string', 'string', true, true])
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('and no JSON is an invalid request', async () => {
    for (const body of ['', '{', 'event=x']) {
      expect(await failure(parseWebhook({ headers: {}, body }, none))).toMatchObject({ kind: 'invalid_request', code: 'not_json' })
    }
    expect(await failure(parseWebhook({ headers: {}, body: '"x"'.repeat(600_000) }, none))).toMatchObject({ code: 'too_large' })
  })
})
