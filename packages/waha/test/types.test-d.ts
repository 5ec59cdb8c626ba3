import type { SessionState } from '@wamux/core'
import { describe, expectTypeOf, it } from 'vitest'
import { createWaha } from '../src/index.ts'

const waha = createWaha({ baseUrl: 'http://localhost:3000', apiKey: 'key' })

type Ids = Parameters<typeof waha.call>[0]
type Input<Id extends Ids> = Parameters<typeof waha.call<Id>>[1]
type Data<Id extends Ids> = Awaited<ReturnType<typeof waha.call<Id>>>['data']

const session = 'default'
const chatId = '123@c.us'

type RemoteFile = { url: string; mimetype: string; filename?: string | null }
type Base64File = { mimetype: string; filename?: string | null; data: string }
type Status = 'STOPPED' | 'STARTING' | 'SCAN_QR_CODE' | 'PASSKEY_REQUIRED' | 'PASSKEY_CONFIRMATION_REQUIRED' | 'WORKING' | 'FAILED'

describe('input', () => {
  it('takes a file by address or with its content', () => {
    expectTypeOf<Input<'messages.sendImage'>['file']>().toEqualTypeOf<RemoteFile | Base64File>()
    waha.call('messages.sendImage', { session, chatId, file: { url: 'https://example.com/a.png', mimetype: 'image/png' } })
    waha.call('messages.sendImage', { session, chatId, file: { data: 'aGk=', mimetype: 'image/png', filename: null } })
    // @ts-expect-error neither address nor content
    waha.call('messages.sendImage', { session, chatId, file: { mimetype: 'image/png' } })
    // @ts-expect-error a bare address is no file
    waha.call('messages.sendImage', { session, chatId, file: 'https://example.com/a.png' })
  })

  it('is flat: path, query and body side by side', () => {
    expectTypeOf<Input<'sessions.get'>>().toEqualTypeOf<{ session: string; expand?: 'apps'[] }>()
    expectTypeOf<Input<'chats.listMessages'>['filter.timestamp.lte']>().toEqualTypeOf<number | undefined>()
    expectTypeOf<Input<'chats.listMessages'>['filter.ack']>().toEqualTypeOf<
      'ERROR' | 'PENDING' | 'SERVER' | 'DEVICE' | 'READ' | 'PLAYED' | undefined
    >()
    expectTypeOf<Input<'apps.update'>['id']>().toEqualTypeOf<string>()
  })

  it('lacks nothing that is required', () => {
    // @ts-expect-error chatId is missing
    waha.call('messages.sendText', { session, text: 'Hi' })
    // @ts-expect-error nothing is there
    waha.call('messages.sendText', {})
    // @ts-expect-error a text is no number
    waha.call('messages.sendText', { session, chatId, text: 5 })
    // @ts-expect-error it has no such field
    waha.call('messages.sendText', { session, chatId, text: 'Hi', colour: 'red' })
    waha.call('messages.sendText', { session, chatId, text: 'Hi' }, { extra: { colour: 'red' } })
  })

  it('has the words of an enum and no other', () => {
    expectTypeOf<Input<'auth.getQr'>['format']>().toEqualTypeOf<'image' | 'raw' | undefined>()
    // @ts-expect-error not one of them
    waha.call('auth.getQr', { session, format: 'svg' })
    // @ts-expect-error nor this
    waha.call('chats.listMessages', { session, chatId, limit: 1, 'filter.ack': 'SEEN' })
  })

  it('knows the operations', () => {
    expectTypeOf<Ids>().extract<'sessions.stop' | 'auth.getQr'>().toEqualTypeOf<'sessions.stop' | 'auth.getQr'>()
    // @ts-expect-error there is none of this name
    waha.call('sessions.nap', { session })
    expectTypeOf<string>().not.toExtend<Ids>()
  })
})

describe('answers', () => {
  it('are bytes where they are binary', () => {
    expectTypeOf<Data<'auth.getQr'>>().toEqualTypeOf<Uint8Array | Base64File | { value: string }>()
    expectTypeOf<Data<'sessions.screenshot'>>().toEqualTypeOf<Uint8Array | Base64File>()
    expectTypeOf<Data<'server.heapSnapshot'>>().toEqualTypeOf<Uint8Array>()
  })

  it('are undefined where they are empty', () => {
    expectTypeOf<Data<'sessions.delete'>>().toEqualTypeOf<undefined>()
  })

  it('have their known fields', () => {
    expectTypeOf<Data<'sessions.get'>['name']>().toEqualTypeOf<string>()
    expectTypeOf<Data<'sessions.get'>['status']>().toEqualTypeOf<Status>()
    expectTypeOf<Data<'sessions.list'>[number]['status']>().toEqualTypeOf<Status>()
    expectTypeOf<Data<'groups.getInviteCode'>>().toEqualTypeOf<string>()
  })
})

