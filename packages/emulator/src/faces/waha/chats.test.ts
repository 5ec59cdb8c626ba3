import { hmacHex } from '@wamux/core/webhooks'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Answered, type Caller, callerOf } from '../../../test/caller.ts'
import { expectLike, expectSame, recordings } from '../../../test/shape.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

const recorded = recordings('waha')
const ME = '12132132130'
const OTHER = '11111111111'
const chat = `${OTHER}@c.us`
const session = 'default'
const PNG = 'iVBORw0KGgo='

let clock: VirtualClock
let emulator: Emulator
let call: Caller
let delivered: { url: string; headers: Headers; body: string }[]

beforeEach(async () => {
  clock = createVirtualClock()
  delivered = []
  emulator = createEmulator({
    clock,
    deliver: async (url, { headers, body }) => {
      delivered.push({ url, headers: new Headers(headers), body: String(body) })
      return new Response()
    },
  })
  call = callerOf(emulator, 'waha')
  const webhooks = [{ url: 'http://hook.invalid/', events: ['*'], hmac: { key: 'hook-key' } }]
  await call('POST', '/api/sessions', { name: session, start: true, config: { metadata: { 'user.id': '42' }, webhooks } })
  await clock.advance(50)
  await emulator.control.scan({ gateway: 'waha', session, phone: ME })
  await clock.advance(50)
  await emulator.control.phone({ phone: OTHER, reads: false })
  // signing takes real time
  const waiting = async () => (await emulator.control.deliveries()).some(({ state }) => state === 'waiting')
  while (await waiting()) await clock.advance(0)
  delivered = []
})

const ok = async (answer: Promise<Answered>) => {
  const { status, body } = await answer
  expect([status, body]).toEqual([expect.toBeOneOf([200, 201]), body])
  return body as never
}
const sendText = async (text: string) => {
  const { key } = (await ok(call('POST', '/api/sendText', { session, chatId: chat, text }))) as { key: { id: string } }
  return `true_${chat}_${key.id}`
}
const messages = (query = 'limit=10&downloadMedia=false') => ok(call('GET', `/api/${session}/chats/${chat}/messages?${query}`))

describe('messages', () => {
  test('of all kinds arrive, with answers like those of a real server', async () => {
    const file = { data: PNG, mimetype: 'image/png', filename: 'a.png' }
    expectLike(await call('POST', '/api/sendLocation', recorded('sendLocation').request.body), recorded('sendLocation'))
    expectLike(await call('POST', '/api/sendContactVcard', recorded('sendContactVcard').request.body), recorded('sendContactVcard'))
    for (const [path, more] of [
      ['sendImage', { caption: 'Look' }],
      ['sendVideo', { convert: false }],
      ['sendVoice', { convert: true }],
      ['sendFile', {}],
    ] as const) {
      await ok(call('POST', `/api/${path}`, { session, chatId: chat, file, ...more }))
    }
    const poll = { name: 'Tea?', options: ['Yes', 'No'], multipleAnswers: false }
    expect(await ok(call('POST', '/api/sendPoll', { session, chatId: chat, poll }))).toMatchObject({ body: 'Tea?', fromMe: true })
    await clock.advance(1_000)
    const got = await emulator.control.messages({ phone: OTHER })
    expect(got.map(({ type }) => type)).toEqual(['location', 'contact', 'image', 'video', 'voice', 'document', 'poll'])
    expect(got[2]).toMatchObject({ text: 'Look', media: { mimetype: 'image/png', filename: 'a.png' } })
    expect(got[4]?.media?.mimetype).toBe('audio/ogg; codecs=opus')
  })

  test('are changed, reacted to, starred, pinned, passed on and taken back', async () => {
    const id = await sendText('hello')
    const path = `/api/${session}/chats/${chat}/messages/${id}`
    expectLike(await call('PUT', '/api/reaction', { session, messageId: id, reaction: '👍' }), recorded('reaction'))
    expectLike(await call('PUT', path, { text: 'edited' }), recorded('chat-message-edit'))
    await ok(call('PUT', '/api/star', { session, chatId: chat, messageId: id, star: true }))
    await ok(call('POST', `${path}/pin`, { duration: 86_400 }))
    expect(await ok(call('POST', '/api/forwardMessage', { session, chatId: '12025550143@c.us', messageId: id }))).toMatchObject({
      body: 'edited',
    })
    await clock.advance(1_000)
    const [message] = (await emulator.control.messages({ phone: OTHER })).slice(-1)
    expect(message).toMatchObject({ text: 'edited', edited: true, pinned: true, reactions: { [ME]: '👍' } })
    expectLike(await call('DELETE', path), recorded('chat-message-delete'))
    expect((await call('GET', path)).status).toBe(404)
    expectSame(await call('GET', path.replace(id, `true_${chat}_NOPE`)), recorded('chat-message-404'))
  })

  test('are listed newest first; what was deleted is counted and left out', async () => {
    const ids = [await sendText('one'), await sendText('two'), await sendText('three')]
    await clock.advance(1_000)
    await ok(call('PUT', '/api/reaction', { session, messageId: ids[0], reaction: '👍' }))
    const one = await call('GET', `/api/${session}/chats/${chat}/messages/${ids[0]}`)
    expectLike(one, recorded('chat-message'), ['_data.pushName:string'])
    await call('DELETE', `/api/${session}/chats/${chat}/messages/${ids[1]}`)
    expect(((await messages()) as { body: string }[]).map(({ body }) => body)).toEqual(['three', 'one'])
    expect(((await messages('limit=2&offset=0')) as unknown[]).length).toBe(1)
    expectSame(await call('GET', `/api/${session}/chats/${chat}/messages?limit=abc`), recorded('chat-messages-bad-limit'))
  })

  test('of others come with their file, which the server keeps', async () => {
    await emulator.control.message({ from: OTHER, to: ME, text: 'Look', file: { base64: PNG, mimetype: 'image/png' } })
    await clock.advance(1_000)
    const [message] = (await messages('limit=1')) as { media: { url: string }; id: string; hasMedia: boolean }[]
    expect(message).toMatchObject({ fromMe: false, hasMedia: true, body: 'Look', media: { mimetype: 'image/png' } })
    const { pathname } = new URL(message?.media.url ?? '')
    const file = await call('GET', pathname.replace('/waha', ''))
    expect(file).toMatchObject({ status: 200, type: 'image/png' })
    expect(btoa(String.fromCharCode(...(file.body as Uint8Array)))).toBe(PNG)
    expect((await call('GET', pathname.replace('/waha', ''), undefined, { anonymous: true })).status).toBe(401)
    expectLike(await call('POST', '/api/sendSeen', { session, chatId: chat }), recorded('sendSeen'))
    expect(await emulator.control.messages({ phone: ME })).toMatchObject([{ ack: 'READ' }])
  })

  test('answer and mention', async () => {
    const id = await sendText('hello')
    await ok(call('POST', '/api/sendText', { session, chatId: chat, text: 'Hi @1', reply_to: id, mentions: ['12025550143@c.us'] }))
    const [answer] = (await messages('limit=1')) as object[]
    expect(answer).toMatchObject({ replyTo: { id: id.split('_')[2], participant: `${ME}@c.us`, body: 'hello' } })
  })

  test('can have their id beforehand, and can be a status', async () => {
    const { id } = (await ok(call('GET', `/api/${session}/new-message-id`))) as { id: string }
    const sent = await ok(call('POST', '/api/sendText', { session, chatId: chat, text: 'x', id }))
    expect(sent).toMatchObject({ key: { id } })
    const posted = (await ok(call('POST', `/api/${session}/status/text`, { text: 'News', backgroundColor: '#000000', font: 0 }))) as object
    expect(posted).toMatchObject({ key: { remoteJid: 'status@broadcast' }, participant: `${ME}:7@s.whatsapp.net` })
    const { key } = posted as { key: { id: string } }
    await ok(call('POST', `/api/${session}/status/delete`, { id: key.id }))
  })
})

