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
    expectTypeOf(wawp.session).toHaveProperty('stop')
  })

  it('keep the type of the answer in raw', async () => {
    const info = await wawp.session.get({ session: 'instance' })
    expectTypeOf(info.raw).toEqualTypeOf<Data<'sessions.get'>>()
    const sent = await wawp.message.sendText({ session: 'instance', to: chatId, text: 'Hi' })
    expectTypeOf(sent.raw).toEqualTypeOf<Data<'messages.sendText'>>()
    expectTypeOf(sent.raw).not.toBeUnknown()
  })
})
