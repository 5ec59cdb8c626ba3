import { hmacHex } from '@wamux/core/webhooks'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { at, type Caller, callerOf } from '../../../test/caller.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

const INSTANCE = '3EB0E3017A70'
const KEYS = { instance_id: INSTANCE, access_token: 'emulator-wawp-token' }
const session = { gateway: 'wawp', session: INSTANCE } as const
const OWN = '12025550100'
const ADA = '12025550143'
const BEN = '12025550144'
const ada = `${ADA}@c.us`
const picture = { 'file[url]': 'https://files.invalid/a.png', 'file[filename]': 'a.png', 'file[mimetype]': 'image/png' }

interface Delivered {
  readonly url: string
  readonly signature: string | null
  readonly body: string
}

let clock: VirtualClock
let emulator: Emulator
let call: Caller
let delivered: Delivered[]
/** What the receiver of webhooks answers. */
let status: number

beforeEach(async () => {
  clock = createVirtualClock()
  delivered = []
  status = 200
  emulator = createEmulator({
    clock,
    deliver: async (url, { headers, body }) => {
      delivered.push({ url, signature: new Headers(headers).get('x-wawp-signature'), body: String(body) })
      return new Response(null, { status })
    },
  })
  call = callerOf(emulator, 'wawp')
  await post('/session/start')
  await clock.advance(50)
  await emulator.control.scan({ ...session, phone: OWN })
  await clock.advance(50)
})

const send = (method: string, path: string, fields: object = {}) => call(method, `/v2${path}`, { ...KEYS, ...fields })
const post = (path: string, fields?: object) => send('POST', path, fields)
const get = (path: string, query: Record<string, string> = {}) => call('GET', `/v2${path}?${new URLSearchParams({ ...KEYS, ...query })}`)
const DONE = { success: true, message: 'Operation completed successfully' }

