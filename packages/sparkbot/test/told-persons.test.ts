import { describe, expect, it } from 'vitest'
import { parseWebhook } from '../src/index.ts'

// C, L and G: a person by number, the same person by hidden id, a group; field names are those of the vendor's models
// (ioMessage, ioChat, ioContact, groupParticipant in the part of Wassenger's document that was read)
const C = '4915112345678@c.us'
const L = '222000000000000@lid'
const G = '120363000000000000@g.us'
const phone = '+4915112345678'
const both = { phone, person: { id: L, phone, lid: L } }
const own = { id: 'd'.repeat(24), phone: '+4915199999999' }

async function told(event: string, data: object, more: object = {}) {
  const body = JSON.stringify({ id: 'M', object: 'message', event, created: 1_795_222_309, device: own, ...more, data })
  const [first] = await parseWebhook({ headers: {}, body }, { verify: 'none' })
  return { type: first?.type, ...first?.data } as Record<string, unknown>
}

describe('own messages to a group name who wrote them: this account', () => {
  it.each([
    ['by JID', { from: '4915199999999@c.us' }],
    ['by number, beside the group', { from: G, fromNumber: '+4915199999999' }],
    ['by author', { from: G, author: '4915199999999@c.us' }],
    ['by a card', { from: G, author: { wid: '4915199999999@c.us' } }],
    ['by the number of a card', { author: { id: '5f71e36254800f533ab79148', phone: '+4915199999999' } }],
    ['by an id of the service, which is no person', { author: '5f71e36254800f533ab79148' }],
    ['by the delivery only', {}],
    ['without saying that it went out', { flow: undefined }],
  ])('%s', async (_, fields) => {
    const { type, message } = await told('message:out:new', {
      id: 'M',
      flow: 'outbound',
      type: 'text',
      body: 'Hi',
      chat: { id: G },
      ...fields,
    })
    expect({ type, message }).toMatchObject({ type: 'message.sent', message: { chat: G, from: '4915199999999@c.us', fromMe: true } })
    // the account itself is not the other person
    expect(message).not.toHaveProperty('person')
  })
})

describe('the number that stands anywhere in the delivery', () => {
  const inGroup = { id: 'M', flow: 'inbound', type: 'text', body: 'Hi', chat: { id: G }, from: G }
  it.each([
    ['author and number', { author: L, fromNumber: phone }],
    ['a card as author', { author: { wid: L, phone } }],
    ['a card beside', { author: L, fromContact: { phone } }],
  ])('message in a group: %s', async (_, fields) => {
    expect(await told('message:in:new', { ...inGroup, ...fields })).toMatchObject({ message: { chat: G, from: L, ...both } })
  })
  it.each([
    ['number of the sender', { fromNumber: phone }],
    ['card of the chat', { chat: { id: L, contact: { phone } } }],
    ['the chat itself', { chat: { wid: C, lid: L } }],
  ])('message by LID: %s', async (_, fields) => {
    const { message } = await told('message:in:new', { id: 'M', flow: 'in', type: 'text', body: 'Hi', chat: L, from: L, ...fields })
    expect(message).toMatchObject({ phone, person: { phone, lid: L } })
  })

  const chat = { id: L, contact: { phone } }
  it.each<[name: string, event: string, data: object, expected: object]>([
    ['receipt', 'message:out:ack', { chat, ack: 'read' }, { type: 'message.ack', ack: 'read', chat: L }],
    ['failure', 'message:out:failed', { chat }, { type: 'message.failed', chat: L }],
    [
      'reaction',
      'message:reaction',
      { chat, from: L, reaction: '👍', messageId: 'A' },
      { type: 'message.reaction', message: 'A', from: L },
    ],
    [
      'reaction in a group',
      'message:reaction',
      { chat: { id: G }, from: G, author: { wid: L, phone }, reaction: '👍' },
      { chat: G, from: L },
    ],
    ['edit', 'message:update', { chat, body: 'New', editedAt: '2026-01-01T00:00:00Z' }, { type: 'message.edited', text: 'New' }],
    [
      'edit in a group',
      'message:update',
      { chat: { id: G }, author: L, fromNumber: phone, body: 'New', meta: { isEdited: true } },
      { type: 'message.edited', chat: G, from: L },
    ],
    ['deletion', 'message:update', { chat, meta: { isRevoked: true } }, { type: 'message.revoked', chat: L }],
    ['contact', 'contact:update', { wid: L, phone, name: 'Ann' }, { type: 'contact.updated', contact: L, name: 'Ann' }],
    ['chat', 'chat:update', { id: L, phone }, { type: 'chat.updated', chat: L }],
    ['archived chat', 'chat:update', { ...chat, waStatus: 'archived' }, { type: 'chat.archived', chat: L, archived: true }],
  ])('%s', async (_, event, data, expected) => {
    expect(await told(event, data)).toMatchObject({ ...expected, ...both })
  })

  it('persons of a group', async () => {
    const participants = [{ wid: C, lid: L, isAdmin: false }, L, { name: 'Nobody' }]
    expect(await told('group:update', { wid: G, action: 'leave', participants })).toEqual({
      type: 'group.participants',
      group: G,
      change: 'removed',
      participants: [C, L],
      persons: [
        { id: C, phone, lid: L },
        { id: L, lid: L },
      ],
    })
  })

  it('but not who deleted a message of a group, which is not told', async () => {
    expect(await told('message:update', { chat: { id: G }, author: L, meta: { isRevoked: true } })).not.toHaveProperty('from')
  })
})

