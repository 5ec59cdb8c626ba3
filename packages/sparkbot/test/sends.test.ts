import { type Fetch, type FetchInit, GatewayError } from '@wamux/core'
import { createVirtualClock } from '@wamux/emulator'
import type { Reply } from '@wamux/testkit'
import { describe, expect, it } from 'vitest'
import { failure, gateway, SESSION, verbs } from './fixtures/stubbed.ts'

const session = SESSION
const device = SESSION
const to = '+12025550143'
const jid = '12025550143@c.us'
const SERVICE_ID = 'aaaaaaaaaaaaaaaaaaaaaaaa'
const FILE = '5bf612faa893b00016c0f13d'
const queued = { id: SERVICE_ID, wid: jid, status: 'queued' }
const bytes = new Uint8Array([1, 2, 3])
const png = { data: bytes, mimetype: 'image/png' }
const uploaded = { status: 201, body: [{ id: FILE }] }
const accepted = { status: 201, body: queued }

describe('a send', () => {
  it.each([
    ['message.sendText', { text: 'Hi' }, { message: 'Hi' }],
    [
      'message.sendImage',
      { file: { url: 'https://x.test/a.png' }, caption: 'A' },
      { media: { url: 'https://x.test/a.png' }, message: 'A' },
    ],
    ['message.sendVideo', { file: { url: 'https://x.test/v' } }, { media: { url: 'https://x.test/v' } }],
    ['message.sendAudio', { file: { url: 'https://x.test/a.mp3' } }, { media: { url: 'https://x.test/a.mp3' } }],
    ['message.sendVoice', { file: { url: 'https://x.test/a.ogg' } }, { media: { url: 'https://x.test/a.ogg', format: 'ptt' } }],
    [
      'message.sendDocument',
      { file: { url: 'https://x.test/d', filename: 'd.pdf' } },
      { media: { url: 'https://x.test/d', filename: 'd.pdf' } },
    ],
    [
      'message.sendLocation',
      { latitude: 52.5, longitude: 13.4, name: 'There' },
      { location: { coordinates: [52.5, 13.4], name: 'There' } },
    ],
    ['message.sendContact', { contacts: [{ name: 'Bo', phone: '+12025550144' }] }, { contacts: [{ phone: '+12025550144', name: 'Bo' }] }],
    ['message.sendPoll', { question: 'Q', options: ['a', 'b'] }, { poll: { name: 'Q', options: ['a', 'b'] } }],
    [
      'message.sendPoll',
      { question: 'Q', options: ['a', 'b'], multiple: true },
      { poll: { name: 'Q', options: ['a', 'b'], multiple: true } },
    ],
  ] as const)('%s %j', async (id, input, body) => {
    const { run, calls } = verbs([accepted])
    expect(await run(id, { to, ...input })).toEqual({ session, id: SERVICE_ID, to: jid, status: 'queued', raw: queued })
    expect(calls()).toEqual([{ call: 'POST /messages', body: { device, phone: to, ...body } }])
  })

  it.each([
    ['none while it waits', queued, {}],
    ['told beside the id of the service', { ...queued, status: 'processed', waId: '3EB0AB' }, { key: '3EB0AB', status: 'sent' }],
    ["the id itself where that is WhatsApp's", { ...queued, id: '3EB0AC' }, { id: '3EB0AC', key: '3EB0AC' }],
  ])("WhatsApp's bare id: %s", async (_, answer, told) => {
    const { run } = verbs([{ status: 201, body: answer }])
    const expected = { session, id: SERVICE_ID, to: jid, status: 'queued', ...told, raw: answer }
    expect(await run('message.sendText', { to, text: 'Hi' })).toEqual(expected)
  })

  it.each([
    ['120363000000000000@g.us', { group: '120363000000000000@g.us' }],
    ['1203@newsletter', { channel: '1203@newsletter' }],
    ['12025550143@s.whatsapp.net', { phone: to }],
  ])('to %s', async (address, target) => {
    const { run, calls } = verbs([accepted])
    expect(await run('message.sendText', { to: address, text: 'Hi' })).toMatchObject({ status: 'queued' })
    expect(calls()).toEqual([{ call: 'POST /messages', body: { device, ...target, message: 'Hi' } }])
  })

  it.each([
    ['message.sendText', { text: 'Hi' }, { message: 'Hi' }],
    ['message.sendPoll', { question: 'Q', options: ['a', 'b'] }, { poll: { name: 'Q', options: ['a', 'b'] } }],
  ] as const)('%s answers by the id of WhatsApp, or by that of the service', async (id, input, body) => {
    const known = verbs([accepted])
    await known.run(id, { to, replyTo: '3EB0AB', ...input })
    expect(known.calls()).toEqual([{ call: 'POST /messages', body: { device, phone: to, quote: '3EB0AB', ...body } }])
    const own = verbs([{ status: 200, body: { ...queued, waId: '3EB0AB' } }, accepted])
    await own.run(id, { to, replyTo: SERVICE_ID, ...input })
    expect(own.calls()).toEqual([{ call: `GET /messages/${SERVICE_ID}` }, ...known.calls()])
  })

  it('forwards by the id of WhatsApp', async () => {
    const { run, calls } = verbs([{ status: 200, body: { waId: '3EB0AB' } }, accepted])
    expect(await run('message.forward', { chat: '120363000000000000@g.us', message: SERVICE_ID, to })).toMatchObject({
      to: jid,
      status: 'queued',
    })
    const forward = { message: '3EB0AB', chat: '120363000000000000@g.us' }
    expect(calls()).toEqual([{ call: `GET /messages/${SERVICE_ID}` }, { call: 'POST /messages', body: { device, phone: to, forward } }])
  })
})