describe('typed client', () => {
  it('has the same types by method and path', async () => {
    const { data, error } = await waha.client.GET('/api/{session}/auth/qr', { params: { path: { session } } })
    expectTypeOf(data).toEqualTypeOf<Uint8Array | Base64File | { value: string } | undefined>()
    expectTypeOf(error).not.toBeAny()
    const snapshot = await waha.client.GET('/api/server/debug/heapsnapshot')
    expectTypeOf(snapshot.data).toEqualTypeOf<Uint8Array | undefined>()
    const one = await waha.client.GET('/api/sessions/{session}', { params: { path: { session } } })
    expectTypeOf(one.data?.status).toEqualTypeOf<Status | undefined>()
    // @ts-expect-error the path has a parameter
    waha.client.GET('/api/{session}/auth/qr', {})
    // @ts-expect-error it is a GET
    waha.client.POST('/api/{session}/auth/qr', { params: { path: { session } } })
    // @ts-expect-error there is no such path
    waha.client.GET('/api/{session}/nap', { params: { path: { session } } })
  })

  it('checks the body', () => {
    waha.client.POST('/api/sendText', { body: { session, chatId, text: 'Hi' } })
    // @ts-expect-error chatId is missing
    waha.client.POST('/api/sendText', { body: { session, text: 'Hi' } })
    // @ts-expect-error the body is missing
    waha.client.POST('/api/sendText', {})
  })
})

describe('verbs', () => {
  it('keep the type of the answer in raw', async () => {
    const info = await waha.session.get({ session })
    expectTypeOf(info.state).toEqualTypeOf<SessionState>()
    expectTypeOf(info.raw.status).toEqualTypeOf<Status>()
    expectTypeOf(info.raw.name).toEqualTypeOf<string>()
    const stopped = await waha.session.stop({ session })
    expectTypeOf(stopped.raw).extract<undefined>().toEqualTypeOf<undefined>()
    expectTypeOf((await waha.session.list()).raw[0]?.status).toEqualTypeOf<Status | undefined>()
  })

  it('have the vendor’s own words in raw, whichever namespace', async () => {
    expectTypeOf((await waha.message.get({ session, chat: chatId, message: 'x' })).raw.ackName)
      .extract<string>()
      .not.toBeNever()
    expectTypeOf((await waha.message.sendPoll({ session, to: chatId, question: '?', options: ['a', 'b'] })).raw.id).toEqualTypeOf<string>()
    expectTypeOf((await waha.contact.check({ session, phone: '+4915112345678' })).raw.numberExists).toEqualTypeOf<boolean>()
    expectTypeOf((await waha.channel.get({ session, channel: '1@newsletter' })).raw.verified).toEqualTypeOf<boolean>()
    expectTypeOf((await waha.label.list({ session })).raw[0]?.colorHex).toEqualTypeOf<string | undefined>()
    expectTypeOf((await waha.webhook.create({ session, url: 'https://x.test' })).raw.url).toEqualTypeOf<string>()
    for await (const message of waha.message.list({ session, chat: chatId })) expectTypeOf(message.text).toEqualTypeOf<string | undefined>()
  })

  it('are absent where WAHA has none', () => {
    // @ts-expect-error there are no sounds that are no voice notes
    waha.message.sendAudio
    // @ts-expect-error chats are not muted
    waha.chat.mute
    // @ts-expect-error nor pinned
    waha.chat.pin
    // @ts-expect-error only one gateway has it: no verb
    waha.call.reject
    // @ts-expect-error WAHA has no reset: logout or delete
    waha.session.reset
    // @ts-expect-error nor this
    waha.session.nap
  })

  it('lack nothing that is required', () => {
    // @ts-expect-error which session
    waha.session.stop({})
    // @ts-expect-error which message
    waha.message.revoke({ session, chat: chatId })
    // @ts-expect-error true or false
    waha.group.setLocked({ session, group: '1@g.us' })
    // @ts-expect-error to whom
    waha.message.sendText({ session, text: 'Hi' })
  })
})
