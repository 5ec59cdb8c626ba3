import { createDocumentServer } from '@wamux/document-server'
import { testOperations } from '@wamux/document-server/suite'
import { describe, expect, it } from 'vitest'
import { operations } from '../src/generated/operations.ts'
import * as routes from '../src/generated/routes.ts'
import { createWawp, type WawpConfig } from '../src/index.ts'

const document = new URL('../openapi/wawp.openapi.yaml', import.meta.url)
const credentials = [
  { header: 'access-token', query: 'access_token', body: 'access_token' },
  // creating an instance is done without one
  { query: 'instance_id', body: 'instance_id', optional: true },
] as const
const own = { instanceId: 'instance-1', accessToken: 'secret' }

testOperations({
  document,
  schema: new URL('../src/generated/schema.ts', import.meta.url),
  table: operations,
  routes,
  credentials,
  create: (config) => createWawp({ ...config, ...own }),
  totals: { actions: 124, operations: 124, alternates: 15, resources: 13 },
})

describe('Wawp by hand', () => {
  const server = createDocumentServer(document, { credentials })
  const bodies: unknown[] = []
  const fetch: typeof globalThis.fetch = (input, init) => {
    bodies.push(init?.body === undefined ? undefined : JSON.parse(String(init.body)))
    return server.fetch(input, init)
  }
  const create = (config: Partial<WawpConfig> = {}) =>
    createWawp({ baseUrl: 'http://gateway.test', fetch, retry: { attempts: 1 }, ...own, ...config })
  const wawp = create()
  const last = () => server.requests.at(-1)
  const chatId = '4915112345678@c.us'
  const inBody = { instance_id: 'instance-1', access_token: 'secret' }

  it('writes the brackets of file keys as they are, with no object around', async () => {
    const file = { 'file[url]': 'https://example.com/a.png', 'file[filename]': 'a.png', 'file[mimetype]': 'image/png' }
    await wawp.call('messages.sendImage', { chatId, ...file })
    expect(bodies.at(-1)).toEqual({ ...inBody, chatId, ...file })
    expect(last()).toMatchObject({ problems: [], body: { chatId, ...file } })
    await wawp.client.POST('/v2/send/image', { body: { chatId, ...file } })
    expect(bodies.at(-1)).toEqual({ ...inBody, chatId, ...file })
  })

  it('takes the same keys in the query of its GET', async () => {
    const query = { chatId, 'file[url]': 'https://example.com/a.png', 'file[filename]': 'a.png', 'file[mimetype]': 'image/png' }
    const client = wawp.client as unknown as { GET(path: string, init: object): Promise<{ error?: unknown }> }
    const { error } = await client.GET('/v2/send/image', { params: { query } })
    expect(error).toBeUndefined()
    expect(last()).toMatchObject({ method: 'GET', operation: 'messages.sendImage', problems: [], parameters: { query } })
    expect(last()?.url).toContain('file%5Burl%5D=https%3A%2F%2Fexample.com%2Fa.png')
  })

  const queryOf = () => Object.fromEntries(new URL(last()?.url ?? '').searchParams)

  it.each(['body', 'query', 'header'] as const)('puts its credentials into the %s', async (place) => {
    const gateway = create({ credentials: place })
    const header = place === 'header' ? 'secret' : undefined
    const { access_token: _, ...withoutToken } = inBody
    const fields = place === 'header' ? withoutToken : inBody

    await gateway.call('messages.sendText', { chatId, message: 'Hi' })
    expect(last()).toMatchObject({ problems: [], body: { chatId, message: 'Hi' } })
    expect(last()?.headers['access-token']).toBe(header)
    expect(queryOf()).toEqual(place === 'query' ? inBody : {})
    expect(bodies.at(-1)).toEqual({ ...(place === 'query' ? {} : fields), chatId, message: 'Hi' })

    await gateway.call('chats.getPicture', { chatId })
    expect(last()).toMatchObject({ method: 'GET', problems: [] })
    expect(last()?.headers['access-token']).toBe(header)
    expect(queryOf()).toMatchObject(fields)
    expect(bodies.at(-1)).toBeUndefined()

    await gateway.call('chats.delete', { chatId })
    expect(last()).toMatchObject({ method: 'DELETE', problems: [] })
    expect({ ...queryOf(), ...(bodies.at(-1) as object | undefined) }).toEqual({ ...fields, chatId })
  })

  it('creates an instance with the token alone', async () => {
    await wawp.call('sessions.create', {})
    expect(bodies.at(-1)).toEqual({ access_token: 'secret' })
    expect(last()?.problems).toEqual([])
  })

  it('gives the QR image as JSON or bytes', async () => {
    expect((await wawp.call('auth.getQrImage', {})).data).toBeTypeOf('object')
    const picture = await wawp.call('auth.getQrImage', {}, { accept: 'image/png' })
    expect(picture).toMatchObject({ contentType: 'image/png', data: expect.any(Uint8Array) })
  })

  it('does not let `extra` displace the credentials', async () => {
    await expect(wawp.call('messages.sendText', { chatId, message: 'Hi' }, { extra: { note: 1 } })).rejects.toMatchObject({ status: 599 })
    expect(last()?.problems).toEqual(['body field note is unknown'])
    expect(bodies.at(-1)).toEqual({ ...inBody, chatId, message: 'Hi', note: 1 })
  })

  it('takes credentials for no field of an operation', async () => {
    const sent = server.requests.length
    // @ts-expect-error they are given once, to createWawp
    const bad = wawp.call('messages.sendText', { chatId, message: 'Hi', access_token: 'other' })
    await expect(bad).rejects.toMatchObject({ kind: 'invalid_request', field: 'access_token' })
    expect(server.requests.length).toBe(sent)
  })
})
