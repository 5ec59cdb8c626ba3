import { createDocumentServer, parseDocument } from '@wamux/document-server'
import { testOperations } from '@wamux/document-server/suite'
import { describe, expect, it } from 'vitest'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createSparkbot, type SparkbotConfig } from '../src/index.ts'

const document = new URL('../openapi/sparkbot.openapi.yaml', import.meta.url)
const credentials = [{ header: 'token' }]
const apiKey = 'secret'

testOperations({
  document,
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials,
  create: (config) => createSparkbot({ ...config, apiKey }),
  totals: { actions: 153, operations: 140, alternates: 0, resources: 23 },
})

const deviceId = '0123456789abcdef01234567'
const id = 'fedcba987654321001234567'
const phone = '+4915112345678'
const message = 'true_4915112345678@c.us_1'

describe('SparkBot by hand', () => {
  const server = createDocumentServer(document, { credentials })
  const sparkbot = createSparkbot({ baseUrl: 'http://gateway.test', apiKey, fetch: server.fetch, retry: { attempts: 1 } })
  const last = () => server.requests.at(-1)

  it('separates the values of a list by commas', async () => {
    await sparkbot.call('devices.list', { ids: [deviceId, id] })
    expect(new URL(last()?.url ?? '').searchParams.getAll('ids')).toEqual([`${deviceId},${id}`])
    await sparkbot.client.GET('/devices', { params: { query: { ids: [deviceId, id] } } })
    expect(new URL(last()?.url ?? '').searchParams.getAll('ids')).toEqual([`${deviceId},${id}`])
    expect(last()).toMatchObject({ problems: [], parameters: { query: { ids: [deviceId, id] } } })
  })

  // in the query they would not count, and everything would go
  it.each([
    ['queue.clear', { ids: [id] }, { deviceId }],
    ['files.deleteMany', { ids: [id] }, {}],
    ['meetings.delete', { ids: [id] }, { deviceId }],
    ['labels.delete', { name: 'Lead' }, { deviceId }],
  ] as const)('%s says in its body what to take', async (operation, body, path) => {
    await sparkbot.call(operation as 'queue.clear', { ...path, ...body } as { deviceId: string })
    expect(last()).toMatchObject({ method: 'DELETE', problems: [], body, parameters: { query: {} } })
  })

  it('has thirteen kinds of POST /messages', () => {
    const kinds = Object.values(operations.operations).filter((one) => one.variantOf === 'messages.send')
    expect(kinds.map((one) => one.id)).toEqual(Object.keys(KINDS))
  })

  const KINDS = {
    'messages.sendText': { phone, message: 'Hi' },
    'messages.sendMedia': { phone, media: { url: 'https://example.com/a.png' }, message: 'A caption' },
    'messages.sendLocation': { phone, location: { address: 'Hauptstraße 1' } },
    'messages.sendContacts': { phone, contacts: [{ phone, name: 'A' }] },
    'messages.sendPoll': { phone, poll: { name: 'When?', options: ['Now', 'Later'] } },
    'messages.votePoll': { phone, vote: { poll: message, options: [] } },
    'messages.sendEvent': { phone, event: { name: 'Meeting', date: '2026-01-02T03:04:05Z' } },
    'messages.respondEvent': { phone, confirm: { event: message, confirm: false } },
    'messages.react': { phone, reaction: '👍', reactionMessage: message },
    'messages.reply': { phone, quote: message, message: 'Yes' },
    'messages.forward': { phone, forward: { message } },
    'messages.sendProduct': { phone, product: 'product-1' },
    'messages.sendTemplate': { phone, template: { name: 'welcome', language: 'de' } },
  } as const

  it.each(Object.entries(KINDS))('%s sends its own body and nothing else', async (kind, body) => {
    await sparkbot.call(kind as 'messages.sendText', body as { message: string })
    expect(last()).toMatchObject({ method: 'POST', url: 'http://gateway.test/messages', operation: 'messages.send', variants: [kind] })
    expect(last()?.body).toEqual(body)
    await sparkbot.client.POST('/messages', { body: body as { message: string } })
    expect(last()).toMatchObject({ problems: [], variants: [kind] })
    expect(last()?.body).toEqual(body)
  })

  it('refuses the field of another kind', async () => {
    const sent = server.requests.length
    // @ts-expect-error a text has no poll
    const mixed = sparkbot.call('messages.sendText', { phone, message: 'Hi', poll: { name: 'When?', options: ['Now', 'Later'] } })
    await expect(mixed).rejects.toMatchObject({ kind: 'invalid_request', field: 'poll', reached: 'no' })
    expect(server.requests.length).toBe(sent)
  })

  it('gives files as bytes', async () => {
    const { contentType, data } = await sparkbot.call('files.download', { fileId: id }, { accept: 'image/jpeg' })
    expect(contentType).toBe('image/jpeg')
    expect(data).toBeInstanceOf(Uint8Array)
  })

  it('gives a QR code as SVG text, as bytes or as JSON, by what comes', async () => {
    expect(await sparkbot.call('devices.getQr', { deviceId })).toMatchObject({ contentType: 'image/svg+xml', data: expect.any(String) })
    const png = await sparkbot.call('devices.getQr', { deviceId, encoding: 'image' }, { accept: 'image/png' })
    expect(png.data).toBeInstanceOf(Uint8Array)
    const json = await sparkbot.call('devices.getQr', { deviceId, encoding: 'json' }, { accept: 'application/json' })
    expect(json.data).toBeTypeOf('object')
  })

  it('refuses an id that is none', async () => {
    const bad = sparkbot.call('devices.get', { deviceId: 'default' })
    await expect(bad).rejects.toMatchObject({ kind: 'invalid_request', field: 'deviceId', reached: 'no' })
  })

  it('gives data for every success, an empty one included', async () => {
    const { data, error } = await sparkbot.client.GET('/devices/{deviceId}', { params: { path: { deviceId } } })
    expect(error).toBeUndefined()
    expect(data).toEqual(last()?.answer.data)
  })
})