describe('chats', () => {
  test('are listed, summed up and changed', async () => {
    const id = await sendText('hello')
    const passedOn = (await ok(call('POST', '/api/forwardMessage', { session, chatId: chat, messageId: id }))) as { id: string }
    await ok(call('PUT', '/api/reaction', { session, messageId: passedOn.id, reaction: '👍' }))
    await clock.advance(1_000)
    expectLike(await call('GET', `/api/${session}/chats?limit=10`), recorded('chats'))
    expectLike(await call('GET', `/api/${session}/chats/overview?limit=5&ids=${chat}`), recorded('chats-overview'), [
      '[].lastMessage._data.pushName:string',
    ])
    for (const change of ['archive', 'unread']) await ok(call('POST', `/api/${session}/chats/${chat}/${change}`))
    expect(await emulator.control.chatOf({ phone: ME, chat })).toMatchObject({ archived: true, markedUnread: true })
    await ok(call('POST', `/api/${session}/chats/${chat}/unarchive`))
    await ok(call('DELETE', `/api/${session}/chats/${chat}/messages`))
    expect(await emulator.control.chatOf({ phone: ME, chat })).toMatchObject({ archived: false, messages: 0 })
    await ok(call('DELETE', `/api/${session}/chats/${chat}`))
    expect(await ok(call('GET', `/api/${session}/chats`))).toEqual([])
    expectLike(await call('POST', '/api/startTyping', { session, chatId: chat }), recorded('startTyping'))
  })
})

describe('events', () => {
  const told = () => delivered.map(({ body }) => JSON.parse(body) as { event: string; payload: Record<string, unknown> })

  test('are delivered, signed, and sent to whoever listens at the socket', async () => {
    const frames: unknown[] = []
    const socket = new emulator.WebSocket(
      `${emulator.gateways.waha.baseUrl.replace('http', 'ws')}/ws?x-api-key=emulator-waha-key&session=*&events=message.any,message.ack`,
    )
    socket.onmessage = ({ data }) => frames.push(JSON.parse(String(data)))
    await clock.advance(1)
    await sendText('hello')
    await clock.advance(1_000)
    expect(told().map(({ event, payload }) => [event, payload.ack])).toEqual([
      ['message.any', 0],
      ['message.ack', 1],
      ['message.ack', 2],
    ])
    expect(frames).toEqual(told())
    for (const { headers, body, url } of delivered) {
      expect(url).toBe('http://hook.invalid/')
      expect(headers.get('x-webhook-hmac')).toBe(await hmacHex('sha512', 'hook-key', body))
      expect(JSON.parse(body)).toMatchObject({ session, metadata: { 'user.id': '42' }, me: { id: `${ME}@c.us` }, engine: 'NOWEB' })
    }
    await emulator.control.message({ from: OTHER, to: ME, text: 'Hi' })
    await clock.advance(1_000)
    expect(told().map(({ event }) => event)).toContain('message')
    socket.close()
  })

  test('need the key at the socket', async () => {
    const closed: unknown[] = []
    const socket = new emulator.WebSocket('ws://emulator.invalid/waha/ws?x-api-key=wrong&session=*')
    socket.onclose = ({ code, reason }) => closed.push([code, reason])
    await clock.advance(1)
    expect(closed).toEqual([[1008, 'Unauthorized']])
  })
})
