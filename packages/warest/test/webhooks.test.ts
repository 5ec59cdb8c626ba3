import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Clock, type GatewayEvent, systemClock } from '@wamux/core'
import { createWebhookHandler } from '@wamux/core/webhooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseWebhook, type WarestWebhookOptions } from '../src/index.ts'

interface Recorded {
  readonly name: string
  readonly secret: string
  readonly username: string
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly rawBody: string }
}

const recordings = readFileSync(new URL('fixtures/webhooks.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

const SIGNATURE = 'x-warest-signature'
const secret = 'topsecret1'
const NOW = 1_795_222_000_000
const bob = '6282222222222@c.us'
const group = '120363000000000001@g.us'
/** Who a person is, as messages and events tell it. */
const told = (id: string) => ({ id, phone: `+${id.split('@')[0]}` })
const fromBob = { from: bob, phone: told(bob).phone, person: told(bob) }

/** Parses as a server of that moment would. */
function parse(
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
  options: WarestWebhookOptions,
): Promise<readonly GatewayEvent[]> {
  let ts = 0
  try {
    ts = JSON.parse(typeof body === 'string' ? body : new TextDecoder().decode(body)).ts
  } catch {
    // broken on purpose
  }
  const clock: Clock = { ...systemClock, now: () => (Number.isFinite(ts) ? ts : 0) }
  return parseWebhook({ headers, body }, { clock, ...options })
}

function signed(body: string, { key = `${secret}admin`, algorithm = 'sha256' } = {}): Record<string, string> {
  return { [SIGNATURE]: `HMAC-${algorithm.toUpperCase()}=${createHmac(algorithm, key).update(body).digest('hex')}` }
}

/** A delivery with a given event, as the server makes it. */
function delivery(event: unknown, data: unknown) {
  const body = JSON.stringify({ event, data, ts: NOW, session: { id: 'main', label: 'main', registry: 'admin', username: 'admin' } })
  return parse(signed(body), body, { secrets: [secret] })
}

/** What the recorded deliveries have to become, in their order: type and data. */
const expected: readonly (readonly [type: GatewayEvent['type'], data: object])[] = [
  ['unknown', {}],
  ['unknown', {}],
  ['session.status', { state: 'disconnected' }],
  ['message.received', received('INCOMING0001', 'text', 1_795_222_161_000, 'Hello shop')],
  ['session.status', { state: 'conflict' }],
  ['session.status', { state: 'stopped' }],
  ['message.received', received('INCOMING0010', 'text', 1_795_222_000_000, 'after config')],
  ['session.status', { state: 'logged_out' }],
  ['unknown', {}],
  ['session.status', { state: 'disconnected' }],
  ['session.status', { state: 'connecting' }],
  ['session.status', { state: 'connected', account: 'ok' }],
  ['session.status', { state: 'stopped' }],
  ['unknown', {}],
  ['presence.updated', { chat: bob, ...fromBob, presence: 'typing' }],
  ['call.received', { call: 'C1', ...fromBob, video: false }],
  ['group.updated', { group, subject: 'New subject' }],
  ['group.joined', { group }],
  ['group.participants', { group, change: 'removed', participants: [bob], persons: [told(bob)] }],
  ['group.left', { group }],
  ['group.participants', { group, change: 'promoted', participants: [bob], persons: [told(bob)] }],
  ['message.reaction', { message: 'CMD1', key: 'CMD1', chat: bob, ...fromBob, emoji: '❤' }],
  ['message.received', { message: { ...received('L1', 'location', 1_795_222_000_000).message, location: { latitude: 1, longitude: 2 } } }],
  ['message.edited', { message: 'CMD1', key: 'CMD1', chat: bob, phone: told(bob).phone, person: told(bob), text: '/help edited' }],
  ['session.status', { state: 'starting' }],
  ['session.status', { state: 'connecting' }],
]

function received(id: string, type: string, at: number, text?: string) {
  const message = { session: 'main', id, key: id, chat: bob, ...fromBob, fromMe: false, type, at, ack: 'unknown', raw: expect.anything() }
  return { message: text === undefined ? message : { ...message, text } }
}

describe('recorded deliveries of WARest', () => {
  it('are all expected to become something', () => {
    expect(recordings).toHaveLength(expected.length)
  })

  it.each(recordings.map((recorded, index) => [`${index}: ${recorded.name}`, recorded, expected[index]] as const))(
    '%s',
    async (_name, recorded, wanted) => {
      const { headers, rawBody } = recorded.request
      const events = await parse(headers, rawBody, { secrets: [recorded.secret] })
      const { ts, event } = JSON.parse(rawBody)
      expect(events).toHaveLength(1)
      expect(events[0]).toEqual({
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        gateway: 'warest',
        session: 'main',
        type: wanted?.[0],
        vendorType: event,
        at: ts,
        dedupeKey: expect.stringMatching(/^warest:main:./),
        data: wanted?.[1],
        raw: JSON.parse(rawBody),
      })
      // the user may be told, and has to be the right one
      expect(await parse(headers, rawBody, { secrets: ['old', recorded.secret], username: recorded.username })).toEqual(events)
      await expect(parse(headers, rawBody, { secrets: [recorded.secret], username: 'somebody' })).rejects.toMatchObject({ kind: 'auth' })
      await expect(parse(headers, rawBody, { secrets: ['another'] })).rejects.toMatchObject({ kind: 'auth', code: 'signature' })
    },
  )

  it('fail with any single bit of body or signature changed', async () => {
    // one in full; of the others some bits each
    const [shortest] = [...recordings].sort((a, b) => a.request.rawBody.length - b.request.rawBody.length)
    let changed = 0
    for (const recorded of recordings) {
      const { headers, rawBody } = recorded.request
      const step = recorded === shortest ? 1 : 61
      for (const [part, bytes] of [
        ['body', new TextEncoder().encode(rawBody)],
        ['signature', new TextEncoder().encode(headers[SIGNATURE])],
      ] as const) {
        for (let bit = 0; bit < bytes.length * 8; bit += part === 'body' ? step : 1) {
          const flipped = bytes.slice()
          flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
          const text = new TextDecoder('latin1').decode(flipped)
          const [otherHeaders, body] = part === 'body' ? [headers, flipped] : [{ ...headers, [SIGNATURE]: text }, rawBody]
          await expect(parse(otherHeaders, body, { secrets: [recorded.secret] })).rejects.toMatchObject({ kind: 'auth', code: 'signature' })
          changed += 1
        }
      }
    }
    expect(changed).toBeGreaterThan(15_000)
  }, 60_000)
})

describe('signatures', () => {
  const body = JSON.stringify({ event: 'preflight', data: {}, ts: 1, session: { username: 'admin' } })

  it('are checked with the algorithm of the options, whatever the sender says', async () => {
    const other = { ...signed(body), 'x-warest-signature-alg': 'HMAC-SHA512' }
    expect(await parse(other, body, { secrets: [secret] })).toHaveLength(1)
    const sha512 = signed(body, { algorithm: 'sha512' })
    await expect(parse(sha512, body, { secrets: [secret] })).rejects.toMatchObject({ kind: 'auth' })
    expect(await parse(sha512, body, { secrets: [secret], algorithm: 'sha512' })).toHaveLength(1)
    await expect(parse(signed(body), body, { secrets: [secret], algorithm: 'sha512' })).rejects.toMatchObject({ kind: 'auth' })
    const renamed = { [SIGNATURE]: (signed(body)[SIGNATURE] ?? '').replace('SHA256', 'SHA384') }
    await expect(parse(renamed, body, { secrets: [secret] })).rejects.toMatchObject({ kind: 'auth' })
  })

  it('need the user of the session in the key', async () => {
    await expect(parse(signed(body, { key: secret }), body, { secrets: [secret] })).rejects.toMatchObject({ kind: 'auth' })
    // a server that knows no user signs with the secret alone
    const nobody = JSON.stringify({ event: 'preflight', data: {}, ts: 1, session: { username: null } })
    expect(await parse(signed(nobody, { key: secret }), nobody, { secrets: [secret] })).toHaveLength(1)
  })

  it('are needed, and so are secrets', async () => {
    await expect(parse({}, body, { secrets: [secret] })).rejects.toMatchObject({ kind: 'auth' })
    await expect(parse(signed(body), body, {})).rejects.toMatchObject({ kind: 'config', field: 'secrets' })
    await expect(parse(signed('not json'), 'not json', { secrets: [secret] })).rejects.toMatchObject({ kind: 'auth' })
    const text = signed('not json', { key: secret })
    await expect(parse(text, 'not json', { secrets: [secret] })).rejects.toMatchObject({ kind: 'invalid_request', code: 'not_json' })
  })

  it('do not help once they are old: the time is in the body', async () => {
    const clock = (now: number): Clock => ({ ...systemClock, now: () => now })
    const headers = { ...signed(body), 'x-warest-timestamp': '400000' }
    await expect(parse(headers, body, { secrets: [secret], clock: clock(400_000) })).rejects.toMatchObject({ kind: 'auth', code: 'stale' })
    expect(await parse(headers, body, { secrets: [secret], clock: clock(299_000) })).toHaveLength(1)
    expect(await parse(headers, body, { secrets: [secret], clock: clock(400_000), toleranceMs: Number.POSITIVE_INFINITY })).toHaveLength(1)
  })

  it('are answered with nothing in the body, which the server would carry out', async () => {
    const seen: string[] = []
    const handle = createWebhookHandler({
      parse: (request) => parseWebhook(request, { secrets: [secret], clock: { ...systemClock, now: () => 1 } }),
      onEvent: ({ vendorType }) => seen.push(vendorType),
    })
    const answer = await handle(new Request('http://hook.test', { method: 'POST', headers: signed(body), body }))
    expect([answer.status, await answer.text(), seen]).toEqual([204, '', ['preflight']])
    const refused = await handle(new Request('http://hook.test', { method: 'POST', body }))
    expect([refused.status, await refused.text()]).toEqual([401, ''])
  })
})

describe('events that were not recorded', () => {
  it('a QR code to scan', async () => {
    const events = await delivery('session_status', { id: 'main', tags: 'qr', qr: '2@abc', qrDuration: 20 })
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      ['session.status', { state: 'pairing', challenge: 'qr' }],
      ['session.challenge', { challenge: 'qr', value: '2@abc' }],
    ])
    expect(new Set(events.map(({ dedupeKey }) => dedupeKey)).size).toBe(2)
    const picture = await delivery('session_status', { id: 'main', tags: 'qr', qr: 'data:image/png;base64,AAAA' })
    expect(picture[1]?.data).toEqual({ challenge: 'qr' })
  })

  // Baileys' update of a reaction: its own key, and the key of the message inside
  it('reactions to one message are each an event of its own', async () => {
    const jid = '6281111111111@s.whatsapp.net'
    const key = async (text: string, own: string, at?: number) => {
      const reaction = { key: { id: 'A', remoteJid: jid }, text, ...(at === undefined ? {} : { senderTimestampMs: at }) }
      return (await delivery('message_reaction', { key: { id: own, remoteJid: jid }, reaction }))[0]?.dedupeKey
    }
    const keys = [await key('👍', 'R1'), await key('❤', 'R1'), await key('', 'R1'), await key('👍', 'R2'), await key('👍', 'R1', 5)]
    expect(new Set(keys).size).toBe(5)
    expect(await key('👍', 'R1')).toBe(keys[0])
  })

  // Baileys' words for a call's state
  it.each([
    ['offer', { isVideo: true, isGroup: false }, 'call.received', { video: true, groupCall: false }],
    ['timeout', { isVideo: false }, 'call.missed', { video: false }],
    ['terminate', {}, 'call.ended', {}],
    [
      'accept',
      { isGroup: true, groupJid: '120363000000000000@g.us' },
      'call.accepted',
      { group: '120363000000000000@g.us', groupCall: true },
    ],
  ])('a call: %s %j', async (status, more, type, data) => {
    const [event] = await delivery('call', { calls: [{ id: 'K', from: '6281111111111@s.whatsapp.net', status, ...more }] })
    const person = told('6281111111111@c.us')
    expect([event?.type, event?.data]).toEqual([type, { call: 'K', from: person.id, phone: person.phone, person, ...data }])
  })

  it('several revoked messages, calls and persons at once', async () => {
    const person = told('6281111111111@c.us')
    const keys = [{ id: 'A', remoteJid: '6281111111111@s.whatsapp.net' }, { id: 'B' }, {}]
    expect((await delivery('message_revoked', { key: { keys } })).map(({ data, dedupeKey }) => [data, dedupeKey])).toEqual([
      [{ message: 'A', key: 'A', chat: person.id, phone: person.phone, person }, 'warest:main:revoked:6281111111111@c.us:A'],
      [{ message: 'B', key: 'B' }, 'warest:main:revoked::B'],
    ])
    const calls = ['offer', 'accept', 'reject', 'terminate'].map((status) => ({ id: 'C', from: '6281111111111@s.whatsapp.net', status }))
    expect((await delivery('call', { calls })).map(({ type }) => type)).toEqual([
      'call.received',
      'call.accepted',
      'call.rejected',
      'call.ended',
    ])
    const presences = { '1@lid': { lastKnownPresence: 'available' }, '2@lid': { lastKnownPresence: 'dancing' } }
    expect((await delivery('presence_update', { presence: { id: group, presences } })).map(({ data }) => data)).toEqual([
      { chat: group, from: '1@lid', person: { id: '1@lid', lid: '1@lid' }, presence: 'online' },
      { chat: group, from: '2@lid', person: { id: '2@lid', lid: '2@lid' }, presence: 'unknown' },
    ])
  })

  it('a picture that the server keeps, which answers another message in a group', async () => {
    const contextInfo = { stanzaId: 'Q1', participant: '6283333333333@s.whatsapp.net' }
    const message = {
      key: { remoteJid: group, fromMe: false, id: 'P1', participant: '6282222222222@s.whatsapp.net' },
      messageTimestamp: 1,
      message: { imageMessage: { caption: 'Hi @123', mimetype: 'image/png', fileLength: '5', url: 'https://cdn.test/x.enc', contextInfo } },
    }
    const media = { hasMedia: true, url: 'https://warest.test/x.png', storageKey: 'x' }
    const heard = async (data: object) => (await delivery('message_received', data))[0]?.data
    const known = {
      session: 'main',
      id: 'P1',
      key: 'P1',
      chat: group,
      ...fromBob,
      fromMe: false,
      type: 'image',
      text: 'Hi @62811',
      at: 1000,
      ack: 'unknown',
      replyTo: 'Q1',
      media: { mimetype: 'image/png', size: 5, url: 'https://warest.test/x.png' },
      raw: message,
    }
    expect(await heard({ message, text: 'Hi @62811', media })).toEqual({ message: known })
    // WhatsApp's own copy is encrypted
    const { storageKey: _, ...remote } = media
    expect(await heard({ message, text: 'Hi @62811', media: remote })).toEqual({
      message: { ...known, media: { mimetype: 'image/png', size: 5 } },
    })
  })

  it.each([
    [false, 'status@broadcast', 'status.posted'],
    [true, 'status@broadcast', 'status.posted'],
    [false, '1@newsletter', 'channel.message'],
    [true, '1@newsletter', 'message.sent'],
    [false, group, 'message.received'],
    [true, group, 'message.sent'],
  ])('own %s in %s as polling for it tells it', async (fromMe, remoteJid, type) => {
    const message = { key: { remoteJid, fromMe, id: 'S1' }, messageTimestamp: 1, message: { conversation: 'My day' } }
    const [event] = await delivery('message_received', { message, text: 'My day' })
    expect(event).toMatchObject({ type, dedupeKey: `warest:main:${type}:S1`, data: { message: { chat: remoteJid, fromMe } } })
  })

  it('what this account pinned itself', async () => {
    const message = { key: { remoteJid: group, fromMe: true, id: 'P2' }, message: { pinInChatMessage: {} } }
    expect((await delivery('message_received', { tags: 'pin', message }))[0]).toMatchObject({ type: 'message.sent' })
  })
})

