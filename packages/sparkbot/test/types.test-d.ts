import { describe, expectTypeOf, it } from 'vitest'
import { createSparkbot } from '../src/index.ts'

const sparkbot = createSparkbot({ baseUrl: 'https://api.example.com', apiKey: 'key' })

type Ids = Parameters<typeof sparkbot.call>[0]
type Input<Id extends Ids> = Parameters<typeof sparkbot.call<Id>>[1]
type Data<Id extends Ids> = Awaited<ReturnType<typeof sparkbot.call<Id>>>['data']

const deviceId = '0123456789abcdef01234567'
const phone = '+4915112345678'

describe('kinds of POST /messages', () => {
  it('have each their own input', () => {
    expectTypeOf<Input<'messages.sendText'>['message']>().toEqualTypeOf<string>()
    expectTypeOf<Input<'messages.sendMedia'>['message']>().toEqualTypeOf<string | undefined>()
    expectTypeOf<Input<'messages.sendText'>>().not.toHaveProperty('poll')
    expectTypeOf<Input<'messages.sendPoll'>['poll']>().toEqualTypeOf<{ name: string; options: string[]; multiple?: boolean }>()
    expectTypeOf<Input<'messages.respondEvent'>['confirm']>().toEqualTypeOf<{ event: string; confirm: boolean }>()
    sparkbot.call('messages.sendText', { phone, message: 'Hi' })
    // @ts-expect-error a text needs its text
    sparkbot.call('messages.sendText', { phone })
    // @ts-expect-error a text has no poll
    sparkbot.call('messages.sendText', { phone, message: 'Hi', poll: { name: 'When?', options: ['Now', 'Later'] } })
    // @ts-expect-error a poll needs its options
    sparkbot.call('messages.sendPoll', { phone, poll: { name: 'When?' } })
  })

  it('share what every message can carry', () => {
    expectTypeOf<Input<'messages.sendText'>['enqueue']>().toEqualTypeOf<'never' | 'always' | 'opportunistic' | undefined>()
    expectTypeOf<Input<'messages.react'>['enqueue']>().toEqualTypeOf<'never' | 'always' | 'opportunistic' | undefined>()
    expectTypeOf<Input<'messages.react'>['phone']>().toEqualTypeOf<string | undefined>()
    // @ts-expect-error not one of them
    sparkbot.call('messages.sendText', { phone, message: 'Hi', enqueue: 'sometimes' })
  })

  it('take a file by address or by id', () => {
    type Options = { format?: 'native' | 'gif' | 'ptt'; filename?: string; viewOnce?: boolean }
    expectTypeOf<Input<'messages.sendMedia'>['media']>().branded.toEqualTypeOf<({ url: string } & Options) | ({ file: string } & Options)>()
    sparkbot.call('messages.sendMedia', { phone, media: { url: 'https://example.com/a.png' } })
    sparkbot.call('messages.sendMedia', { phone, media: { file: deviceId, format: 'ptt' } })
    // @ts-expect-error neither
    sparkbot.call('messages.sendMedia', { phone, media: { filename: 'a.png' } })
  })

  it('answer with one kind of message', () => {
    expectTypeOf<Data<'messages.sendText'>>().toEqualTypeOf<Data<'messages.sendPoll'>>()
    expectTypeOf<Data<'messages.sendText'>['id']>().not.toBeAny()
    expectTypeOf<Data<'messages.sendText'>['id']>().toEqualTypeOf<string | undefined>()
  })

  it('are not an operation as a whole', () => {
    // @ts-expect-error only its kinds can be called
    sparkbot.call('messages.send', { phone, message: 'Hi' })
  })
})

describe('input', () => {
  it('takes either kind of a body that has two without a name in common', () => {
    sparkbot.call('files.upload', { url: 'https://example.com/a.png', filename: 'a.png' })
    sparkbot.call('files.upload', { file: new Blob() })
    // @ts-expect-error neither of them
    sparkbot.call('files.upload', {})
  })

  it('has lists as lists', () => {
    expectTypeOf<Input<'devices.list'>['ids']>().toEqualTypeOf<string[] | undefined>()
    // @ts-expect-error the commas are not yours to write
    sparkbot.call('devices.list', { ids: `${deviceId},${deviceId}` })
  })

  it('lacks nothing that is required', () => {
    expectTypeOf<Input<'devices.get'>>().toEqualTypeOf<{ deviceId: string }>()
    // @ts-expect-error which number
    sparkbot.call('devices.get', {})
    // @ts-expect-error true or false
    sparkbot.call('devices.reset', { deviceId, wait: 'yes' })
  })

  it('knows the operations', () => {
    expectTypeOf<Ids>().extract<'devices.reset'>().toEqualTypeOf<'devices.reset'>()
    expectTypeOf<string>().not.toExtend<Ids>()
    // @ts-expect-error SparkBot cannot stop a number
    sparkbot.call('devices.stop', { deviceId })
  })
})

