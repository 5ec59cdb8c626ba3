import type { Operation } from '@wamux/core'
import { operations as sparkbot } from '@wamux/sparkbot/operations'
import { operations as waha } from '@wamux/waha/operations'
import { operations as warest } from '@wamux/warest/operations'
import { describe, expect, it } from 'vitest'
import { formFor } from '../src/controls/control.ts'
import { InvalidParameter } from '../src/controls/invalid-parameter.ts'
import { readInput } from '../src/controls/read-input.ts'
import type { Overlay } from '../src/overlay/overlay.ts'
import { sparkbotOverlay } from '../src/overlay/sparkbot.ts'
import { wahaOverlay } from '../src/overlay/waha.ts'
import { warestOverlay } from '../src/overlay/warest.ts'

const BYTES = new TextEncoder().encode('picture')

function reads(operation: Operation | undefined, overlay: Overlay, parameters: Record<string, unknown>): Promise<Record<string, unknown>> {
  if (!operation) throw new Error('there is no such operation')
  return readInput(formFor(operation, overlay), {
    overlay,
    operation: operation.id,
    parameter: (name, fallback) => parameters[name] ?? fallback,
    binary: { read: async () => ({ bytes: BYTES, mimeType: 'image/png', fileName: 'a.png' }) },
  })
}

const readsWaha = (id: string, parameters: Record<string, unknown>) => reads(waha.operations[id], wahaOverlay, parameters)
const readsWarest = (id: string, parameters: Record<string, unknown>) => reads(warest.operations[id], warestOverlay, parameters)
const readsSparkbot = (id: string, parameters: Record<string, unknown>) => reads(sparkbot.operations[id], sparkbotOverlay, parameters)

const to = { session: 'default', chatId: '1@c.us' }

describe('what was filled in', () => {
  it('goes where the gateway has it', async () => {
    const poll = { pollName: 'Tea?', pollOptions: ['Yes, please', 'No'], pollMultipleAnswers: true }
    expect(await readsWaha('messages.sendPoll', { ...to, ...poll })).toEqual({
      ...to,
      poll: { name: 'Tea?', options: ['Yes, please', 'No'], multipleAnswers: true },
    })
  })

  it('may be an expression: a list in one entry, a number as text, a text as number', async () => {
    const poll = { pollName: 7, pollOptions: [['A', 'B']], pollMultipleAnswers: 'false' }
    expect(await readsWaha('messages.sendPoll', { ...to, ...poll })).toMatchObject({
      poll: { name: '7', options: ['A', 'B'], multipleAnswers: false },
    })
    const place = { latitude: '48.1', longitude: 11, title: 'Here' }
    expect(await readsWaha('messages.sendLocation', { ...to, ...place })).toMatchObject({ latitude: 48.1, longitude: 11 })
  })

  it('takes ids where the gateway wants objects', async () => {
    expect(await readsWaha('groups.create', { session: 'a', nameValue: '', name: 'Friends', participants: ['1@c.us', '2@c.us'] })).toEqual({
      session: 'a',
      name: 'Friends',
      participants: [{ id: '1@c.us' }, { id: '2@c.us' }],
    })
  })

  it('takes optional fields when they were added, at every depth, and no others', async () => {
    const config = { webhooks: { entry: [{ url: 'https://a.test', additionalFields: { hmac: { key: 'k' } } }] }, debug: false }
    const input = await readsWaha('sessions.create', { name: 'a', additionalFields: { config } })
    expect(input).toEqual({ name: 'a', config: { debug: false, webhooks: [{ url: 'https://a.test', hmac: { key: 'k' } }] } })
    expect(await readsWaha('sessions.create', {})).toEqual({})
  })

  it.each([
    ['+49 1511 2345678', '4915112345678@c.us'],
    ['4915112345678', '4915112345678@c.us'],
    ['4915112345678@s.whatsapp.net', '4915112345678@c.us'],
    ['4915112345678:7@s.whatsapp.net', '4915112345678@c.us'],
    ['4915112345678@c.us', '4915112345678@c.us'],
    ['123456789012345@lid', '123456789012345@lid'],
    ['120363000000000000@g.us', '120363000000000000@g.us'],
    ['all', 'all'],
  ])('has a chat that was typed as %j as %j', async (value, chatId) => {
    const given = { session: 'a', text: 'Hi', chatId: { __rl: true, mode: 'id', value } }
    expect(await readsWaha('messages.sendText', given)).toMatchObject({ chatId })
  })

  it('has persons as each gateway writes them', async () => {
    const given = { sessionId: 'a', message: 'Hi', to: { __rl: true, mode: 'id', value: '4915112345678@c.us' } }
    expect(await readsWarest('messages.sendText', given)).toMatchObject({ to: expect.stringContaining('4915112345678@s.whatsapp.net') })
  })

  it.each(['4915112345678 @c.us', 'My Friends', '4915112345678@c.us@c.us', '+123456789012345678901'])(
    'refuses %j as a chat',
    async (value) => {
      const given = { session: 'a', text: 'Hi', chatId: { __rl: true, mode: 'id', value } }
      await expect(readsWaha('messages.sendText', given)).rejects.toMatchObject({ name: 'InvalidParameter', field: 'chatId' })
    },
  )

  it('completes the ID of a group, and refuses that of a person there', async () => {
    const group = (value: string) => readsWaha('groups.get', { session: 'a', id: { __rl: true, mode: 'id', value } })
    expect(await group('120363000000000000')).toMatchObject({ id: '120363000000000000@g.us' })
    await expect(group('4915112345678@c.us')).rejects.toMatchObject({ field: 'id' })
  })

  it('sends switches that stand on the form only when they are on', async () => {
    const given = { deviceId: 'a', data: true, wait: false, emptyQueue: false }
    expect(await readsSparkbot('devices.reset', given)).toEqual({ deviceId: 'a', data: true })
  })

  it('sends names with dots as they are', async () => {
    const additionalFields = { filterFromMe: false, filterTimestampGte: 5 }
    expect(await readsWaha('chats.listMessages', { ...to, additionalFields })).toEqual({
      ...to,
      'filter.fromMe': false,
      'filter.timestamp.gte': 5,
    })
  })

  it('takes only the receiver that was chosen', async () => {
    const given = { message: 'Hi', phone: '+4915112345678', group: { mode: 'id', value: '1@g.us' } }
    expect(await readsSparkbot('messages.sendText', { ...given, sendTo: 'group' })).toEqual({ message: 'Hi', group: '1@g.us' })
    expect(await readsSparkbot('messages.sendText', { ...given, sendTo: 'none' })).toEqual({ message: 'Hi' })
  })
})

