import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow'
import { afterEach, describe, expect, it } from 'vitest'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { WamuxWarestApi } from '../credentials/WamuxWarestApi.credentials.ts'
import { WamuxWawpApi } from '../credentials/WamuxWawpApi.credentials.ts'
import { Waha } from '../nodes/Waha/Waha.node.ts'
import { Warest } from '../nodes/Warest/Warest.node.ts'
import { Wawp } from '../nodes/Wawp/Wawp.node.ts'
import { connected } from './connected.ts'
import { type FakeSetup, fakeN8n } from './fake-n8n.ts'

const emulators: { close(): void }[] = []
afterEach(() => {
  for (const emulator of emulators.splice(0)) emulator.close()
})

async function open(sessions: readonly string[], until: 'pairing' | 'connected' = 'connected') {
  const gateway = await connected('waha', sessions, until)
  emulators.push(gateway.emulator)
  return gateway
}

const run = (node: INodeType, context: IExecuteFunctions): Promise<INodeExecutionData[][]> | undefined => node.execute?.call(context)

type Given = Partial<FakeSetup> & { parameters: Record<string, unknown> }

async function waha(setup: Given, sessions: readonly string[] = ['default'], until: 'pairing' | 'connected' = 'connected') {
  const { emulator, baseUrl, credentials } = await open(sessions, until)
  const fake = fakeN8n({
    fetch: (request) => emulator.handle(request),
    credentialType: new WamuxWahaApi(),
    credentials: { baseUrl, ...credentials },
    ...setup,
  })
  return { fake, apiKey: String(credentials.apiKey), output: () => run(new Waha(), fake.execute) }
}

const session = { __rl: true, mode: 'list', value: 'default' }