describe('whatever a delivery holds', () => {
  const words = [
    ...new Set(recordings.map(({ request }) => JSON.parse(request.rawBody).event as string)),
    'message_command',
    'message_revoked',
  ]

  it('it becomes events, never an error', async () => {
    const anything = fc.jsonValue({ maxDepth: 4 })
    const known = fc.constantFrom(
      'message',
      'key',
      'reaction',
      'editedMessage',
      'update',
      'presence',
      'calls',
      'participants',
      'status',
      'tags',
    )
    const data = fc.oneof(
      anything,
      fc.dictionary(known, anything),
      fc.dictionary(known, fc.dictionary(fc.constantFrom('id', 'key', 'keys', 'presences', 'message'), anything)),
    )
    const event = fc.oneof(fc.constantFrom(...words), fc.string(), anything)
    await fc.assert(
      fc.asyncProperty(event, data, async (word, payload) => {
        const events = await delivery(word, payload)
        expect(events.length).toBeGreaterThan(0)
        for (const one of events)
          expect(one).toMatchObject({ gateway: 'warest', session: 'main', at: NOW, vendorType: typeof word === 'string' ? word : '' })
      }),
      { numRuns: 500 },
    )
  })

  it('the group of an update is beside it, or in a list', async () => {
    const told = [{ type: 'group.updated', data: { group, subject: 'Club' } }]
    for (const data of [{ update: { id: group, subject: 'Club' } }, { id: group, update: { subject: 'Club' } }]) {
      expect(await delivery('group_update', data)).toMatchObject(told)
      expect(await delivery('group_update', { ...data, update: [data.update, data.update] })).toMatchObject([...told, ...told])
    }
  })

  it.each([
    ['one', bob],
    ['by JID', { [bob]: {} }],
    ['by number', [{ phoneNumber: '6282222222222' }]],
  ])('the persons of a group: %s', async (_, participants) => {
    const [event] = await delivery('group_participants', { groupId: group, action: 'add', participants })
    expect(event?.data).toMatchObject({ participants: [bob], persons: [told(bob)] })
  })

  it.each([NOW / 1000, new Date(NOW).toISOString(), `${NOW}`])('is dated %s', async (ts) => {
    const body = JSON.stringify({ event: 'x', data: {}, ts, session: { id: 'main', username: 'admin' } })
    const clock: Clock = { ...systemClock, now: () => NOW }
    expect(await parse(signed(body), body, { secrets: [secret], clock })).toMatchObject([{ at: NOW }])
  })

  it('an event that nobody knows is unknown', async () => {
    for (const word of ['toString', '__proto__', '', 7, null, 'something_new']) {
      expect(await delivery(word, { a: 1 })).toMatchObject([{ type: 'unknown', data: {}, raw: { data: { a: 1 } } }])
    }
  })

  it('fields that were added later stay in raw', async () => {
    for (const { request, secret: key } of recordings) {
      const body = JSON.parse(request.rawBody)
      const more = JSON.stringify({ ...body, data: { ...body.data, added: { later: [1] } } })
      const [before] = await parse(request.headers, request.rawBody, { secrets: [key] })
      const [after] = await parse(signed(more, { key: `${key}admin` }), more, { secrets: [key] })
      expect(after).toMatchObject({ type: before?.type, data: before?.data, raw: { data: { added: { later: [1] } } } })
    }
  })
})
