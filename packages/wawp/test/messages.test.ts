import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { request, SESSION as session, verbs as start } from './fixtures/stubbed.ts'

const ada = '12025550143@c.us'
const group = '120363000000000001@g.us'
const message = `true_${ada}_AB`

type Case = readonly [VerbId, input: object, asked: object, answer: unknown, result: object]
const done = { done: true }
const ok = { success: true }
const timestamp = 1_795_222_381
const wire = { id: message, timestamp, from: ada, to: ada, fromMe: true, body: 'Hi', hasMedia: false, ack: 2 }
const read = { session, id: message, chat: ada, fromMe: true, type: 'text', text: 'Hi', at: timestamp * 1000, ack: 'delivered' }

const messages: readonly Case[] = [
  [
    'message.react',
    { chat: ada, message, emoji: '👍' },
    request('PUT /v2/send/reaction', { body: { chatId: ada, messageId: message, reaction: '👍' } }),
    ok,
    done,
  ],
  [
    'message.react',
    { chat: ada, message, emoji: '' },
    request('PUT /v2/send/reaction', { body: { chatId: ada, messageId: message, reaction: '' } }),
    ok,
    done,
  ],
  [
    'message.edit',
    { chat: ada, message, text: 'Ho' },
    request('PUT /v2/messages/edit', { body: { chatId: ada, messageId: message, text: 'Ho' } }),
    ok,
    done,
  ],
  [
    'message.revoke',
    { chat: ada, message },
    request('DELETE /v2/messages/delete', { query: { chatId: ada, messageId: message } }),
    ok,
    done,
  ],
  [
    'message.pin',
    { chat: ada, message },
    request('POST /v2/messages/pin', { body: { chatId: ada, messageId: message, duration: 604_800 } }),
    ok,
    done,
  ],
  [
    'message.pin',
    { chat: ada, message, durationMs: 86_400_000 },
    request('POST /v2/messages/pin', { body: { chatId: ada, messageId: message, duration: 86_400 } }),
    ok,
    done,
  ],
  [
    'message.pin',
    { chat: ada, message, pinned: false },
    request('POST /v2/messages/unpin', { body: { chatId: ada, messageId: message } }),
    ok,
    done,
  ],
  ['message.markSeen', { chat: ada }, request('POST /v2/send/seen', { body: { chatId: ada } }), { ids: [] }, done],
  [
    'message.markSeen',
    { chat: ada, messages: ['m1'] },
    request('POST /v2/send/seen', { body: { chatId: ada, messageIds: ['m1'] } }),
    { ids: ['m1'] },
    done,
  ],
  [
    'message.get',
    { chat: '+12025550143', message },
    request('POST /v2/messages/get', { body: { chatId: ada, messageId: message } }),
    wire,
    read,
  ],
  [
    'message.list',
    { chat: ada, limit: 1, cursor: '3' },
    request('GET /v2/chats/messages', { query: { chatId: ada, limit: '1', offset: '3', downloadMedia: 'false' } }),
    [wire],
    { items: [{ ...read, raw: wire }], next: '4' },
  ],
]

const newest = { sortBy: 'conversationTimestamp', sortOrder: 'DESC', limit: '100', offset: '0' }
const summary = { id: ada, name: 'Ada', picture: null, lastMessage: wire }
const chats: readonly Case[] = [
  [
    'chat.list',
    {},
    request('POST /v2/chats', { query: newest }),
    [{ id: { _serialized: group }, name: 'Club', unreadCount: 2, archived: false, timestamp }, { name: 'nobody' }],
    {
      items: [
        expect.objectContaining({ session, id: group, kind: 'group', name: 'Club', unread: 2, archived: false, at: timestamp * 1000 }),
      ],
    },
  ],
  [
    'chat.get',
    { chat: ada },
    request('GET /v2/chats/overview', { query: { ids: ada } }),
    [summary],
    { session, id: ada, kind: 'person', name: 'Ada', at: timestamp * 1000, raw: summary },
  ],
  ['chat.archive', { chat: ada }, request('POST /v2/chats/archive', { body: { chatId: ada } }), ok, done],
  ['chat.unarchive', { chat: ada }, request('POST /v2/chats/unarchive', { body: { chatId: ada } }), ok, done],
  ['chat.clear', { chat: ada }, request('POST /v2/chats/clear', { body: { chatId: ada } }), ok, done],
  ['chat.delete', { chat: ada }, request('DELETE /v2/chats/delete', { body: { chatId: ada } }), ok, done],
  ['chat.markUnread', { chat: ada }, request('POST /v2/chats/unread', { body: { chatId: ada } }), ok, done],
  ['chat.setTyping', { chat: ada }, request('POST /v2/send/start-typing', { body: { chatId: ada } }), { result: true }, done],
  [
    'chat.setTyping',
    { chat: ada, state: 'paused' },
    request('POST /v2/send/stop-typing', { body: { chatId: ada } }),
    { result: true },
    done,
  ],
  [
    'chat.setTyping',
    { chat: ada, state: 'recording' },
    request('POST /v2/presence', { body: { presence: 'recording', chatId: ada } }),
    ok,
    done,
  ],
]

describe.each([
  ['messages', messages],
  ['chats', chats],
])('%s', (_, cases) => {
  it.each(cases)('%s %j', async (id, input, asked, answer, result) => {
    const text = typeof answer === 'string' ? JSON.stringify(answer) : answer
    const { run, calls } = start([{ status: 200, headers: { 'content-type': 'application/json' }, body: text }])
    const given = await run(id, input)
    expect(calls()).toEqual([asked])
    const common = 'done' in result ? { session } : {}
    expect(given).toMatchObject({ ...common, ...result, raw: 'raw' in result ? result.raw : answer })
  })
})

it('asks what follows behind a short page, as engines count more than they show', async () => {
  const pages: Record<string, unknown> = { 0: [wire], 100: [], 200: [] }
  const { wawp, run, calls } = start(({ url }) => ({ status: 200, body: pages[new URL(url).searchParams.get('offset') ?? ''] }))
  const asked = (offset: number) =>
    request('GET /v2/chats/messages', { query: { chatId: ada, limit: '100', offset: `${offset}`, downloadMedia: 'false' } })
  expect(await run('message.list', { chat: ada })).toMatchObject({ items: [{ ...read, raw: wire }], raw: [wire] })
  expect(calls()).toEqual([asked(0), asked(100)])
  pages[100] = [{ ...wire, id: `${message}2` }]
  const ids: string[] = []
  for await (const { id } of wawp.message.list({ session, chat: ada })) ids.push(id)
  expect(ids).toEqual([message, `${message}2`])
})

it('iterates over a long list page by page', async () => {
  const all = Array.from({ length: 5 }, (_, index) => ({ ...wire, id: `${message}${index}` }))
  const { wawp, requests } = start(({ url }) => {
    const offset = Number(new URL(url).searchParams.get('offset'))
    return { status: 200, body: all.slice(offset, offset + 2) }
  })
  const ids: string[] = []
  for await (const { id } of wawp.message.list({ session, chat: ada, limit: 2 })) ids.push(id)
  // three pages, and a look behind the short one
  expect([ids, requests.length]).toEqual([all.map(({ id }) => id), 4])
})

it('waits for the ticks of a message', async () => {
  const { wawp, requests } = start([
    { status: 200, body: { ...wire, ack: 1 } },
    { status: 200, body: { ...wire, ack: 3 } },
  ])
  expect(await wawp.message.waitFor({ session, chat: ada, message, intervalMs: 1 })).toMatchObject({ id: message, ack: 'read' })
  expect(requests.length).toBe(2)
})