describe('WAHA node', () => {
  it('sends a text, and says which item it was for', async () => {
    const chatId = { __rl: true, mode: 'phone', value: '+1 202 555 0177' }
    const { output, fake } = await waha({ parameters: { resource: 'message', operation: 'sendText', session, chatId, text: 'Hi' } })
    const [items] = (await output()) ?? []
    expect(items).toEqual([
      {
        json: expect.objectContaining({ key: expect.objectContaining({ remoteJid: '12025550177@s.whatsapp.net' }) }),
        pairedItem: { item: 0 },
      },
    ])
    const [asked] = fake.asked
    expect(JSON.parse(String(asked?.body))).toEqual({ session: 'default', chatId: '12025550177@c.us', text: 'Hi' })
    expect(asked?.disableFollowRedirect).toBe(true)
  })

  it('leaves the credentials to n8n', async () => {
    const { output, fake, apiKey } = await waha({ parameters: { resource: 'session', operation: 'list' } })
    await output()
    expect(JSON.stringify(fake.asked)).not.toContain(apiKey)
  })

  it('gives an item for each entry, up to the limit', async () => {
    const parameters = { resource: 'session', operation: 'list', limit: 2 }
    const { output } = await waha({ parameters }, ['a', 'b', 'c'])
    expect((await output())?.[0]).toHaveLength(2)
  })

  it('sends nothing that was not added, and all that was', async () => {
    const parameters = { resource: 'session', operation: 'list', returnAll: true, additionalFields: { all: false } }
    const { output, fake } = await waha({ parameters })
    await output()
    expect(fake.asked[0]?.url).toMatch(/\/api\/sessions\?all=false$/)
    const plain = await waha({ parameters: { resource: 'session', operation: 'list' } })
    await plain.output()
    expect(plain.fake.asked[0]?.url).toMatch(/\/api\/sessions$/)
  })

  it('says that what was deleted is deleted', async () => {
    const { output } = await waha({ parameters: { resource: 'session', operation: 'delete', session } })
    expect((await output())?.[0]).toEqual([{ json: { deleted: true }, pairedItem: { item: 0 } }])
  })

  it('gives a QR code as a file', async () => {
    const parameters = { resource: 'pairing', operation: 'getQr', session, nodeOptions: { outputField: 'qr' } }
    const { output } = await waha({ parameters }, ['default'], 'pairing')
    const [item] = (await output())?.[0] ?? []
    expect(item?.json).toMatchObject({ mimeType: 'image/png', fileName: 'auth-getQr.png' })
    expect(
      Buffer.from(item?.binary?.qr?.data ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  it('sends a file of the item with its own type and name', async () => {
    const data = Buffer.from('picture').toString('base64')
    const items = [{ json: {}, binary: { photo: { data, mimeType: 'image/png', fileName: 'a.png' } } }]
    const parameters = {
      resource: 'message',
      operation: 'sendImage',
      session,
      chatId: '12025550177@c.us',
      fileSource: 'binary',
      fileBinaryField: 'photo',
    }
    const { output, fake } = await waha({ parameters, items })
    await output()
    expect(JSON.parse(String(fake.asked[0]?.body)).file).toEqual({ data, mimetype: 'image/png', filename: 'a.png' })
  })

  it('stops at an empty field, names it, and sends nothing', async () => {
    const parameters = { resource: 'message', operation: 'sendText', session, chatId: '12025550177@c.us', text: '' }
    const { output, fake } = await waha({ parameters })
    await expect(output()).rejects.toMatchObject({
      name: 'NodeOperationError',
      message: expect.stringContaining('"Text"'),
      context: { itemIndex: 0 },
    })
    expect(fake.asked).toEqual([])
  })

  it('goes on after a failure when it is set to, with what the gateway said', async () => {
    const parameters = { resource: 'session', operation: 'get', session: { __rl: true, mode: 'id', value: 'nowhere' } }
    const { output } = await waha({ parameters, continueOnFail: true, items: [{ json: {} }, { json: {} }] })
    const [items = []] = (await output()) ?? []
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }])
    expect(items[1]?.json).toEqual({
      error: expect.any(String),
      message: expect.any(String),
      details: { kind: 'not_found', httpCode: '404', description: expect.any(String), mayBeDone: false },
    })
  })

  it('never tells the key, also when the gateway does', async () => {
    const apiKey = 's3cret-key-of-waha'
    const fake = fakeN8n({
      fetch: async () => Response.json({ message: `wrong key ${apiKey}` }, { status: 401 }),
      credentialType: new WamuxWahaApi(),
      credentials: { baseUrl: 'http://waha.test', apiKey },
      parameters: { resource: 'session', operation: 'list' },
    })
    const error = await run(new Waha(), fake.execute)?.catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '401', description: expect.stringContaining('wrong key') })
    expect(JSON.stringify([error, (error as Error).message, (error as Error).stack])).not.toContain(apiKey)
  })

  it('says of a lost answer to a send that it may have been done', async () => {
    const parameters = { resource: 'message', operation: 'sendText', session, chatId: '12025550177@c.us', text: 'Hi' }
    let calls = 0
    const { output } = await waha({
      parameters,
      async fetch() {
        calls += 1
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
      },
    })
    await expect(output()).rejects.toMatchObject({ message: expect.stringContaining('may have been done') })
    expect(calls).toBe(1)
  })
})