describe('messages', () => {
  test('of all kinds arrive, and are listed newest first', async () => {
    const kinds: readonly [path: string, fields: object, type: string][] = [
      ['text', { message: 'Hi' }, 'chat'],
      ['image', { ...picture, caption: 'Look' }, 'image'],
      ['video', { ...picture, 'file[mimetype]': 'video/mp4' }, 'video'],
      ['voice', { ...picture, 'file[mimetype]': 'audio/ogg; codecs=opus', convert: false }, 'ptt'],
      ['pdf', { ...picture, 'file[mimetype]': 'application/pdf' }, 'document'],
      ['location', { latitude: 52.5, longitude: 13.4, title: 'Here', message: '' }, 'location'],
      ['contact', { contacts: [{ fullName: 'Ben', whatsappId: BEN }] }, 'vcard'],
      ['poll', { poll: { name: 'Tea?', options: ['Yes', 'No'] } }, 'poll_creation'],
    ]
    for (const [path, fields, type] of kinds) {
      const sent = await post(`/send/${path}`, { chatId: ada, ...fields })
      expect([path, sent.status, at(sent, '_data.type')]).toEqual([path, 200, type])
      expect(at(await post('/messages/get', { chatId: ada, messageId: at(sent, 'id') }), 'id')).toBe(at(sent, 'id'))
    }
    await clock.advance(60_000)
    const arrived = await emulator.control.messages({ phone: ADA })
    expect(arrived.map(({ type }) => type)).toEqual(['text', 'image', 'video', 'voice', 'document', 'location', 'contact', 'poll'])
    const listed = (await get('/chats/messages', { chatId: ada, limit: '2', offset: '1' })).body as { _data: { type: string } }[]
    expect(listed.map(({ _data }) => _data.type)).toEqual(['vcard', 'location'])
  })

  test('what comes back of a file, and who it is from', async () => {
    const { id } = await emulator.control.message({
      from: ADA,
      to: OWN,
      file: { base64: 'AQID', mimetype: 'image/png', filename: 'b.png' },
      text: 'Look',
    })
    await clock.advance(1_000)
    const [message] = (await get('/chats/messages', { chatId: ada })).body as Record<string, unknown>[]
    expect(message).toMatchObject({
      id: `false_${ada}_${id}`,
      from: ada,
      to: `${OWN}@c.us`,
      fromMe: false,
      source: 'app',
      body: 'Look',
      hasMedia: true,
      media: { mimetype: 'image/png', filename: 'b.png', url: expect.stringMatching(/\/_emulator\/files\//) },
    })
  })

  test('can be answered, reacted to, edited, pinned, taken back', async () => {
    const { id } = await emulator.control.message({ from: ADA, to: OWN, text: 'Hi' })
    await clock.advance(1_000)
    const theirs = `false_${ada}_${id}`
    const answer = await post('/send/text', { chatId: ada, message: 'Ho', reply_to: theirs })
    expect(at(answer, 'replyTo.id')).toBe(id)
    const own = String(at(answer, 'id'))
    expect((await send('PUT', '/send/reaction', { messageId: theirs, reaction: '👍' })).body).toEqual(DONE)
    expect((await send('PUT', '/messages/edit', { chatId: ada, messageId: own, text: 'Hey' })).body).toEqual(DONE)
    expect((await post('/messages/pin', { chatId: ada, messageId: own, duration: 86_400 })).body).toEqual(DONE)
    expect((await post('/messages/unpin', { chatId: ada, messageId: own })).body).toEqual(DONE)
    expect(at(await post('/messages/get', { chatId: ada, messageId: own }), 'body')).toBe('Hey')
    await call('DELETE', `/v2/messages/delete?${new URLSearchParams({ chatId: ada, messageId: own })}`, KEYS)
    expect(at(await post('/messages/get', { chatId: ada, messageId: own }), '_data.type')).toBe('revoked')
    expect((await emulator.control.messages()).find((message) => message.id === id)).toMatchObject({ reactions: { [OWN]: '👍' } })
  })

  test('a vote in a poll', async () => {
    const { id } = await emulator.control.message({
      from: ADA,
      to: OWN,
      poll: { question: 'Tea?', options: ['Yes', 'No'], multiple: false },
    })
    await clock.advance(1_000)
    const vote = (votes: string[]) => post('/send/poll-vote', { chatId: ada, pollMessageId: `false_${ada}_${id}`, votes })
    expect((await vote(['Yes'])).body).toEqual(DONE)
    expect((await vote(['Maybe'])).status).toBe(400)
  })

  test.each([
    ['/send/image', { chatId: ada }, 400],
    ['/send/image', { chatId: ada, ...picture, 'file[url]': 'nowhere' }, 400],
    ['/send/voice', { chatId: ada, ...picture, convert: false }, 400],
    ['/send/location', { chatId: ada, latitude: 'x', longitude: 1, title: 'a', message: 'b' }, 400],
    ['/send/poll', { chatId: ada, poll: { name: 'Tea?', options: ['Yes'] } }, 400],
    ['/send/contact', { chatId: ada, contacts: [] }, 400],
    ['/send/text', { chatId: '1@lid', message: 'Hi' }, 404],
    ['/messages/get', { chatId: ada, messageId: `true_${ada}_NONE` }, 404],
    ['/messages/pin', { chatId: ada, messageId: 'NONE' }, 404],
  ])('%s with %j is %i', async (path, fields, expected) => {
    expect((await post(path, fields)).status).toBe(expected)
  })

  test('another`s message cannot be edited', async () => {
    const { id } = await emulator.control.message({ from: ADA, to: OWN, text: 'Hi' })
    await clock.advance(1_000)
    expect(await send('PUT', '/messages/edit', { chatId: ada, messageId: `false_${ada}_${id}`, text: 'No' })).toMatchObject({
      status: 403,
      body: { error: 'Forbidden' },
    })
  })
})

describe('chats and persons', () => {
  beforeEach(async () => {
    await emulator.control.phone({ phone: OWN, reads: false })
    await emulator.control.message({ from: ADA, to: OWN, text: 'one' })
    await emulator.control.message({ from: BEN, to: OWN, text: 'two' })
    await clock.advance(1_000)
  })

  test('a list, an overview, and marks', async () => {
    const list = async (query?: Record<string, string>) => (await get('/chats', query)).body as Record<string, { _serialized: string }>[]
    expect((await list()).map(({ id }) => id?._serialized)).toEqual([`${BEN}@c.us`, ada])
    expect((await list({ sortOrder: 'ASC', limit: '1' })).map(({ id }) => id?._serialized)).toEqual([ada])
    expect((await get('/chats/overview', { ids: ada })).body).toMatchObject([
      { id: ada, lastMessage: { body: 'one' }, _chat: { unreadCount: 1 } },
    ])
    await post('/chats/archive', { chatId: ada })
    await post('/chats/read', { chatId: ada })
    await post('/chats/unread', { chatId: ada })
    expect((await list())[1]).toMatchObject({ archived: true, unreadCount: -1 })
    await post('/chats/clear', { chatId: ada })
    expect((await get('/chats/messages', { chatId: ada })).body).toEqual([])
    await send('DELETE', '/chats/delete', { chatId: ada })
    expect(await list()).toHaveLength(1)
  })

  test('contacts, names and hidden numbers', async () => {
    await send('PUT', `/contacts/${ada}`, { firstName: 'Ada', lastName: 'L.' })
    expect((await get('/contacts', { contactId: ada })).body).toMatchObject({ id: ada, name: 'Ada L.', isMyContact: true })
    expect((await get('/contacts/all')).body).toHaveLength(2)
    expect((await get('/contacts/check-exists', { phone: '12025550000' })).body).toEqual({ numberExists: false })
    expect((await get('/lids')).body).toContainEqual({ lid: `9${ADA}@lid`, pn: ada })
    expect((await get('/lids/count')).body).toEqual({ count: 2 })
  })

  test('labels one by one', async () => {
    const id = String(at(await post('/labels/create', { name: 'Lead', colorHex: '#64c4ff' }), 'id'))
    expect((await get(`/labels/${id}`)).body).toEqual({ id, name: 'Lead', color: 1, colorHex: '#64c4ff' })
    await send('PUT', `/labels/${id}/chats/${ada}`)
    expect((await get(`/labels/${id}/chats`)).body).toEqual([{ id: ada }])
    await send('DELETE', `/labels/${id}/chats/${ada}`)
    expect((await get(`/labels/chats/${ada}`)).body).toEqual([])
    expect((await get('/labels/99')).status).toBe(404)
  })
})

test('groups and channels beyond the verbs', async () => {
  const made = await post('/groups', { name: 'Club', participants: [{ id: ada }, { id: '12025550000@c.us' }] })
  const id = String(at(made, 'gid._serialized'))
  expect(at(made, 'participants')).toMatchObject({ [ada]: { statusCode: 200 }, '12025550000@c.us': { statusCode: 404 } })
  expect((await post(`/groups/${id}/participants/add`, { participants: [{ id: ada }] })).body).toMatchObject({ [ada]: { code: 409 } })
  const code = (await get(`/groups/${id}/invite-code`)).body as string
  expect((await get('/groups/join-info', { code })).body).toMatchObject({ subject: 'Club', size: 2 })
  expect((await get('/groups/count')).body).toEqual({ count: 1 })
  expect((await get(`/groups/${id}/settings/security/info-admin-only`)).body).toEqual({ adminsOnly: false })
  expect((await get('/groups/1@g.us')).status).toBe(404)

  const channel = String(at(await post('/channels', { name: 'News' }), 'id'))
  await post('/send/text', { chatId: channel, message: 'First' })
  expect((await get(`/channels/${channel}/messages/preview`)).body).toMatchObject([{ message: { body: 'First' } }])
  expect((await get('/channels', { role: 'SUBSCRIBER' })).body).toEqual([])
  expect((await get('/channels/1@newsletter')).status).toBe(404)
})

describe('webhooks', () => {
  const hook = { url: 'https://example.invalid/hook', events: ['message', 'message.ack'] }
  const told = () => delivered.map(({ body }) => JSON.parse(body) as { event: string; payload: Record<string, unknown> })

  test('go to who asked for them, signed, in the envelope of WAHA', async () => {
    await post('/webhook/set', { ...hook, hmac: 'k3y' })
    await post('/webhook/set', { url: 'https://example.invalid/off', events: ['*'], is_active: 0 })
    await emulator.control.message({ from: ADA, to: OWN, text: 'Hi' })
    await clock.advance(1_000)
    // the platform signs outside of the virtual clock
    await vi.waitFor(() => expect(delivered).toHaveLength(1))
    expect(told()).toMatchObject([
      {
        id: expect.stringMatching(/^evt_[0-9a-z]{26}$/),
        event: 'message',
        instance_id: INSTANCE,
        engine: 'WEBJS',
        payload: { body: 'Hi', from: ada },
      },
    ])
    const [first] = delivered
    expect(first?.signature).toBe(await hmacHex('sha256', 'k3y', first?.body ?? ''))
  })

  test('tell of acks and states, and nothing once they are gone', async () => {
    await post('/webhook/set', { ...hook, events: ['message.ack', 'session.status'] })
    await post('/send/text', { chatId: ada, message: 'Hi' })
    await clock.advance(60_000)
    expect(told().map(({ event, payload }) => [event, payload.ackName])).toEqual([
      ['message.ack', 'SERVER'],
      ['message.ack', 'DEVICE'],
      ['message.ack', 'READ'],
    ])
    await post('/session/stop')
    await clock.advance(1_000)
    expect(told().at(-1)).toMatchObject({ event: 'session.status', payload: { status: 'STOPPED' } })
    const count = delivered.length
    await send('DELETE', '/webhook/delete', { url: hook.url })
    await post('/session/start')
    await clock.advance(1_000)
    expect(delivered).toHaveLength(count)
  })

  test('are tried again as the webhook says', async () => {
    await post('/webhook/set', { ...hook, retries: { delay: 5, attempts: 2 } })
    status = 503
    await emulator.control.message({ from: ADA, to: OWN, text: 'Hi' })
    await clock.advance(4_000)
    const before = delivered.length
    await clock.advance(60_000)
    expect([before, delivered.length]).toEqual([1, 3])
    expect(new Set(delivered.map(({ body }) => body)).size).toBe(1)
  })

  test('are listed, changed, replaced and taken away by their address', async () => {
    await post('/webhook/set', hook)
    expect((await get('/session/webhook')).body).toMatchObject({
      webhooks: [{ ...hook, is_active: 1, hmac: null }],
      systemConfig: { is_active: 1 },
    })
    expect((await send('PATCH', '/webhook/update', { url: hook.url, is_active: 0 })).body).toEqual(DONE)
    expect(at(await get('/session/webhook'), 'webhooks.0')).toMatchObject({ is_active: 0, events: hook.events })
    expect((await send('PATCH', '/webhook/update', { url: 'https://example.invalid/other' })).status).toBe(404)
    expect((await send('DELETE', '/webhook/delete', { url: 'https://example.invalid/other' })).status).toBe(404)
    expect((await post('/webhook/set', {})).status).toBe(400)
    await post('/session/webhook', { webhooks: [{ url: 'https://example.invalid/new', events: ['*'] }] })
    expect(at(await post('/session/info'), 'config.webhooks')).toMatchObject([{ url: 'https://example.invalid/new' }])
  })
})
