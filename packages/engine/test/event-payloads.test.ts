import { describe, expect, it } from 'vitest'
import { engineEvents } from '../src/index.ts'
import { C, G, L, me, N, phone, S } from './payloads.ts'

const both = { phone, person: { id: L, phone, lid: L } }
const ofC = { phone, person: { id: C, phone } }
const ofL = { person: { id: L, lid: L } }

type Row = readonly [source: string, word: string, payload: unknown, ...told: (readonly [type: string, data: object])[]]

const named = (rows: readonly Row[]) => rows.map((row) => [row[0], row] as const)
const check = ([, word, payload, ...told]: Row) =>
  expect(engineEvents({ word, session: 'main', id: 'evt', me, payload }).map(({ type, data }) => [type, data])).toEqual(told)

describe('acks', () => {
  const rows: readonly Row[] = [
    // WAHA, OpenAPI schema WAMessageAckBody
    [
      'read, by number',
      'message.ack',
      { id: `true_${C}_M`, from: C, to: me.id, fromMe: true, ack: 3, ackName: 'READ' },
      ['message.ack', { message: `true_${C}_M`, chat: C, ack: 'read', key: 'M', ...ofC }],
    ],
    [
      'played, by LID with the number beside',
      'message.ack',
      { id: `true_${L}_M`, from: L, fromMe: true, ack: 4, _data: { key: { remoteJid: L, remoteJidAlt: S, fromMe: true } } },
      ['message.ack', { message: `true_${L}_M`, chat: L, ack: 'played', key: 'M', ...both }],
    ],
    [
      'by name only',
      'message.ack',
      { id: `true_${C}_M`, ack: null, ackName: 'DEVICE' },
      ['message.ack', { message: `true_${C}_M`, chat: C, ack: 'delivered', key: 'M', ...ofC }],
    ],
    [
      'one of a group',
      'message.ack.group',
      { id: `true_${G}_M_${me.id}`, from: G, fromMe: true, participant: '222000000000000:4@lid', ack: 3 },
      ['message.ack', { message: `true_${G}_M_${me.id}`, chat: G, from: L, ack: 'read', key: 'M', ...ofL }],
    ],
    [
      'of a status',
      'message.ack',
      { id: `true_status@broadcast_M_${me.id}`, fromMe: true, participant: C, ack: 3 },
      ['message.ack', { message: `true_status@broadcast_M_${me.id}`, chat: 'status@broadcast', from: C, ack: 'read', key: 'M', ...ofC }],
    ],
    [
      'of a channel',
      'message.ack',
      { id: `true_${N}_M`, fromMe: true, ack: 1 },
      ['message.ack', { message: `true_${N}_M`, chat: N, ack: 'sent', key: 'M' }],
    ],
    [
      'failed',
      'message.ack',
      { id: `true_${C}_M`, fromMe: true, ack: -1, ackName: 'ERROR' },
      ['message.failed', { message: `true_${C}_M`, chat: C, key: 'M', ...ofC }],
    ],
    [
      'a device in the id',
      'message.ack',
      { id: 'true_4915112345678:7@s.whatsapp.net_M', fromMe: true, ack: 2 },
      ['message.ack', { message: 'true_4915112345678:7@s.whatsapp.net_M', chat: C, ack: 'delivered', key: 'M', ...ofC }],
    ],
  ]
  it.each(named(rows))('%s', (_, row) => check(row))
})

