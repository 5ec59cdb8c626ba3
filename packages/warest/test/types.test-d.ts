import { describe, expectTypeOf, it } from 'vitest'
import { createWarest } from '../src/index.ts'

const warest = createWarest({ baseUrl: 'http://localhost:7308', apiKey: 'key' })

type Ids = Parameters<typeof warest.call>[0]
type Input<Id extends Ids> = Parameters<typeof warest.call<Id>>[1]
type Data<Id extends Ids> = Awaited<ReturnType<typeof warest.call<Id>>>['data']

const sessionId = 'main'
const to = '4915112345678'

describe('input', () => {
  it('takes a file as text or as bytes', () => {
    expectTypeOf<Input<'messages.sendMedia'>['media']>().toEqualTypeOf<string | Blob>()
    warest.call('messages.sendMedia', { sessionId, to, media: 'https://example.com/a.png' })
    warest.call('messages.sendMedia', { sessionId, to, media: new Blob() })
    warest.call('messages.sendFiles', { sessionId, to, files: [new File([], 'a.pdf'), new Blob()] })
    warest.call('messages.sendFiles', { sessionId, to, files: ['https://example.com/a.pdf', { file: 'aGk=', filename: 'a.txt' }] })
    // @ts-expect-error a number is no file
    warest.call('messages.sendMedia', { sessionId, to, media: 5 })
    // @ts-expect-error a file of the list has its content
    warest.call('messages.sendFiles', { sessionId, to, files: [{ filename: 'a.txt' }] })
  })

  it('takes several recipients in JSON only', () => {
    expectTypeOf<Input<'messages.sendPoll'>['to']>().toEqualTypeOf<string | string[]>()
    warest.call('messages.sendMedia', { sessionId, to: [to], media: 'https://example.com/a.png' })
    // @ts-expect-error a form has them in one text
    warest.call('messages.sendMedia', { sessionId, to: [to], media: new Blob() })
  })

  it('lacks nothing that is required', () => {
    expectTypeOf<Input<'sessions.logout'>>().toEqualTypeOf<{ sessionId: string }>()
    // @ts-expect-error which session
    warest.call('sessions.logout', {})
    // @ts-expect-error no options
    warest.call('messages.sendPoll', { sessionId, to, question: 'When?' })
    // @ts-expect-error it has no such field
    warest.call('messages.sendPoll', { sessionId, to, question: 'When?', options: ['Now'], colour: 'red' })
  })

  it('knows the operations', () => {
    expectTypeOf<Ids>().extract<'sessions.logout'>().toEqualTypeOf<'sessions.logout'>()
    expectTypeOf<string>().not.toExtend<Ids>()
    // @ts-expect-error WARest has no stop
    warest.call('sessions.stop', { sessionId })
  })
})

describe('answers', () => {
  it('are of every status that means success', () => {
    type Sent = Data<'messages.sendFiles'>
    expectTypeOf<Sent['code']>().toEqualTypeOf<number>()
    expectTypeOf<Sent['status']>().toEqualTypeOf<true>()
    expectTypeOf<Sent>().extract<{ failed: unknown }>().toHaveProperty('failed').toBeArray()
    expectTypeOf<Sent>().exclude<{ failed: unknown }>().toHaveProperty('results').toBeArray()
  })

  it('have their known fields', () => {
    expectTypeOf<Data<'sessions.logout'>['message']>().toEqualTypeOf<string>()
    expectTypeOf<Data<'sessions.createPairCode'>>().not.toBeUnknown()
    expectTypeOf<Data<'sessions.createPairCode'>['code']>().toEqualTypeOf<number>()
  })
})

describe('typed client', () => {
  it('has the same types by method and path', async () => {
    const { data } = await warest.client.GET('/api/v1/session/logout', { params: { query: { sessionId } } })
    expectTypeOf(data).branded.toEqualTypeOf<Data<'sessions.logout'> | undefined>()
    expectTypeOf(data?.code).toEqualTypeOf<number | undefined>()
    // @ts-expect-error which session
    warest.client.GET('/api/v1/session/logout', {})
    // @ts-expect-error it is a GET, side effects and all
    warest.client.POST('/api/v1/session/logout', { params: { query: { sessionId } } })
  })

  it('checks the body', () => {
    warest.client.POST('/api/v1/messages/send/media', { body: { sessionId, to, media: new Blob() } })
    // @ts-expect-error no file
    warest.client.POST('/api/v1/messages/send/media', { body: { sessionId, to } })
  })
})

describe('verbs', () => {
  it('are absent where WARest has none: it cannot stop', () => {
    // @ts-expect-error logout erases the credentials, which is something else
    warest.session.stop
    // @ts-expect-error nor is there a reset
    warest.session.reset
    expectTypeOf(warest.session).not.toHaveProperty('stop')
    expectTypeOf(warest.session).toHaveProperty('logout')
  })

  it('are absent where WARest has no operation with that meaning', () => {
    // @ts-expect-error it can mark a message as forwarded, but not forward one
    warest.message.forward
    // @ts-expect-error it hands out no files
    warest.message.downloadMedia
    // @ts-expect-error it keeps no receipts
    warest.message.waitFor
    // @ts-expect-error it can clear a chat, not delete it
    warest.chat.delete
    // @ts-expect-error showing that one is typing is part of a send
    warest.chat.setTyping
    // @ts-expect-error nor can it block
    warest.contact.block
    // @ts-expect-error only the picture can be changed
    warest.profile.setName
    // @ts-expect-error no status posts
    warest.status
    // @ts-expect-error presence comes by webhook only
    warest.presence
    // @ts-expect-error no labels
    warest.label
    // @ts-expect-error no channels
    warest.channel
  })

  it('keep the type of the answer in raw', async () => {
    const out = await warest.session.logout({ session: sessionId })
    expectTypeOf(out.raw).toEqualTypeOf<Data<'sessions.logout'>>()
    expectTypeOf(out.raw.code).toEqualTypeOf<number>()
    const sent = await warest.message.sendText({ session: sessionId, to, text: 'Hi' })
    expectTypeOf(sent.raw.status).toEqualTypeOf<true>()
    expectTypeOf(sent.raw.results).toBeArray()
    const { raw } = await warest.message.sendImage({ session: sessionId, to, file: { url: 'https://example.com/a.png' } })
    expectTypeOf(raw.results[0]?.advancedInfo.mediaKind).toEqualTypeOf<'image' | 'video' | undefined>()
    const chats = await warest.chat.list({ session: sessionId })
    expectTypeOf(chats.raw).toEqualTypeOf<Data<'chats.list'>>()
    const group = await warest.group.get({ session: sessionId, group: '1@g.us' })
    expectTypeOf(group.raw.participants).toEqualTypeOf<Data<'groups.listParticipants'>>()
  })
})