describe('files', () => {
  const send = (more: Record<string, unknown>) => readsWaha('messages.sendImage', { ...to, ...more })

  it.each([
    ['binary field', { fileSource: 'binary' }, { data: btoa('picture'), mimetype: 'image/png', filename: 'a.png' }],
    ['address', { fileSource: 'url', fileUrl: 'https://a.test/b.webp?x=1' }, { url: 'https://a.test/b.webp?x=1', mimetype: 'image/webp' }],
    ['address without an ending', { fileSource: 'url', fileUrl: 'https://a.test/b' }, { url: 'https://a.test/b', mimetype: 'image/jpeg' }],
    ['base64', { fileSource: 'base64', fileBase64: 'aGk=' }, { data: 'aGk=', mimetype: 'image/jpeg' }],
    ['data URI', { fileSource: 'base64', fileBase64: 'data:image/gif;base64,aGk=' }, { data: 'aGk=', mimetype: 'image/gif' }],
    [
      'another name',
      { fileSource: 'binary', additionalFields: { fileName: 'b.jpg', fileMimeType: 'image/jpeg' } },
      { data: btoa('picture'), mimetype: 'image/jpeg', filename: 'b.jpg' },
    ],
  ])('from %s', async (_, parameters, file) => {
    expect((await send(parameters)).file).toEqual(file)
  })

  it('become a form for WARest when they come as bytes', async () => {
    const { media } = await readsWarest('messages.sendMedia', { sessionId: 'a', to: '1', mediaSource: 'binary' })
    expect(media).toBeInstanceOf(File)
    expect(media).toMatchObject({ name: 'a.png', type: 'image/png' })
    const byAddress = await readsWarest('messages.sendMedia', {
      sessionId: 'a',
      to: '1',
      mediaSource: 'url',
      mediaUrl: 'https://a.test/b.png',
    })
    expect(byAddress.media).toBe('https://a.test/b.png')
  })

  it('of SparkBot may have been uploaded before', async () => {
    const id = '507f1f77bcf86cd799439011'
    const given = { sendTo: 'phone', phone: '+4915112345678', mediaSource: 'id', mediaFileId: id }
    expect((await readsSparkbot('messages.sendMedia', given)).media).toEqual({ file: id })
  })

  it.each([
    [{ fileSource: 'url', fileUrl: 'ftp://a' }, 'http'],
    [{ fileSource: 'url', fileUrl: '' }, 'address'],
    [{ fileSource: 'base64', fileBase64: 'not base64!' }, 'base64'],
    [{ fileSource: 'somewhere' }, 'choose'],
  ])('that are none are refused: %j', async (parameters, word) => {
    const error = await send(parameters).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(InvalidParameter)
    expect((error as Error).message).toContain(word)
  })
})

describe('what does not fit is refused, by name', () => {
  it.each([
    ['messages.sendText', { ...to, text: '' }, 'text'],
    ['messages.sendText', { session: { mode: 'list', value: '' }, chatId: '1@c.us', text: 'Hi' }, 'session'],
    ['messages.sendText', { session: 'a', chatId: { mode: 'phone', value: 'call me' }, text: 'Hi' }, 'chatId'],
    ['messages.sendText', { session: 'a', chatId: { mode: 'phone', value: { toString: 1 } }, text: 'Hi' }, 'chatId'],
    ['messages.sendLocation', { ...to, latitude: 'north', longitude: 1, title: 'x' }, 'latitude'],
    ['groups.create', { session: 'a', name: 'x', participants: [] }, 'participants'],
    ['apps.create', { id: '1', session: 'a', app: 'calls', config: '{' }, 'config'],
  ])('%s %j', async (id, parameters, field) => {
    await expect(readsWaha(id, parameters)).rejects.toMatchObject({ name: 'InvalidParameter', field })
  })

  it('but an empty text is one where it means something', async () => {
    const parameters = { session: 'a', messageId: 'm', reaction: '' }
    expect(await readsWaha('messages.react', parameters)).toEqual(parameters)
  })
})