describe('reactions, votes and answers', () => {
  const rows: readonly Row[] = [
    [
      'taken back',
      'message.reaction',
      { id: `false_${C}_R`, from: C, fromMe: false, reaction: { text: '', messageId: `true_${C}_M` } },
      ['message.reaction', { message: `true_${C}_M`, chat: C, from: C, emoji: '', key: 'M', ...ofC }],
    ],
    [
      'in a group by LID',
      'message.reaction',
      {
        id: `false_${G}_R_${L}`,
        from: G,
        fromMe: false,
        participant: L,
        reaction: { text: '👍', messageId: `false_${G}_M_${C}` },
        _data: { key: { participant: L, participantAlt: S } },
      },
      ['message.reaction', { message: `false_${G}_M_${C}`, chat: G, from: L, emoji: '👍', key: 'M', ...both }],
    ],
    [
      'own in a group, not marked',
      'message.reaction',
      {
        id: `false_${G}_R_${me.lid}`,
        from: G,
        fromMe: false,
        participant: me.lid,
        reaction: { text: '👍', messageId: `false_${G}_M_${C}` },
      },
      ['message.reaction', { message: `false_${G}_M_${C}`, chat: G, from: me.lid, emoji: '👍', key: 'M' }],
    ],
    [
      'null in place of an emoji',
      'message.reaction',
      { id: `false_${C}_R`, from: C, reaction: { text: null, messageId: `true_${C}_M` } },
      ['message.reaction', { message: `true_${C}_M`, chat: C, from: C, emoji: '', key: 'M', ...ofC }],
    ],
    ['to a message that is not named', 'message.reaction', { id: `false_${C}_R`, from: C, reaction: { text: '👍' } }, ['unknown', {}]],
    [
      'vote',
      'poll.vote',
      {
        vote: { id: `false_${C}_V`, from: C, fromMe: false, to: me.id, selectedOptions: ['Yes', 'No'], timestamp: 5 },
        poll: { id: `true_${C}_P`, fromMe: true },
      },
      ['poll.vote', { message: `true_${C}_P`, chat: C, from: C, options: ['Yes', 'No'], key: 'P', ...ofC }],
    ],
    [
      'vote taken back',
      'poll.vote',
      { vote: { id: `false_${C}_V`, from: C, selectedOptions: [] }, poll: { id: `true_${C}_P` } },
      ['poll.vote', { message: `true_${C}_P`, chat: C, from: C, options: [], key: 'P', ...ofC }],
    ],
    [
      'vote in a group by LID',
      'poll.vote',
      {
        vote: { id: `false_${G}_V_${L}`, from: G, participant: L, fromMe: false, selectedOptions: ['Yes'] },
        poll: { id: `true_${G}_P_${me.lid}` },
        _data: { key: { participant: L, participantAlt: S } },
      },
      ['poll.vote', { message: `true_${G}_P_${me.lid}`, chat: G, from: L, options: ['Yes'], key: 'P', ...both }],
    ],
    [
      'vote that could not be read',
      'poll.vote.failed',
      { vote: { id: `false_${C}_V`, from: C, selectedOptions: [] }, poll: { id: `true_${C}_P` } },
      ['message.undecryptable', { message: `false_${C}_V`, chat: C, key: 'V', ...ofC }],
    ],
    [
      'answer to an event',
      'event.response',
      {
        id: `false_${C}_V`,
        from: C,
        fromMe: false,
        eventCreationKey: { id: `true_${C}_P`, fromMe: true },
        eventResponse: { response: 'MAYBE', timestampMs: 5 },
      },
      ['event.response', { message: `true_${C}_P`, chat: C, from: C, response: 'maybe', key: 'P', ...ofC }],
    ],
  ]
  it.each(named(rows))('%s', (_, row) => check(row))
})