describe('answers', () => {
  it('are bytes where they are binary', () => {
    expectTypeOf<Data<'files.download'>>().toEqualTypeOf<Uint8Array>()
    expectTypeOf<Data<'chatFiles.download'>>().toEqualTypeOf<Uint8Array>()
  })

  it('say that a QR code may be bytes', () => {
    expectTypeOf<Data<'devices.getQr'>>().not.toBeUnknown()
    expectTypeOf<Data<'devices.getQr'>>().extract<Uint8Array>().toEqualTypeOf<Uint8Array>()
    expectTypeOf<Data<'devices.getQr'>>().extract<string>().toEqualTypeOf<string>()
  })

  it('have their known fields', () => {
    expectTypeOf<Data<'devices.get'>['alias']>().toEqualTypeOf<string>()
    expectTypeOf<Data<'devices.list'>[number]['connector']>().toEqualTypeOf<'web' | 'cloud' | undefined>()
  })
})

describe('typed client', () => {
  it('has the same types by method and path', async () => {
    const { data } = await sparkbot.client.GET('/devices/{deviceId}', { params: { path: { deviceId } } })
    expectTypeOf(data).toEqualTypeOf<Data<'devices.get'> | undefined>()
    const file = await sparkbot.client.GET('/files/{fileId}/download', { params: { path: { fileId: deviceId } } })
    expectTypeOf(file.data).toEqualTypeOf<Uint8Array | undefined>()
    sparkbot.client.POST('/messages', { body: { phone, message: 'Hi' } })
    // @ts-expect-error which number
    sparkbot.client.GET('/devices/{deviceId}', {})
    // @ts-expect-error no kind of message
    sparkbot.client.POST('/messages', { body: { phone } })
  })
})

describe('verbs', () => {
  it('are absent where SparkBot has none', () => {
    // @ts-expect-error a number is restarted or reset, never stopped
    sparkbot.session.stop
    // @ts-expect-error nor is a phone unlinked
    sparkbot.session.logout
    expectTypeOf(sparkbot.session).toHaveProperty('reset')
    // @ts-expect-error the format of a sticker is not known
    sparkbot.message.sendSticker
    // @ts-expect-error nothing is starred
    sparkbot.message.star
    // @ts-expect-error nor is a message pinned
    sparkbot.message.pin
    // @ts-expect-error a chat is deleted, never emptied
    sparkbot.chat.clear
    // @ts-expect-error what persons write about themselves is not to be had
    sparkbot.contact.about
    // @ts-expect-error a channel is joined by its invite only
    sparkbot.channel.follow
    // @ts-expect-error there are no presences
    sparkbot.presence
    // @ts-expect-error its labels are its own, and other things
    sparkbot.label
  })

  it('keep the type of the answer in raw', async () => {
    const info = await sparkbot.session.get({ session: deviceId })
    expectTypeOf(info.raw).toEqualTypeOf<Data<'devices.get'>>()
    expectTypeOf(info.raw.alias).toEqualTypeOf<string>()
    const sent = await sparkbot.message.sendText({ session: deviceId, to: phone, text: 'Hi' })
    expectTypeOf(sent.raw).toEqualTypeOf<Data<'messages.sendText'>>()
    const found = await sparkbot.message.get({ session: deviceId, chat: phone, message: 'x' })
    expectTypeOf(found.raw).toEqualTypeOf<Data<'chatMessages.get'> | Data<'outboundMessages.get'>>()
    for await (const chat of sparkbot.chat.list({ session: deviceId })) expectTypeOf(chat.unread).toEqualTypeOf<number | undefined>()
    const page = await sparkbot.chat.list({ session: deviceId })
    expectTypeOf(page.raw).toEqualTypeOf<Data<'chats.list'>>()
    const group = await sparkbot.group.get({ session: deviceId, group: 'x@g.us' })
    expectTypeOf(group.raw).toEqualTypeOf<Data<'groups.get'>>()
    const hook = await sparkbot.webhook.create({ session: deviceId, url: 'https://example.com' })
    expectTypeOf(hook.raw).toEqualTypeOf<Data<'webhooks.create'>>()
  })

  it('take what a reset can be told', () => {
    sparkbot.session.reset({ session: deviceId, deleteData: true, wait: true, emptyQueue: true }, { onProgress: () => undefined })
    // @ts-expect-error true or false
    sparkbot.session.reset({ session: deviceId, deleteData: 'all' })
  })
})
