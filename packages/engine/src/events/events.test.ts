import { digestOf } from '@wamux/core/webhooks'
import { expect, it } from 'vitest'
import { engineEvents } from './events.ts'

const chat = '11111111111@c.us'
const group = '120363000000000000@g.us'
const author = '33333333333@c.us'
const tell = (word: string, payload: unknown) =>
  engineEvents({ word, session: 'main', id: 'evt', at: 5, payload }).map(({ type, data, dedupeKey }) => [type, data, dedupeKey])

const cases: readonly [string, unknown, ...(readonly [string, object, (string | undefined)?])[]][] = [
  ['session.status', { status: 'WORKING' }, ['session.status', { state: 'connected' }]],
  [
    'session.status',
    { status: 'PASSKEY_CONFIRMATION_REQUIRED', data: { code: '1234' } },
    ['session.status', { state: 'pairing', challenge: 'passkey_confirmation' }],
    ['session.challenge', { challenge: 'passkey_confirmation', value: '1234' }, 'evt:challenge'],
  ],
  ['session.status', { status: 'DANCING' }, ['session.status', { state: 'unknown' }]],
  [
    'message.ack',
    { id: `true_${chat}_A`, ack: 3 },
    ['message.ack', { message: `true_${chat}_A`, chat, ack: 'read' }, `message.ack:true_${chat}_A:read`],
  ],
  [
    'message.ack.group',
    { id: `true_${group}_A`, ack: 2, participant: author },
    ['message.ack', { message: `true_${group}_A`, chat: group, ack: 'delivered' }, `message.ack:true_${group}_A:delivered:${author}`],
  ],
  [
    'message.ack',
    { id: `true_${chat}_A`, ack: -1 },
    ['message.failed', { message: `true_${chat}_A`, chat }, `message.ack:true_${chat}_A:failed`],
  ],
  [
    'message.reaction',
    { id: `false_${chat}_R`, from: chat, fromMe: false, reaction: { text: '', messageId: `true_${chat}_A` } },
    [
      'message.reaction',
      { message: `true_${chat}_A`, chat, from: chat, emoji: '' },
      `reaction:true_${chat}_A:false_${chat}_R:${digestOf(' ')}`,
    ],
  ],
  [
    'message.edited',
    { id: `false_${group}_E_${author}`, from: group, participant: author, body: 'New', editedMessageId: 'A' },
    [
      'message.edited',
      { message: `false_${group}_A_${author}`, chat: group, text: 'New' },
      `edited:false_${group}_A_${author}:false_${group}_E_${author}:${digestOf('New')}`,
    ],
  ],
  [
    'message.revoked',
    { revokedMessageId: 'A', before: null, after: { id: `false_${chat}_X` } },
    ['message.revoked', { message: `false_${chat}_A`, chat }, `revoked:false_${chat}_A`],
  ],
  [
    'message.revoked',
    { revokedMessageId: 'A', before: { id: `true_${chat}_A` }, after: null },
    ['message.revoked', { message: `true_${chat}_A`, chat }, `revoked:true_${chat}_A`],
  ],
  // an admin takes back what somebody else wrote: whose id it has is not told
  [
    'message.revoked',
    {
      revokedMessageId: 'A',
      after: { id: `false_${group}_X_${author}` },
      _data: { message: { protocolMessage: { key: { id: 'A', participant: '44444444444@s.whatsapp.net' } } } },
    },
    ['message.revoked', { message: 'A', chat: group }, `revoked:${group}:A`],
  ],
  [
    'message.waiting',
    { id: `false_${chat}_A`, from: chat },
    ['message.undecryptable', { message: `false_${chat}_A`, chat }, `unreadable:false_${chat}_A`],
  ],
  [
    'poll.vote',
    { vote: { id: `false_${chat}_V`, from: chat, selectedOptions: ['Yes'] }, poll: { id: `true_${chat}_P` } },
    [
      'poll.vote',
      { message: `true_${chat}_P`, chat, from: chat, options: ['Yes'] },
      `vote:true_${chat}_P:false_${chat}_V:${digestOf(' Yes')}`,
    ],
  ],
  // no vote that was taken back
  [
    'poll.vote.failed',
    { vote: { id: `false_${chat}_V`, selectedOptions: [] } },
    ['message.undecryptable', { message: `false_${chat}_V`, chat }, `unreadable:false_${chat}_V`],
  ],
  [
    'event.response',
    { id: `false_${chat}_V`, from: chat, eventCreationKey: { id: `true_${chat}_P` }, eventResponse: { response: 'GOING' } },
    [
      'event.response',
      { message: `true_${chat}_P`, chat, from: chat, response: 'going' },
      `response:true_${chat}_P:false_${chat}_V:${digestOf(' going')}`,
    ],
  ],
  ['group.v2.join', { group: { id: group, subject: 'Club' } }, ['group.joined', { group, subject: 'Club' }]],
  ['group.v2.leave', { group: { id: group } }, ['group.left', { group }]],
  ['group.v2.update', { group: { id: group, subject: 'New' } }, ['group.updated', { group, subject: 'New' }]],
  [
    'group.v2.participants',
    { type: 'promote', group: { id: group }, participants: [{ id: author, role: 'admin' }, { role: 'admin' }] },
    ['group.participants', { group, change: 'promoted', participants: [author] }],
  ],
  ['group.v2.participants', { type: 'dance', group: { id: group } }, ['group.participants', { group, participants: [] }]],
  ['chat.archive', { id: chat, archived: true }, ['chat.archived', { chat, archived: true }]],
  [
    'presence.update',
    {
      id: group,
      presences: [
        { participant: chat, lastKnownPresence: 'typing' },
        { participant: author, lastKnownPresence: 'dancing' },
      ],
    },
    ['presence.updated', { chat: group, from: chat, presence: 'typing' }],
    ['presence.updated', { chat: group, from: author, presence: 'unknown' }, 'evt:1'],
  ],
  ['label.upsert', { id: 1, name: 'Lead' }, ['label.upserted', { label: '1', name: 'Lead' }]],
  ['label.chat.added', { labelId: '1', chatId: chat, label: { name: 'Lead' } }, ['label.assigned', { label: '1', name: 'Lead', chat }]],
  ['label.chat.deleted', { labelId: '1', chatId: chat, label: null }, ['label.unassigned', { label: '1', chat }]],
  ['call.received', { id: 'C', from: '11111111111@s.whatsapp.net' }, ['call.received', { call: 'C', from: chat }]],
  ['engine.event', { event: 'x', data: {} }, ['unknown', {}]],
  ['brand.new', { a: 1 }, ['unknown', {}]],
  ['toString', {}, ['unknown', {}]],
  ['message.ack', {}, ['unknown', {}]],
  ['message.ack', null, ['unknown', {}]],
]

it.each(cases)('%s %j', (word, payload, ...told) => {
  expect(tell(word, payload)).toMatchObject(told.map(([type, data, key]) => [type, data, key]))
})

it('a message under two words is one event', () => {
  const payload = { id: `false_${chat}_A`, from: chat, fromMe: false, body: 'Hi', hasMedia: false }
  const [plain, any] = [tell('message', payload), tell('message.any', payload)]
  expect(plain).toEqual(any)
  expect(plain[0]?.[2]).toBe(`message.received:false_${chat}_A`)
})

it.each([
  ['message.sent', { id: `true_${chat}_A` }],
  ['message.received', { id: `false_${group}_A_${author}` }],
  ['channel.message', { id: 'false_1@newsletter_A' }],
  ['message.sent', { id: 'true_1@newsletter_A' }],
  ['status.posted', { id: `false_status@broadcast_A_${author}` }],
  ['status.posted', { id: `true_status@broadcast_A_${author}` }],
])('is a %s: %j', (type, payload) => {
  expect(tell('message.any', payload)[0]?.[0]).toBe(type)
})
