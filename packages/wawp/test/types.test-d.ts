import type { Ack, ChannelVerbs } from '@wamux/core'
import { describe, expectTypeOf, it } from 'vitest'
import { createWawp } from '../src/index.ts'

const wawp = createWawp({ baseUrl: 'https://api.wawp.net', instanceId: 'instance', accessToken: 'token' })

type Ids = Parameters<typeof wawp.call>[0]
type Input<Id extends Ids> = Parameters<typeof wawp.call<Id>>[1]
type Data<Id extends Ids> = Awaited<ReturnType<typeof wawp.call<Id>>>['data']

const chatId = '4915112345678@c.us'
const file = { 'file[url]': 'https://example.com/a.png', 'file[filename]': 'a.png', 'file[mimetype]': 'image/png' }

describe('input', () => {
  it('has the keys of a file with their brackets', () => {
    expectTypeOf<Input<'messages.sendImage'>>().toEqualTypeOf<{
      chatId: string
      'file[url]': string
      'file[filename]': string
      'file[mimetype]': string
      caption?: string
      reply_to?: string | null
    }>()
    wawp.call('messages.sendImage', { chatId, ...file })
    // @ts-expect-error the keys are flat
    wawp.call('messages.sendImage', { chatId, file: { url: 'https://example.com/a.png' } })
    // @ts-expect-error all three of them
    wawp.call('messages.sendImage', { chatId, 'file[url]': 'https://example.com/a.png' })
  })

  it('has unions as unions', () => {
    expectTypeOf<Input<'status.sendText'>['contacts']>().toEqualTypeOf<string | string[] | null | undefined>()
    // @ts-expect-error a number is neither
    wawp.call('status.sendText', { text: 'Hi', backgroundColor: '#38b42f', font: 1, contacts: 5 })
  })

  it('has no credentials: they are given once', () => {
    expectTypeOf<Input<'messages.sendText'>>().not.toHaveProperty('access_token')
    expectTypeOf<Input<'messages.sendText'>>().not.toHaveProperty('instance_id')
    // @ts-expect-error where the credentials can go
    createWawp({ baseUrl: 'https://api.wawp.net', instanceId: 'instance', accessToken: 'token', credentials: 'cookie' })
    // @ts-expect-error the token is missing
    createWawp({ baseUrl: 'https://api.wawp.net', instanceId: 'instance' })
  })

  it('lacks nothing that is required', () => {
    // @ts-expect-error what to say
    wawp.call('messages.sendText', { chatId })
    // @ts-expect-error a text is no number
    wawp.call('messages.sendText', { chatId, message: 5 })
    // @ts-expect-error it has no such field
    wawp.call('messages.sendText', { chatId, message: 'Hi', colour: 'red' })
  })

  it('is nothing where nothing is taken', () => {
    wawp.call('sessions.start', {})
    // @ts-expect-error it takes nothing
    wawp.call('sessions.start', { chatId })
  })

  it('knows the operations', () => {
    expectTypeOf<Ids>().extract<'sessions.start'>().toEqualTypeOf<'sessions.start'>()
    expectTypeOf<string>().not.toExtend<Ids>()
    // @ts-expect-error there is none of this name
    wawp.call('sessions.nap', {})
  })
})

describe('answers', () => {
  it('are bytes where they may be', () => {
    expectTypeOf<Data<'auth.getQrImage'>>().not.toBeUnknown()
    expectTypeOf<Data<'auth.getQrImage'>>().extract<Uint8Array>().toEqualTypeOf<Uint8Array>()
    expectTypeOf<Data<'auth.getQrImage'>>().exclude<Uint8Array>().toBeObject()
  })

  it('have their known fields', () => {
    expectTypeOf<Data<'sessions.get'>>().not.toBeUnknown()
    expectTypeOf<Data<'sessions.get'>['status']>().exclude<undefined>().toExtend<string>()
    expectTypeOf<Data<'sessions.get'>['status']>().not.toBeAny()
    expectTypeOf<Data<'messages.sendText'>>().toEqualTypeOf<Data<'messages.sendImage'>>()
  })
})

describe('typed client', () => {
  it('has the same types by method and path', async () => {
    const { data } = await wawp.client.POST('/v2/session/info')
    expectTypeOf(data).branded.toEqualTypeOf<Data<'sessions.get'> | undefined>()
    expectTypeOf(data?.status).toEqualTypeOf<Data<'sessions.get'>['status'] | undefined>()
    wawp.client.POST('/v2/send/image', { body: { chatId, ...file } })
    // @ts-expect-error a key is missing
    wawp.client.POST('/v2/send/image', { body: { chatId, 'file[url]': 'https://example.com/a.png' } })
    // @ts-expect-error there is no such path
    wawp.client.POST('/v2/send/nap', { body: { chatId } })
  })
})

describe('verbs', () => {
  it('are absent where Wawp has none', () => {
    // @ts-expect-error the token sees no list of instances
    wawp.session.list
    // @ts-expect-error nor is there a reset
    wawp.session.reset
    // @ts-expect-error no sound files
    wawp.message.sendAudio
    // @ts-expect-error no stickers
    wawp.message.sendSticker
    // @ts-expect-error no forwarding
    wawp.message.forward
    // @ts-expect-error no stars
    wawp.message.star
    // @ts-expect-error no downloads
    wawp.message.downloadMedia
    // @ts-expect-error a chat cannot be muted
    wawp.chat.mute
    // @ts-expect-error nor pinned
    wawp.chat.pin
    // @ts-expect-error who asks to join is not told
    wawp.group.joinRequests
    // @ts-expect-error nor answered
    wawp.group.approve
    expectTypeOf(wawp.session).toHaveProperty('stop')
    expectTypeOf<keyof typeof wawp.channel>().toEqualTypeOf<keyof ChannelVerbs>()
  })

  it('keep the type of the answer in raw', async () => {
    const info = await wawp.session.get({ session: 'instance' })
    expectTypeOf(info.raw).toEqualTypeOf<Data<'sessions.get'>>()
    const sent = await wawp.message.sendText({ session: 'instance', to: chatId, text: 'Hi' })
    expectTypeOf(sent.raw).toEqualTypeOf<Data<'messages.sendText'>>()
    expectTypeOf(sent.raw).not.toBeUnknown()
    const message = await wawp.message.get({ session: 'instance', chat: chatId, message: 'm1' })
    expectTypeOf(message.raw).toEqualTypeOf<Data<'messages.get'>>()
    const check = await wawp.contact.check({ session: 'instance', phone: '+4915112345678' })
    expectTypeOf(check.raw).toEqualTypeOf<Data<'contacts.checkExists'>>()
    const webhook = await wawp.webhook.create({ session: 'instance', url: 'https://example.com' })
    expectTypeOf(webhook.raw).toEqualTypeOf<Data<'webhooks.set'>>()
  })

  it('iterate over lists, and give pages with the type of the answer', async () => {
    const page = await wawp.chat.list({ session: 'instance' })
    expectTypeOf(page.raw).toEqualTypeOf<Data<'chats.list'>>()
    expectTypeOf(page.items).items.toHaveProperty('unread')
    for await (const message of wawp.message.list({ session: 'instance', chat: chatId })) expectTypeOf(message.ack).toEqualTypeOf<Ack>()
    expectTypeOf((await wawp.group.list({ session: 'instance' })).raw).toEqualTypeOf<Data<'groups.list'>>()
    expectTypeOf((await wawp.label.chats({ session: 'instance', label: '1' })).raw).toEqualTypeOf<Data<'labels.getChats'>>()
  })
})
