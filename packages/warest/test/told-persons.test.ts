import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseWebhook } from '../src/index.ts'

// C, L and G: a person by number, the same person by hidden id, a group; keys and calls are Baileys 7's
const S = '4915112345678@s.whatsapp.net'
const C = '4915112345678@c.us'
const L = '222000000000000@lid'
const G = '120363000000000000@g.us'
const phone = '+4915112345678'
const both = { phone, person: { id: L, phone, lid: L } }
const NOW = 1_795_222_309_507

async function told(event: string, data: object) {
  const body = JSON.stringify({ event, data: { ...data, id: 'main' }, ts: NOW, session: { id: 'main', username: 'ann' } })
  const signature = createHmac('sha256', 'topsecret-of-oursann').update(body).digest('hex')
  const headers = { 'x-warest-signature': `HMAC-SHA256=${signature}` }
  const clock = { now: () => NOW, setTimeout: () => () => {} }
  const events = await parseWebhook({ headers, body }, { secrets: ['topsecret-of-ours'], clock: clock as never })
  return events.map(({ type, data }) => ({ type, ...data }))
}

describe('the number that stands anywhere in the delivery', () => {
  const inGroup = { remoteJid: G, participant: L, participantAlt: S, fromMe: false, id: 'M' }
  const direct = { remoteJid: L, remoteJidAlt: S, fromMe: false, id: 'M' }
  const reaction = { key: { remoteJid: G, id: 'M' }, text: '👍' }
  it.each<[name: string, event: string, data: object, told: object]>([
    ['edit in a group', 'message_edited', { key: inGroup, editedMessage: { conversation: 'New' } }, { from: L, text: 'New', ...both }],
    ['deletions in a list', 'message_revoked', { key: { keys: [direct] } }, { chat: L, message: 'M', ...both }],
    ['call', 'call', { calls: [{ id: 'K', from: L, callerPn: S, status: 'offer' }] }, { type: 'call.received', from: L, ...both }],
    ['call, by its chat', 'call', { calls: [{ id: 'K', from: L, chatId: S, status: 'timeout' }] }, { type: 'call.missed', ...both }],
    ['reaction', 'message_reaction', { key: { ...inGroup, id: 'R' }, reaction, sender: {} }, { from: L, ...both }],
    [
      'reaction by LID, the sender by number',
      'message_reaction',
      { key: { remoteJid: G, participant: L, id: 'R' }, reaction, sender: { authorJid: S } },
      { from: C, phone, person: { id: C, phone, lid: L } },
    ],
    [
      'persons as JSON texts',
      'group_participants',
      { groupId: G, action: 'add', participants: [JSON.stringify({ id: L, phoneNumber: S, admin: null }), '{not JSON'] },
      { change: 'added', participants: [L], persons: [both.person] },
    ],
  ])('%s', async (_, event, data, expected) => {
    expect(await told(event, data)).toEqual([expect.objectContaining(expected)])
  })

  it('message in a group, whose author the server names by number', async () => {
    const key = { remoteJid: G, participant: L, id: 'M', fromMe: false }
    const [event] = await told('message_received', {
      message: { key, message: { conversation: 'Hi' } },
      text: 'Hi',
      sender: { authorJid: S },
    })
    expect(event).toMatchObject({ type: 'message.received', message: { chat: G, from: L, ...both } })
  })

  it('but not of a message in a group that somebody deleted: its key names the author', async () => {
    const [event] = await told('message_revoked', { key: inGroup })
    expect(event).toEqual({ type: 'message.revoked', message: 'M', key: 'M', chat: G })
  })
})

it.each([
  ['as content', { editedMessage: { extendedTextMessage: { text: 'New' } } }],
  ['in a message', { editedMessage: { message: { conversation: 'New' } } }],
  ['in a wrapper', { editedMessage: { editedMessage: { message: { conversation: 'New' } } } }],
  ['in the notice', { editedMessage: { protocolMessage: { type: 14, editedMessage: { conversation: 'New' } } } }],
  ['in the notice, wrapped', { editedMessage: { message: { protocolMessage: { editedMessage: { conversation: 'New' } } } } }],
  ['a caption', { editedMessage: { imageMessage: { caption: 'New' } } }],
  ['in the update only', { editedMessage: null, update: { update: { message: { editedMessage: { message: { conversation: 'New' } } } } } }],
])('the new text of an edit: %s', async (_, data) => {
  expect(await told('message_edited', { key: { remoteJid: S, fromMe: false, id: 'M' }, ...data })).toEqual([
    expect.objectContaining({ type: 'message.edited', message: 'M', chat: C, text: 'New' }),
  ])
})