describe('edits and deletions', () => {
  const protocol = (key: object) => ({ message: { protocolMessage: { type: 'REVOKE', key } } })
  const rows: readonly Row[] = [
    [
      'edit of a caption [WEBJS]',
      'message.edited',
      { id: `false_${C}_M`, from: C, fromMe: false, body: 'New', hasMedia: true, _data: { type: 'image', caption: 'New' } },
      ['message.edited', { message: `false_${C}_M`, chat: C, text: 'New', key: 'M', ...ofC }],
    ],
    [
      'edit by LID [GOWS]',
      'message.edited',
      {
        id: `false_${L}_E`,
        from: L,
        fromMe: false,
        body: 'New',
        editedMessageId: 'M',
        _data: { Info: { Chat: L, Sender: L, SenderAlt: S } },
      },
      ['message.edited', { message: `false_${L}_M`, chat: L, text: 'New', key: 'M', ...both }],
    ],
    [
      'edit in a channel',
      'message.edited',
      { id: `false_${N}_M`, from: N, body: 'New' },
      ['message.edited', { message: `false_${N}_M`, chat: N, text: 'New', key: 'M' }],
    ],
    [
      'own edit',
      'message.edited',
      { id: `true_${C}_E`, from: me.id, to: C, fromMe: true, body: 'New', editedMessageId: 'M' },
      ['message.edited', { message: `true_${C}_M`, chat: C, text: 'New', key: 'M', ...ofC }],
    ],
    [
      'deleted by LID [NOWEB]',
      'message.revoked',
      { before: null, after: { id: `false_${L}_N`, from: L, _data: protocol({ remoteJid: L, fromMe: false, id: 'M' }) } },
      ['message.revoked', { message: `false_${L}_M`, chat: L, key: 'M', ...ofL }],
    ],
    [
      'deleted [GOWS]',
      'message.revoked',
      {
        after: {
          id: `false_${C}_N`,
          _data: { Info: { Chat: S }, Message: { protocolMessage: { type: 0, key: { remoteJID: S, fromMe: false, ID: 'M' } } } },
        },
      },
      ['message.revoked', { message: `false_${C}_M`, chat: C, key: 'M', ...ofC }],
    ],
    [
      'status deleted',
      'message.revoked',
      { before: { id: `false_status@broadcast_M_${C}` }, after: null, revokedMessageId: 'M' },
      ['message.revoked', { message: `false_status@broadcast_M_${C}`, chat: 'status@broadcast', key: 'M' }],
    ],
    ['nothing named', 'message.revoked', { before: null, after: null }, ['unknown', {}]],
  ]
  it.each(named(rows))('%s', (_, row) => check(row))
})

describe('groups', () => {
  const rows: readonly Row[] = [
    // WAHA how-to/events, group.v2.*: participants as `{ id, pn?, role }`
    [
      'joined by LID',
      'group.v2.participants',
      { type: 'join', timestamp: 5, group: { id: G }, participants: [{ id: L, pn: S, role: 'participant' }] },
      ['group.participants', { group: G, change: 'added', participants: [L], persons: [both.person] }],
    ],
    [
      'left',
      'group.v2.participants',
      { type: 'leave', group: { id: G }, participants: [{ id: L, role: 'left' }] },
      ['group.participants', { group: G, change: 'removed', participants: [L], persons: [ofL.person] }],
    ],
    [
      'promoted',
      'group.v2.participants',
      { type: 'promote', group: { id: G }, participants: [{ id: C, role: 'admin' }] },
      ['group.participants', { group: G, change: 'promoted', participants: [C], persons: [ofC.person] }],
    ],
    [
      'demoted, a device',
      'group.v2.participants',
      { type: 'demote', group: { id: G }, participants: ['4915112345678:7@s.whatsapp.net'] },
      ['group.participants', { group: G, change: 'demoted', participants: [C], persons: [ofC.person] }],
    ],
    [
      'this account was added',
      'group.v2.join',
      { timestamp: 5, group: { id: G, subject: 'Club', participants: [{ id: me.lid, role: 'admin' }] }, _data: {} },
      ['group.joined', { group: G, subject: 'Club' }],
    ],
    ['this account was removed', 'group.v2.leave', { timestamp: 5, group: { id: G }, _data: {} }, ['group.left', { group: G }]],
    ['subject', 'group.v2.update', { group: { id: G, subject: 'New' } }, ['group.updated', { group: G, subject: 'New' }]],
    [
      'group as an object [WEBJS]',
      'group.v2.update',
      { group: { id: { server: 'g.us', user: '120363000000000000', _serialized: G }, description: 'x' } },
      ['group.updated', { group: G }],
    ],
    ['no group', 'group.v2.participants', { type: 'join' }, ['group.participants', { change: 'added', participants: [], persons: [] }]],
  ]
  it.each(named(rows))('%s', (_, row) => check(row))
})

