import { createDocumentServer } from '@wamux/document-server'
import { testOperations } from '@wamux/document-server/suite'
import { describe, expect, it } from 'vitest'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createWaha } from '../src/index.ts'

const document = new URL('../openapi/waha.openapi.yaml', import.meta.url)
const credentials = [{ header: 'x-api-key' }]
const apiKey = 'secret'

testOperations({
  document,
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials,
  create: (config) => createWaha({ ...config, apiKey }),
  totals: { actions: 192, operations: 192, alternates: 0, resources: 20 },
})

describe('WAHA by hand', () => {
  const server = createDocumentServer(document, { credentials })
  const waha = createWaha({ baseUrl: 'http://gateway.test', apiKey, fetch: server.fetch, retry: { attempts: 1 } })
  const last = () => server.requests.at(-1)
  const session = 'default'
  const chatId = '123@c.us'

  it('gives a QR code as bytes, and as JSON where that is asked for', async () => {
    const picture = await waha.call('auth.getQr', { session })
    expect(last()?.headers.accept).toBe('image/png')
    expect(picture.contentType).toBe('image/png')
    expect(picture.data).toBeInstanceOf(Uint8Array)
    expect([...(picture.data as Uint8Array).subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
    const json = await waha.call('auth.getQr', { session }, { accept: 'application/json' })
    expect(json.data).toMatchObject({ mimetype: expect.any(String), data: expect.any(String) })
  })

  it('gives the same with the typed client', async () => {
    const path = '/api/{session}/auth/qr'
    const params = { path: { session } }
    const json = await waha.client.GET(path, { params })
    expect(json.data).toMatchObject({ mimetype: expect.any(String), data: expect.any(String) })
    const picture = await waha.client.GET(path, { params, headers: { accept: 'image/png' } })
    expect(picture.data).toBeInstanceOf(Uint8Array)
  })

  it('writes the names of filters as they are', async () => {
    const filter = { 'filter.timestamp.lte': 5, 'filter.fromMe': false, 'filter.ack': 'READ' } as const
    await waha.call('chats.listMessages', { session, chatId, limit: 1, ...filter })
    expect(last()?.url).toBe(
      'http://gateway.test/api/default/chats/123%40c.us/messages?limit=1&filter.timestamp.lte=5&filter.fromMe=false&filter.ack=READ',
    )
    const params = { path: { session, chatId }, query: { limit: 1, ...filter } }
    await waha.client.GET('/api/{session}/chats/{chatId}/messages', { params })
    expect(last()).toMatchObject({ problems: [], parameters: { query: { limit: 1, ...filter } } })
  })

  it('repeats the name of a list', async () => {
    await waha.call('chats.overview', { session, ids: ['1@c.us', '2@c.us'] })
    expect(last()?.url).toMatch(/\?ids=1%40c\.us&ids=2%40c\.us$/)
  })

  it('sends a file by address or as base64, and nothing that is neither', async () => {
    const file = { mimetype: 'image/png', data: btoa('picture') }
    await waha.call('messages.sendImage', { session, chatId, file })
    expect(last()).toMatchObject({ problems: [], body: { session, chatId, file } })
    const remote = { mimetype: 'image/png', url: 'https://example.com/a.png', filename: null }
    await waha.call('messages.sendImage', { session, chatId, file: remote })
    expect(last()?.body).toEqual({ session, chatId, file: remote })
    const sent = server.requests.length
    // @ts-expect-error a file needs its address or its content
    const neither = waha.call('messages.sendImage', { session, chatId, file: { mimetype: 'image/png' } })
    await expect(neither).rejects.toMatchObject({ kind: 'invalid_request', field: 'file', reached: 'no' })
    expect(server.requests.length).toBe(sent)
  })

  it('gives undefined for an empty answer', async () => {
    expect(await waha.call('sessions.delete', { session })).toMatchObject({ status: 200, data: undefined, text: '' })
    const { data, error } = await waha.client.DELETE('/api/sessions/{session}', { params: { path: { session } } })
    expect({ data, error }).toEqual({ data: undefined, error: undefined })
  })

  it('takes one value for a name that stands in path and body', async () => {
    await waha.call('apps.update', { id: 'app-1', session, app: 'calls', config: { dm: { reject: true }, group: { reject: true } } })
    expect(last()).toMatchObject({ parameters: { path: { id: 'app-1' } }, body: { id: 'app-1' } })
  })

  it('sends body fields that the document does not know only as `extra`', async () => {
    const input = { session, chatId, text: 'Hi' }
    const sent = server.requests.length
    // @ts-expect-error `mentions` is none of its fields
    const misplaced = waha.call('messages.startTyping', { session, chatId, mentions: [chatId] })
    await expect(misplaced).rejects.toMatchObject({
      kind: 'invalid_request',
      field: 'mentions',
      message: expect.stringContaining('session, chatId'),
    })
    expect(server.requests.length).toBe(sent)
    await expect(waha.call('messages.sendText', input, { extra: { brandNew: 1 } })).rejects.toMatchObject({ status: 599 })
    expect(last()).toMatchObject({ body: { ...input, brandNew: 1 }, problems: ['body field brandNew is unknown'] })
  })
})