describe('a status', () => {
  it.each([
    ['status.sendText', { text: 'Hi' }, { message: 'Hi' }],
    ['status.sendImage', { file: { url: 'https://x.test/a.png' }, caption: 'A' }, { media: { url: 'https://x.test/a.png', message: 'A' } }],
    ['status.sendVideo', { file: { url: 'https://x.test/v.mp4' } }, { media: { url: 'https://x.test/v.mp4' } }],
    ['status.sendVoice', { file: { url: 'https://x.test/a.ogg' } }, { media: { url: 'https://x.test/a.ogg', format: 'ptt' } }],
  ] as const)('%s %j', async (id, input, body) => {
    const { run, calls } = verbs([accepted])
    expect(await run(id, input)).toEqual({ session, id: SERVICE_ID, status: 'queued', raw: queued })
    expect(calls()).toEqual([{ call: 'POST /chat/DEVICE/status', body }])
  })
})

describe('what has not left the queue', () => {
  it.each([
    ['message.edit', { text: 'Ho' }],
    ['message.revoke', {}],
    ['message.react', { emoji: '👍' }],
    ['message.forward', { to }],
    ['status.delete', {}],
    ['message.sendText', { to, text: 'Hi', replyTo: SERVICE_ID }],
  ] as const)('%s is a conflict, and nothing is done', async (id, input) => {
    const { run, requests } = verbs([{ status: 200, body: queued }])
    const error = await failure(run(id, { chat: jid, message: SERVICE_ID, ...input }))
    expect([error.kind, error.retryable, requests.map(({ method }) => method)]).toEqual(['conflict', true, ['GET']])
  })

  it('waitFor sees it get further', async () => {
    const clock = createVirtualClock()
    const { sparkbot, requests } = gateway(
      [
        { status: 200, body: queued },
        { status: 200, body: { ...queued, status: 'processed', deliveryStatus: 'sent' } },
        { status: 200, body: { ...queued, status: 'processed', deliveryStatus: 'delivered', waId: '3EB0AB' } },
      ],
      { clock },
    )
    const waited = sparkbot.message.waitFor({ session, chat: jid, message: SERVICE_ID })
    await clock.advance(10_000)
    expect(await waited).toMatchObject({ id: SERVICE_ID, key: '3EB0AB', ack: 'delivered', raw: { waId: '3EB0AB' } })
    expect(requests.length).toBe(3)
  })
})

describe('message.get of what was handed in', () => {
  const sent = { ...queued, status: 'processed', waId: '3EB0AB', message: 'Ho' }

  it('shows it as the chat has it once it is there', async () => {
    const { run, calls } = verbs([
      { status: 200, body: sent },
      { status: 200, body: { wid: '3EB0AB', body: 'Ho ho', ack: 'read' } },
    ])
    expect(await run('message.get', { chat: jid, message: SERVICE_ID })).toMatchObject({ id: '3EB0AB', text: 'Ho ho', ack: 'read' })
    expect(calls()).toEqual([{ call: `GET /messages/${SERVICE_ID}` }, { call: 'GET /chat/DEVICE/messages/3EB0AB' }])
  })

  it('shows it as it was handed in where no chat has it', async () => {
    const { run } = verbs([{ status: 200, body: sent }, { status: 404 }])
    expect(await run('message.get', { chat: jid, message: SERVICE_ID })).toMatchObject({
      id: SERVICE_ID,
      key: '3EB0AB',
      text: 'Ho',
      ack: 'sent',
    })
  })

  it('says so when the chat cannot be asked', async () => {
    const { run } = verbs([{ status: 200, body: sent }, { status: 403 }])
    expect((await failure(run('message.get', { chat: jid, message: SERVICE_ID }))).kind).toBe('permission')
  })
})