describe('calls, labels, presence, archive and states', () => {
  const rows: readonly Row[] = [
    [
      'a call by LID [NOWEB]',
      'call.received',
      { id: 'K', from: L, timestamp: 5, isVideo: false, isGroup: false, _data: { callerPn: S } },
      ['call.received', { call: 'K', from: L, video: false, groupCall: false, ...both }],
    ],
    [
      'a call by a device',
      'call.received',
      { id: 'K', from: '4915112345678:7@s.whatsapp.net', isVideo: true, isGroup: false },
      ['call.received', { call: 'K', from: C, video: true, groupCall: false, ...ofC }],
    ],
    [
      'a call [GOWS]',
      'call.received',
      {
        id: 'K',
        from: L,
        isVideo: false,
        isGroup: false,
        _data: { From: L, CallCreator: '222000000000000:1@lid', CallCreatorAlt: S, CallID: 'K' },
      },
      ['call.received', { call: 'K', from: L, video: false, groupCall: false, ...both }],
    ],
    [
      'a call [WEBJS]',
      'call.received',
      { id: 'K', from: C, isVideo: null, isGroup: null, _data: { peerJid: C, isVideo: true, isGroup: false } },
      ['call.received', { call: 'K', from: C, video: true, groupCall: false, ...ofC }],
    ],
    [
      'declined',
      'call.rejected',
      { id: 'K', from: L, isVideo: false, isGroup: false },
      ['call.rejected', { call: 'K', from: L, video: false, groupCall: false, ...ofL }],
    ],
    ['a label', 'label.upsert', { id: '1', name: 'Lead', color: 0, colorHex: '#ff9485' }, ['label.upserted', { label: '1', name: 'Lead' }]],
    ['a label is gone', 'label.deleted', { id: '1', name: 'Lead', color: 0 }, ['label.deleted', { label: '1', name: 'Lead' }]],
    [
      'a chat got a label, by LID',
      'label.chat.added',
      { labelId: '1', chatId: L, label: { id: '1', name: 'Lead' } },
      ['label.assigned', { label: '1', name: 'Lead', chat: L, ...ofL }],
    ],
    ['a group got a label', 'label.chat.added', { labelId: '1', chatId: G, label: null }, ['label.assigned', { label: '1', chat: G }]],
    [
      'a label was taken off',
      'label.chat.deleted',
      { labelId: '1', chatId: C, label: null },
      ['label.unassigned', { label: '1', chat: C, ...ofC }],
    ],
    [
      'typing in a group by LID',
      'presence.update',
      { id: G, presences: [{ participant: '222000000000000:3@lid', lastKnownPresence: 'typing', lastSeen: null }] },
      ['presence.updated', { chat: G, from: L, presence: 'typing', ...ofL }],
    ],
    [
      'last seen',
      'presence.update',
      { id: C, presences: [{ participant: C, lastKnownPresence: 'offline', lastSeen: 1_795_223_577 }] },
      ['presence.updated', { chat: C, from: C, presence: 'offline', ...ofC }],
    ],
    [
      'a new presence',
      'presence.update',
      { id: C, presences: [{ participant: C, lastKnownPresence: 'dancing' }] },
      ['presence.updated', { chat: C, from: C, presence: 'unknown', ...ofC }],
    ],
    ['archived by LID', 'chat.archive', { id: L, archived: true, timestamp: 5 }, ['chat.archived', { chat: L, archived: true, ...ofL }]],
    ['back from the archive', 'chat.archive', { id: G, archived: false, timestamp: 5 }, ['chat.archived', { chat: G, archived: false }]],
    [
      'could not be decrypted, by LID',
      'message.waiting',
      { id: `false_${L}_M`, from: L, fromMe: false },
      ['message.undecryptable', { message: `false_${L}_M`, chat: L, key: 'M', ...ofL }],
    ],
    ['a state', 'session.status', { name: 'main', status: 'WORKING' }, ['session.status', { state: 'connected' }]],
    ['a state that nobody knows', 'session.status', { name: 'main', status: 'HIBERNATING' }, ['session.status', { state: 'unknown' }]],
    ['a state that is no text', 'session.status', { name: 'main', status: { a: 1 } }, ['session.status', { state: 'unknown' }]],
    ['what the engine says itself', 'engine.event', { event: 'events.AppState', data: {} }, ['unknown', {}]],
    ['a state of the engine', 'state.change', 'CONNECTED', ['unknown', {}]],
    ['a word of a later version', 'newsletter.v9', { id: N }, ['unknown', {}]],
  ]
  it.each(named(rows))('%s', (_, row) => check(row))
})
