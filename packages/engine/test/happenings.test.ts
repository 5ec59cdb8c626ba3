import type { ParsedEvent } from '@wamux/core/webhooks'
import { defineWebhooks } from '@wamux/core/webhooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EngineEvent, engineEvents } from '../src/index.ts'

// C, L and G: a person by number, the same kind by hidden id, a group
const C = '11111111111@c.us'
const L = '222000000000000@lid'
const G = '120363000000000000@g.us'
const session = 'main'
const ofC = { phone: '+11111111111', person: { id: C, phone: '+11111111111' } }
const ofL = { person: { id: L, lid: L } }

const read = (word: string, payload: unknown, id?: string): readonly ParsedEvent[] => engineEvents({ word, session, id, payload })
// what core does with a delivery, the signature left out
const parse = defineWebhooks({ gateway: 'waha', verify: () => true, read: (body) => engineEvents(body as EngineEvent) })
const keysOf = async (event: EngineEvent) =>
  (await parse({ headers: {}, body: JSON.stringify(event) }, {})).map(({ dedupeKey }) => dedupeKey)

type Case = readonly [source: string, word: string, payload: unknown, type: string, data: object]

const cases: readonly Case[] = [
  // WAHA events of 2026.9.2, by the vendor's OpenAPI and pages; engine in brackets
  [
    'edit [WEBJS]',
    'message.edited',
    { id: `true_${C}_A`, body: 'one', _data: { latestEditSenderTimestampMs: 1_800_000_000_001 } },
    'message.edited',
    { message: `true_${C}_A`, chat: C, text: 'one', key: 'A', ...ofC },
  ],
  [
    'edit [NOWEB]',
    'message.edited',
    { id: `false_${C}_E`, from: C, body: 'two', editedMessageId: 'A' },
    'message.edited',
    { message: `false_${C}_A`, chat: C, text: 'two', key: 'A', ...ofC },
  ],
  [
    'edit [GOWS], full id',
    'message.edited',
    { id: `false_${C}_E`, from: C, body: 'x', editedMessageId: `false_${C}_A` },
    'message.edited',
    { message: `false_${C}_A`, chat: C, text: 'x', key: 'A', ...ofC },
  ],
  // issue 13: the notice of a deletion is no message
  [
    'revoke, both are the notice',
    'message.revoked',
    { before: { id: `false_${C}_NOTICE` }, after: { id: `false_${C}_NOTICE` }, revokedMessageId: 'ORIG' },
    'message.revoked',
    { message: `false_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke, only before',
    'message.revoked',
    { before: { id: `false_${C}_NOTICE` }, after: null, revokedMessageId: 'ORIG' },
    'message.revoked',
    { message: `false_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke, before is the message',
    'message.revoked',
    { before: { id: `false_${C}_ORIG` }, after: { id: `false_${C}_NOTICE` }, revokedMessageId: 'ORIG' },
    'message.revoked',
    { message: `false_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke, full id',
    'message.revoked',
    { before: null, after: { id: `false_${C}_N` }, revokedMessageId: `true_${C}_ORIG` },
    'message.revoked',
    { message: `true_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke [WPP], bare key',
    'message.revoked',
    { before: null, after: { id: `false_${C}_N`, _data: { protocolMessageKey: 'ORIG' } } },
    'message.revoked',
    { message: `false_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke [WPP], key as an object',
    'message.revoked',
    {
      before: null,
      after: {
        id: `false_${C}_N`,
        _data: { protocolMessageKey: { fromMe: false, remote: C, id: 'ORIG', _serialized: `false_${C}_ORIG` } },
      },
    },
    'message.revoked',
    { message: `false_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke [WPP], key without text',
    'message.revoked',
    { after: { id: `false_${C}_N`, _data: { protocolMessageKey: { fromMe: false, remote: C, id: 'ORIG' } } } },
    'message.revoked',
    { message: `false_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke [NOWEB], key of the protocol',
    'message.revoked',
    { after: { id: `false_${C}_N`, _data: { message: { protocolMessage: { key: { id: 'ORIG' } } } } } },
    'message.revoked',
    { message: `false_${C}_ORIG`, chat: C, key: 'ORIG', ...ofC },
  ],
  [
    'revoke in a group',
    'message.revoked',
    { before: { id: `false_${G}_N_${C}` }, after: null, revokedMessageId: 'ORIG' },
    'message.revoked',
    { message: `false_${G}_ORIG_${C}`, chat: G, key: 'ORIG' },
  ],
  // knowledge of Wawp's published payloads
  [
    'Wawp: revoke',
    'message.revoked',
    { id: `false_${C}_A`, revokedBy: C },
    'message.revoked',
    { message: `false_${C}_A`, chat: C, from: C, key: 'A', ...ofC },
  ],
  [
    'Wawp: edit',
    'message.edited',
    { id: `false_${C}_A`, newBody: 'new', prevBody: 'old' },
    'message.edited',
    { message: `false_${C}_A`, chat: C, text: 'new', key: 'A', ...ofC },
  ],
  [
    'Wawp: participants by JID',
    'group.v2.participants',
    { chatId: G, action: 'add', participants: { [C]: { role: 'participant' } } },
    'group.participants',
    { group: G, change: 'added', participants: [C], persons: [ofC.person] },
  ],
  [
    'Wawp: one participant',
    'group.v2.participants',
    { chatId: G, action: 'remove', participants: { id: C } },
    'group.participants',
    { group: G, change: 'removed', participants: [C], persons: [ofC.person] },
  ],
  [
    'Wawp: a list inside',
    'group.v2.participants',
    { chatId: G, action: 'promote', participants: { ids: [C, L] } },
    'group.participants',
    { group: G, change: 'promoted', participants: [C, L], persons: [ofC.person, ofL.person] },
  ],
  [
    'Wawp: participants by number of place',
    'group.v2.participants',
    { chatId: G, action: 'demote', participants: { 0: { id: C } } },
    'group.participants',
    { group: G, change: 'demoted', participants: [C], persons: [ofC.person] },
  ],
  [
    'Wawp: participants without an envelope',
    'group.v2.participants',
    { id: 'evt_1', chatId: G, action: 'add', participants: [C] },
    'group.participants',
    { group: G, change: 'added', participants: [C], persons: [ofC.person] },
  ],
  // WAHA 2026.8.2, how-to/groups/events-group.v2.participants.join-request
  [
    'join request',
    'group.v2.participants.join-request',
    { group: { id: G }, action: 'created', requesterId: L, requesterPn: C, requestMethod: 'invite_link', timestamp: 1_788_300_000 },
    'group.join_request',
    {
      group: G,
      change: 'created',
      from: L,
      method: 'invite_link',
      phone: '+11111111111',
      person: { ...ofL.person, phone: '+11111111111' },
    },
  ],
  [
    'join request without number',
    'group.v2.participants.join-request',
    { group: { id: G }, action: 'rejected', requesterId: L, requesterPn: null, timestamp: 1 },
    'group.join_request',
    { group: G, change: 'rejected', from: L, ...ofL },
  ],
  [
    'join request that names only a number',
    'group.v2.participants.join-request',
    { group: { id: G }, action: 'created', requesterPn: C },
    'group.join_request',
    { group: G, change: 'created', ...ofC },
  ],
  [
    'join request by number',
    'group.v2.participants.join-request',
    { group: { id: G }, action: 'revoked', requesterId: C, requestMethod: null },
    'group.join_request',
    { group: G, change: 'revoked', from: C, ...ofC },
  ],
  [
    'join request, a new action',
    'group.v2.participants.join-request',
    { group: { id: G }, action: 'dance', requesterId: C },
    'group.join_request',
    { group: G, from: C, ...ofC },
  ],
  // WAHA how-to/events: calls
  [
    'call',
    'call.received',
    { id: 'K', from: C, timestamp: 1, isVideo: true, isGroup: false },
    'call.received',
    { call: 'K', from: C, video: true, groupCall: false, ...ofC },
  ],
  [
    'call of a group [NOWEB]',
    'call.received',
    { id: 'K', from: C, isGroup: true, _data: { groupJid: G } },
    'call.received',
    { call: 'K', from: C, group: G, groupCall: true, ...ofC },
  ],
  ['call accepted', 'call.accepted', { id: 'K', from: C, isVideo: false }, 'call.accepted', { call: 'K', from: C, video: false, ...ofC }],
  ['call rejected', 'call.rejected', { id: 'K', from: C }, 'call.rejected', { call: 'K', from: C, ...ofC }],
  [
    'reaction',
    'message.reaction',
    { id: `false_${C}_R`, from: C, timestamp: 5, reaction: { text: '👍', messageId: `true_${C}_A` } },
    'message.reaction',
    { message: `true_${C}_A`, chat: C, from: C, emoji: '👍', key: 'A', ...ofC },
  ],
  [
    'ack with a new word',
    'message.ack',
    { id: `true_${C}_A`, ack: 9 },
    'message.ack',
    { message: `true_${C}_A`, chat: C, ack: 'unknown', key: 'A', ...ofC },
  ],
  ['label', 'label.chat.added', { labelId: '1', chatId: C }, 'label.assigned', { label: '1', chat: C, ...ofC }],
  [
    'presence',
    'presence.update',
    { id: C, presences: [{ participant: C, lastKnownPresence: 'typing' }] },
    'presence.updated',
    { chat: C, from: C, presence: 'typing', ...ofC },
  ],
]

it.each(cases)('%s (%s)', (_source, word, payload, type, data) => {
  const told = read(word, payload, 'evt')
  expect(told.map((one) => [one.type, one.data])).toEqual([[type, data]])
})

describe('who wrote to a list of persons', () => {
  it.each([
    ['status@broadcast', true, 'status.posted'],
    ['status@broadcast', false, 'status.posted'],
    // a broadcast list is no status: issue 13
    ['1718000000@broadcast', true, 'message.sent'],
    ['1718000000@broadcast', false, 'message.received'],
  ])('%s %s is %s', (chat, fromMe, type) => {
    expect(read('message.any', { id: `${fromMe}_${chat}_A`, fromMe })[0]?.type).toBe(type)
  })
})

/** What can happen again and again to the same thing: how it is told, made of what happened. */
const happenings: Readonly<Record<string, (what: { body: string; at: number; own: string }) => readonly [string, object]>> = {
  'edit with an id of its own': ({ body, own }) => [
    'message.edited',
    { id: `false_${C}_${own}`, from: C, body, editedMessageId: 'MESSAGE' },
  ],
  'edit with a time of its own': ({ body, at }) => [
    'message.edited',
    { id: `true_${C}_A`, body, _data: { latestEditSenderTimestampMs: at } },
  ],
  reaction: ({ body, at }) => [
    'message.reaction',
    { id: `false_${C}_R`, from: C, timestamp: at, reaction: { text: body, messageId: `true_${C}_A` } },
  ],
  vote: ({ body, at }) => [
    'poll.vote',
    { vote: { id: `false_${C}_V`, from: C, timestamp: at, selectedOptions: [body] }, poll: { id: `true_${C}_P` } },
  ],
  answer: ({ body, at }) => [
    'event.response',
    { id: `false_${C}_V`, from: C, timestamp: at, eventCreationKey: { id: `true_${C}_P` }, eventResponse: { response: body } },
  ],
  ack: ({ own, at }) => ['message.ack', { id: `true_${C}_${own}`, ack: at % 12 }],
  revoke: ({ own }) => ['message.revoked', { before: null, after: { id: `false_${C}_N` }, revokedMessageId: own }],
  'join request': ({ own, at }) => [
    'group.v2.participants.join-request',
    { group: { id: G }, action: 'created', requesterId: `${own}@lid`, timestamp: at },
  ],
}

describe.each(Object.entries(happenings))('keys of a happening: %s', (_name, make) => {
  const what = fc.record({
    body: fc.string({ maxLength: 3 }),
    at: fc.integer({ min: 1, max: 40 }),
    own: fc.stringMatching(/^[0-9A-F]{1,3}$/),
  })

  it('two happenings share none, and one has the same in every delivery', async () => {
    await fc.assert(
      fc.asyncProperty(what, what, fc.string(), fc.string(), async (first, second, oneId, otherId) => {
        const [[word, payload], [, other]] = [make(first), make(second)]
        const key = await keysOf({ word, session, id: oneId, payload })
        // another envelope around the same, as two webhooks of one session get it
        expect(await keysOf({ word, session, id: otherId, payload: structuredClone(payload) })).toEqual(key)
        if (JSON.stringify(payload) !== JSON.stringify(other))
          expect(await keysOf({ word, session, id: otherId, payload: other })).not.toEqual(key)
      }),
      { numRuns: 300 },
    )
  })
})

it.each([
  'message.edited',
  'message.reaction',
  'label.upsert',
  'label.chat.added',
  'presence.update',
  'group.v2.update',
  'group.v2.participants',
])('without an id and a time of its own, the envelope tells two of %s apart, and a repeated delivery has the same key', async (word) => {
  const payload = {
    id: `true_${C}_A`,
    body: 'same',
    group: { id: G },
    presences: [{ participant: C, lastKnownPresence: 'typing' }],
    reaction: { text: '👍', messageId: `true_${C}_A` },
  }
  expect(await keysOf({ word, session, id: 'evt_1', payload })).toEqual(await keysOf({ word, session, id: 'evt_1', payload }))
  expect(await keysOf({ word, session, id: 'evt_1', payload })).not.toEqual(await keysOf({ word, session, id: 'evt_2', payload }))
  // without an envelope's id the content does
  expect(await keysOf({ word, session, payload })).not.toEqual(await keysOf({ word, session, payload: { ...payload, timestamp: 2 } }))
})