describe('SparkBot with corrected paths', () => {
  const whole = parseDocument(document)
  const { '/devices/{deviceId}/reset': reset, ...others } = whole.paths as Record<string, { post: object }>

  const movedTo = (path: string, method: string) => {
    const paths = { ...others, [path]: { [method]: reset?.post } }
    return createDocumentServer({ ...whole, paths }, { credentials })
  }

  const cases = [
    { correction: '/x/{deviceId}/y', method: 'POST', path: '/x/{deviceId}/y' },
    { correction: 'PUT /x/{deviceId}/y', method: 'PUT', path: '/x/{deviceId}/y' },
    { correction: 'PATCH  /v2/reset/{deviceId}', method: 'PATCH', path: '/v2/reset/{deviceId}' },
  ]

  describe.each(cases)('$correction', ({ correction, method, path }) => {
    const server = movedTo(path, method.toLowerCase())
    const config: SparkbotConfig = {
      baseUrl: 'http://gateway.test',
      apiKey,
      fetch: server.fetch,
      retry: { attempts: 1 },
      paths: { 'devices.reset': correction },
    }
    const sparkbot = createSparkbot(config)
    const expected = { method, operation: 'devices.reset', problems: [], parameters: { path: { deviceId }, query: { wait: true } } }

    it('is where call() goes', async () => {
      await sparkbot.call('devices.reset', { deviceId, wait: true })
      expect(server.requests.at(-1)).toMatchObject(expected)
    })

    it('is where the typed client goes', async () => {
      await sparkbot.client.POST('/devices/{deviceId}/reset', { params: { path: { deviceId }, query: { wait: true } } })
      expect(server.requests.at(-1)).toMatchObject(expected)
    })

    it('is where the verb goes', async () => {
      await sparkbot.session.reset({ session: deviceId })
      expect(server.requests.at(-1)).toMatchObject({ method, operation: 'devices.reset', problems: [] })
    })

    it('moves nothing else', async () => {
      await sparkbot.call('devices.get', { deviceId })
      expect(server.requests.at(-1)).toMatchObject({ method: 'GET', operation: 'devices.get', problems: [] })
    })
  })
})