describe('a file of bytes', () => {
  it('goes to the file store first, and is sent by its id', async () => {
    const bodies: FetchInit['body'][] = []
    const fetch: Fetch = async (_, { body }) => {
      bodies.push(body)
      return Response.json(bodies.length === 1 ? [{ id: FILE }] : queued)
    }
    const { sparkbot } = gateway([], { fetch })
    await sparkbot.message.sendImage({ session, to, file: { ...png, filename: 'cat.png' }, caption: 'A' })
    const [form, json] = bodies
    const file = (form as FormData).get('file') as File
    expect([file.name, file.type, new Uint8Array(await file.arrayBuffer())]).toEqual(['cat.png', 'image/png', bytes])
    const media = { file: FILE, filename: 'cat.png' }
    expect(JSON.parse(json as string)).toEqual({ device, phone: to, media, message: 'A' })
  })

  it('that is there already is sent by the id that the answer names', async () => {
    const there = { status: 409, body: { status: 409, message: 'File exists', meta: { file: FILE } } }
    const { run, calls } = verbs([there, accepted])
    await run('message.sendImage', { to, file: png })
    expect(calls()).toEqual([
      { call: 'POST /files', body: 'form' },
      { call: 'POST /messages', body: { device, phone: to, media: { file: FILE } } },
    ])
  })

  it('of a status, too', async () => {
    const { run, calls } = verbs([uploaded, accepted])
    await run('status.sendImage', { file: png, caption: 'A' })
    expect(calls()[1]).toEqual({ call: 'POST /chat/DEVICE/status', body: { media: { file: FILE, message: 'A' } } })
  })

  it.each<[string, Reply, kind: string, retryable: boolean]>([
    ['a lost answer', 'lost', 'network', true],
    ['an answer cut off', 'cut', 'network', true],
    ['a 500', { status: 500, body: { message: 'no' } }, 'server', true],
    ['an empty 502', { status: 502 }, 'server', true],
    ['a 409 that names no file', { status: 409, body: { message: 'no' } }, 'conflict', false],
    ['a 413', { status: 413, body: { message: 'no' } }, 'invalid_request', false],
    ['an answer without an id', { status: 201, body: [] }, 'bad_response', false],
  ])('%s: no message is sent, and the error says so', async (_, reply, kind, retryable) => {
    const { run, requests } = verbs([reply])
    const error = await failure(run('message.sendImage', { to, file: png }))
    expect([error.kind, error.retryable, requests.length]).toEqual([kind, retryable, 1])
    if (kind === 'network' || kind === 'server') expect(`${error.message} ${error.hint}`).toMatch(/no message was sent/)
  })

  it('handed over in vain because nobody listens, is tried again', async () => {
    const { run, requests } = verbs(['refused', uploaded, accepted])
    await run('message.sendImage', { to, file: png })
    expect(requests.map(({ url }) => new URL(url).pathname)).toEqual(['/v1/files', '/v1/files', '/v1/messages'])
  })

  it('and a message that may have been sent is an unknown outcome', async () => {
    const { run, requests } = verbs([uploaded, 'lost'])
    const error = await failure(run('message.sendImage', { to, file: png }))
    expect([error.kind, requests.length]).toEqual(['unknown_outcome', 2])
  })

  it('is not handed over for a message that cannot be', async () => {
    const { run, requests } = verbs([uploaded, accepted])
    expect(GatewayError.is(await failure(run('message.sendImage', { to: 'x', file: png })))).toBe(true)
    expect(GatewayError.is(await failure(run('message.sendImage', { to, file: { data: bytes, mimetype: 'text/plain' } })))).toBe(true)
    expect(requests.length).toBe(0)
  })
})

describe('downloadMedia', () => {
  const png = new Uint8Array([0x89, 0x50])
  const picture = { status: 200, headers: { 'content-type': 'image/png' }, body: png }

  it('of a chat: the file that the message names', async () => {
    const message = { wid: '3EB0AB', media: { id: FILE, mime: 'image/png', filename: 'a.png' } }
    const { run, calls, requests } = verbs([{ status: 200, body: message }, picture])
    const found = await run('message.downloadMedia', { chat: jid, message: '3EB0AB' })
    expect(found).toEqual({ session, data: png, mimetype: 'image/png', filename: 'a.png', raw: message })
    expect(calls()).toEqual([{ call: 'GET /chat/DEVICE/messages/3EB0AB' }, { call: `GET /chat/DEVICE/files/${FILE}/download` }])
    expect(requests[1]?.headers.accept).toBe('*/*')
  })

  it('of what was handed in: out of the file store', async () => {
    const { run, calls } = verbs([{ status: 200, body: { ...queued, media: { file: { id: FILE } } } }, picture])
    expect(await run('message.downloadMedia', { chat: jid, message: SERVICE_ID })).toMatchObject({ data: png, mimetype: 'image/png' })
    expect(calls()[1]).toEqual({ call: `GET /files/${FILE}/download` })
  })

  it('gives texts as bytes, and says when there is no file', async () => {
    const text = { status: 200, headers: { 'content-type': 'text/plain' }, body: '{"a":1}' }
    const { run } = verbs([{ status: 200, body: { media: { id: FILE } } }, text])
    expect(await run('message.downloadMedia', { chat: jid, message: '3EB0' })).toMatchObject({ data: new TextEncoder().encode('{"a":1}') })
    const none = verbs([{ status: 200, body: { wid: '3EB0' } }])
    expect((await failure(none.run('message.downloadMedia', { chat: jid, message: '3EB0' }))).kind).toBe('not_found')
  })
})