it.each([
  ['failed', 'message.failed', undefined],
  ['error', 'message.failed', undefined],
  ['READ', 'message.ack', 'read'],
  ['Delivered', 'message.ack', 'delivered'],
  [3, 'message.ack', 'read'],
  [-1, 'message.failed', undefined],
  ['melted', 'message.ack', 'unknown'],
])('the receipt %j', async (ack, type, expected) => {
  const event = await told('message:out:ack', { chat: C, ack })
  expect([event.type, event.ack]).toEqual([type, expected])
})

it.each<[name: string, fields: object, message: object]>([
  [
    'location',
    { type: 'location', location: { lat: 1.5, lon: 2, name: 'Office' } },
    { location: { latitude: 1.5, longitude: 2, name: 'Office' } },
  ],
  [
    'contact cards',
    { type: 'vcard', vcards: ['BEGIN:VCARD\nFN:Ann\nTEL;waid=4915112345678:+49 151\nEND:VCARD'] },
    { type: 'contact', contacts: [{ name: 'Ann', phones: [phone] }] },
  ],
  [
    'chosen button',
    { type: 'buttons_response', body: 'Yes', meta: { selectedButtonId: 'b1' } },
    { type: 'text', choice: { id: 'b1', text: 'Yes' } },
  ],
  [
    'chosen row',
    { type: 'list_response', body: 'Pizza', quoted: { selectedId: 'r7' } },
    { type: 'text', choice: { id: 'r7', text: 'Pizza' } },
  ],
  ['product', { type: 'product', product: { name: 'Shoe' } }, { type: 'text', text: 'Shoe' }],
  ['calendar event', { type: 'event', event: { name: 'Party' } }, { type: 'text', text: 'Party' }],
  ['payment', { type: 'payment', payment: { note: 'Thanks' } }, { type: 'text', text: 'Thanks' }],
  ['list', { type: 'list', list: { description: 'Choose', title: 'Menu' } }, { type: 'text', text: 'Choose' }],
  ['call', { type: 'call_log' }, { type: 'system' }],
])('content: %s', async (_, fields, message) => {
  expect(await told('message:in:new', { id: 'M', flow: 'inbound', chat: C, from: C, ...fields })).toMatchObject({ message })
})