describe('WARest node', () => {
  const warest = (answer: Response, parameters: Record<string, unknown>) => {
    const bodies: unknown[] = []
    const fake = fakeN8n({
      async fetch(request) {
        bodies.push(
          await request
            .clone()
            .formData()
            .catch(() => request.json()),
        )
        return answer
      },
      credentialType: new WamuxWarestApi(),
      credentials: { baseUrl: 'http://warest.test', apiKey: 'key-of-warest' },
      items: [{ json: {}, binary: { data: { data: btoa('picture'), mimeType: 'image/png', fileName: 'a.png' } } }],
      parameters,
    })
    return { bodies, output: async () => (await run(new Warest(), fake.execute))?.[0] ?? [] }
  }
  const group = { resource: 'group', operation: 'delete', sessionId: 'a', groupId: '1@g.us' }

  it('takes the envelope off', async () => {
    const results = [{ messageId: '1' }, { messageId: '2' }]
    const answer = Response.json({ status: true, code: 1000, message: 'Success', results })
    const { output } = warest(answer, { resource: 'message', operation: 'sendText', sessionId: 'a', to: '1', message: 'Hi' })
    expect((await output()).map(({ json }) => json)).toEqual(results)
  })

  it('does not say that all is deleted when only some of it is', async () => {
    const answer = { status: true, code: 1004, message: 'Partial success', results: [{ failedToRemove: ['1@c.us'] }] }
    const { output } = warest(Response.json(answer, { status: 207 }), group)
    expect((await output())[0]?.json).toEqual(answer)
    const done = warest(Response.json({ status: true, code: 1000, message: 'Success', results: [{}] }), group)
    expect((await done.output())[0]?.json).toEqual({ deleted: true })
  })

  it('sends a binary field as a form, to several at once', async () => {
    const parameters = { resource: 'message', operation: 'sendMedia', sessionId: 'a', to: ['1', '2'], mediaSource: 'binary' }
    const { bodies, output } = warest(Response.json({ status: true, code: 1000, message: 'Success', results: [{}] }), parameters)
    await output()
    const form = bodies[0] as FormData
    expect(form.get('to')).toBe('1,2')
    expect(form.get('media')).toMatchObject({ name: 'a.png', type: 'image/png' })
    const withExtra = warest(Response.json({}), { ...parameters, nodeOptions: { extraFields: '{"a":1}' } })
    await expect(withExtra.output()).rejects.toMatchObject({ message: expect.stringContaining('Extra Body Fields') })
    expect(withExtra.bodies).toEqual([])
  })
})

describe('subscription check', () => {
  const parameters = { resource: 'server', operation: 'ping' }
  const items = [{ json: {} }, { json: {} }]
  const setup = (status: number, url: string) => {
    const calls: Request[] = []
    const fake = fakeN8n({
      async fetch(request) {
        calls.push(request)
        return new URL(request.url).host === 'license.test' ? new Response(null, { status }) : Response.json({ message: 'pong' })
      },
      credentialType: new WamuxWahaApi(),
      credentials: { baseUrl: 'http://waha.test', apiKey: 'key-of-waha', subscriptionUrl: url, subscriptionApiKey: 'key-of-license' },
      parameters,
      items,
    })
    return { calls, run: () => run(new Waha(), fake.execute) }
  }

  it('is asked first with its own key alone, once for all items', async () => {
    const { calls, run: output } = setup(200, 'http://license.test/yes')
    await output()
    expect(calls.map(({ url }) => new URL(url).host)).toEqual(['license.test', 'waha.test', 'waha.test'])
    expect(calls[0]?.headers.get('authorization')).toBe('Bearer key-of-license')
    expect(JSON.stringify([...(calls[0]?.headers ?? [])])).not.toContain('key-of-waha')
  })

  it.each([401, 403])('refuses with %i before the gateway is called', async (status) => {
    const { calls, run: output } = setup(status, `http://license.test/no/${status}`)
    await expect(output()).rejects.toMatchObject({ message: 'Invalid subscription or API key' })
    expect(calls).toHaveLength(1)
  })

  it('is not asked when the credential names none', async () => {
    const { calls, run: output } = setup(200, '')
    await output()
    expect(calls.map(({ url }) => new URL(url).host)).toEqual(['waha.test', 'waha.test'])
  })
})

describe('Wawp node', () => {
  it('keeps the token out of the address that it asks for', async () => {
    const urls: string[] = []
    const fake = fakeN8n({
      async fetch(request) {
        urls.push(request.url)
        return Response.json({ name: 'x', status: 'WORKING' })
      },
      credentialType: new WamuxWawpApi(),
      credentials: { baseUrl: 'http://wawp.test', instanceId: 'I1', accessToken: 't0ken-of-wawp' },
      parameters: { resource: 'session', operation: 'get', nodeOptions: { instanceId: 'I2' } },
    })
    await run(new Wawp(), fake.execute)
    expect(fake.asked[0]?.url).toBe('http://wawp.test/v2/session/info?instance_id=I2')
    expect(urls[0]).toBe('http://wawp.test/v2/session/info?instance_id=I2&access_token=t0ken-of-wawp')
  })
})
