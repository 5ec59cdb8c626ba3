import { readFileSync } from 'node:fs'
import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { failure, verbs } from './fixtures/scripted.ts'

interface Recorded {
  readonly id: string
  readonly request: { readonly method: string; readonly path: string; readonly body?: unknown }
  readonly response: { readonly status: number; readonly contentType: string; readonly body: unknown }
}

const recordings = readFileSync(new URL('fixtures/chats.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

const session = 'default'
const to = '11111111111@c.us'
const message = `true_${to}_3EB09D947BEB1677A90154`
const one = { chat: to, message }
const file = { base64: 'aGk=', mimetype: 'image/png' }
const unsupported = { kind: 'unsupported' }

/** What each answer of a real server has to become. */
const expectations: Readonly<Record<string, readonly [VerbId, object, object]>> = {
  'sendImage-core': ['message.sendImage', { to, file }, unsupported],
  'sendFile-core': ['message.sendDocument', { to, file }, unsupported],
  'sendVoice-core': ['message.sendVoice', { to, file }, unsupported],
  'status-image-core': ['status.sendImage', { file }, unsupported],
  sendLocation: [
    'message.sendLocation',
    { to, latitude: 38.8937255, longitude: -77.0969763, name: 'Our office' },
    { id: `true_${to}_3EB08321A3F8E592661E87`, to, status: 'queued' },
  ],
  sendContactVcard: [
    'message.sendContact',
    { to, contacts: [{ name: 'John Doe', phone: '+911111111111' }] },
    { id: `true_${to}_3EB0B68382E91267C500E4`, to, status: 'queued' },
  ],
  sendSeen: ['message.markSeen', { chat: to }, { done: true, raw: { ids: [] } }],
  startTyping: ['chat.setTyping', { chat: to }, { done: true, raw: { result: true } }],
  reaction: ['message.react', { ...one, emoji: '👍' }, { done: true }],
  'chat-message-edit': ['message.edit', { ...one, text: 'edited' }, { done: true }],
  'chat-message-delete': ['message.revoke', one, { done: true }],
  // what the stand-in for WhatsApp could not do
  star: ['message.star', one, { kind: 'server', status: 500 }],
  'chat-archive': ['chat.archive', { chat: to }, { kind: 'server', status: 500 }],
  'check-exists-no': ['contact.check', { phone: '+11111111000' }, { exists: false }],
  'contacts-all': ['contact.list', {}, { items: [] }],
  'contact-about': ['contact.about', { contact: to }, unsupported],
  'contact-block': ['contact.block', { contact: to }, unsupported],
  chats: [
    'chat.list',
    { limit: 10 },
    {
      items: [
        { id: '22222222222@c.us', kind: 'person', at: 1_795_223_578_000 },
        { id: '911111111111@lid', kind: 'person', at: 1_795_223_577_000 },
        { id: to, kind: 'person', at: 1_795_223_577_000 },
      ],
    },
  ],
  'chats-overview': ['chat.get', { chat: '22222222222@c.us' }, { id: '22222222222@c.us', kind: 'person', at: 1_795_223_578_000 }],
  'chat-message': [
    'message.get',
    one,
    { id: message, chat: to, fromMe: true, type: 'text', text: 'hello', at: 1_795_223_577_000, ack: 'read' },
  ],
  'chat-message-404': ['message.get', { chat: to, message: `true_${to}_NOPE` }, { kind: 'not_found', status: 404 }],
  'group-404': ['group.get', { group: '120363000000000000@g.us' }, { kind: 'not_found', status: 500 }],
}

describe('a recorded answer', () => {
  it('of each kind is looked at', () => {
    expect(recordings.map(({ id }) => id).sort()).toEqual(Object.keys(expectations).sort())
  })

  it.each(recordings)('$id', async ({ id, request, response }) => {
    const [verb, input, expected] = expectations[id] ?? ['message.get', {}, {}]
    const headers = { 'content-type': response.contentType }
    const { run, requests } = verbs([{ status: response.status, headers, body: response.body }])
    const ending = 'kind' in expected && !('id' in expected) ? failure(run(verb, { session, ...input })) : run(verb, { session, ...input })
    expect(await ending).toMatchObject(expected)
    // the server was asked where the verb asks
    const path = (address: string) => decodeURIComponent(new URL(address, 'http://waha.test').pathname)
    expect(requests[0]?.method).toBe(request.method)
    expect(path(requests[0]?.url ?? '')).toBe(path(request.path))
  })
})
