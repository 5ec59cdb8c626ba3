import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeOf } from '../fields/fields.ts'
import { engineChannel, engineChat, engineLabel, enginePresence } from './chat.ts'
import { engineAck, engineMessage, fullMessageId, messageIdParts } from './message.ts'
import { engineContact, engineGroup, engineParticipant, engineParticipantsChanged } from './people.ts'

const chat = '11111111111@c.us'
const group = '120363000000000000@g.us'
const me = '22222222222@c.us'
const read = (raw: unknown, asked?: object) => {
  const { raw: same, ...message } = engineMessage('main', raw, asked)
  expect(same).toBe(raw)
  return message
}

describe('a message', () => {
  it('of Baileys, as it comes back from a send', () => {
    const key = { remoteJid: '11111111111@s.whatsapp.net', fromMe: true, id: 'AB' }
    const raw = { key, message: { extendedTextMessage: { text: 'hello' } }, messageTimestamp: '1795223577', status: 'PENDING' }
    const told = {
      session: 'main',
      id: `true_${chat}_AB`,
      chat,
      fromMe: true,
      type: 'text',
      text: 'hello',
      at: 1_795_223_577_000,
      ack: 'pending',
    }
    expect(read(raw)).toMatchObject(told)
    expect(read({ ...raw, messageTimestamp: { low: 1_795_223_577, high: 0, unsigned: true }, status: 2 })).toMatchObject({
      ...told,
      ack: 'sent',
    })
  })

  it('of a browser engine, where `from` of an own one is the account', () => {
    const id = { fromMe: true, remote: chat, id: 'AB', _serialized: `true_${chat}_AB` }
    const raw = { id, from: me, to: chat, body: 'hello', timestamp: 5, ack: 2, hasMedia: false, _data: { type: 'chat' } }
    expect(read(raw)).toMatchObject({ id: `true_${chat}_AB`, chat, from: me, fromMe: true, type: 'text', text: 'hello', ack: 'delivered' })
  })

  it('of whatsmeow', () => {
    const Info = { ID: 'AB', Chat: group, Sender: '11111111111:7@s.whatsapp.net', IsFromMe: false, Timestamp: '2026-11-21T01:12:57Z' }
    const Message = { imageMessage: { mimetype: 'image/jpeg', caption: 'Look', fileLength: 12, contextInfo: { stanzaID: 'CD' } } }
    const _data = { Info, Message }
    const raw = {
      id: `false_${group}_AB_${chat}`,
      from: group,
      participant: chat,
      hasMedia: true,
      media: null,
      ack: null,
      ackName: 'UNKNOWN',
      _data,
    }
    expect(read(raw)).toMatchObject({
      session: 'main',
      id: `false_${group}_AB_${chat}`,
      chat: group,
      from: chat,
      fromMe: false,
      type: 'image',
      text: 'Look',
      at: Date.parse(Info.Timestamp),
      ack: 'unknown',
      replyTo: 'CD',
      media: { mimetype: 'image/jpeg', size: 12 },
    })
    expect(read(_data)).toMatchObject({ chat: group, from: chat, fromMe: false, type: 'image' })
  })

  it.each([
    ['document', { documentWithCaptionMessage: { message: { documentMessage: { fileName: 'a.pdf', caption: 'Read' } } } }],
    ['voice', { audioMessage: { ptt: true } }],
    ['voice', { audioMessage: { PTT: true } }],
    ['audio', { audioMessage: { ptt: false } }],
    ['text', { ephemeralMessage: { message: { extendedTextMessage: { text: 'x' } } } }],
    ['image', { viewOnceMessageV2: { message: { ephemeralMessage: { message: { imageMessage: {} } } } } }],
    ['poll', { messageContextInfo: {}, pollCreationMessageV3: { name: 'Tea?' } }],
    ['location', { locationMessage: { name: 'Here' } }],
    ['contact', { contactsArrayMessage: {} }],
    ['system', { protocolMessage: { type: 'REVOKE' } }],
    ['unknown', { brandNewMessage: {} }],
    ['unknown', { conversation: null }],
  ])('is %s when it holds %j', (type, message) => {
    expect(read({ id: 'x', _data: { message } }).type).toBe(type)
    expect(read({ id: 'x', _data: { Message: message } }).type).toBe(type)
  })

  it.each([
    ['voice', { _data: { type: 'ptt' } }],
    ['unknown', { _data: { type: 'toString' } }],
    ['location', { location: { latitude: 1 } }],
    ['contact', { vCards: ['BEGIN:VCARD'] }],
    ['sticker', { hasMedia: true, media: { mimetype: 'image/webp' } }],
    ['video', { hasMedia: true, media: { mimetype: 'video/mp4' } }],
    ['document', { hasMedia: true, media: { mimetype: 'application/pdf' } }],
    ['text', { body: 'x', hasMedia: false }],
    ['unknown', { body: 'x', hasMedia: true }],
    ['unknown', {}],
  ])('is %s by %j', (type, raw) => {
    expect(read({ id: 'x', ...raw }).type).toBe(type)
  })

  it('has no text where the body is a card or a small map', () => {
    expect(read({ id: 'x', body: '/9j/4AAQ', location: {} })).not.toHaveProperty('text')
    expect(read({ id: 'x', body: 'BEGIN:VCARD', _data: { type: 'vcard' } })).not.toHaveProperty('text')
  })

  it('answers another, whose full id is made where that is certain', () => {
    const reply = (participant: string | undefined, where = chat) =>
      read({ id: `false_${where}_AB`, replyTo: { id: 'CD', participant } }).replyTo
    expect(reply(chat)).toBe(`false_${chat}_CD`)
    expect(reply(me)).toBe(`true_${chat}_CD`)
    expect(reply('22222222222@s.whatsapp.net')).toBe(`true_${chat}_CD`)
    // a hidden number may be the account's own
    for (const hidden of ['9@lid', undefined]) expect(reply(hidden)).toBe('CD')
    expect(reply(me, group)).toBe('CD')
    expect(read({ id: 'x', replyTo: { id: `true_${chat}_CD` } }).replyTo).toBe(`true_${chat}_CD`)
  })

  it('is taken for what was asked where it does not say', () => {
    expect(read(undefined, { id: 'AB', chat })).toMatchObject({
      session: 'main',
      id: 'AB',
      chat,
      from: chat,
      type: 'unknown',
      ack: 'unknown',
    })
    expect(read({})).toEqual({ session: 'main', id: '', chat: '', type: 'unknown', ack: 'unknown' })
  })

  it('tells how far it got, in any of the words', () => {
    const words: readonly [unknown, string][] = [
      [{ ack: -1 }, 'failed'],
      [{ ack: 0 }, 'pending'],
      [{ ack: 4 }, 'played'],
      [{ ack: null, ackName: 'READ' }, 'read'],
      [{ ack: 9, ackName: 'DEVICE' }, 'delivered'],
      [{ status: 'SERVER_ACK' }, 'sent'],
      [{ status: 0 }, 'failed'],
      [{ status: 5 }, 'played'],
      [{ status: 6 }, 'unknown'],
      [{ ack: 'toString', ackName: '__proto__', status: 'constructor' }, 'unknown'],
      [null, 'unknown'],
    ]
    expect(words.map(([raw]) => engineAck(raw))).toEqual(words.map(([, ack]) => ack))
  })
})

it('takes a full id apart and puts it together', () => {
  for (const id of [`true_${chat}_AB`, `false_${group}_AB_${chat}`, 'false_status@broadcast_AB_9@lid']) {
    const parts = messageIdParts(id)
    expect(parts && fullMessageId(parts)).toBe(id)
  }
  expect(messageIdParts(`true_11111111111@s.whatsapp.net_AB`)).toEqual({ fromMe: true, chat, id: 'AB' })
  for (const id of ['AB', 'true_AB', 'maybe_1@c.us_AB', '', 5, null]) expect(messageIdParts(id)).toBeUndefined()
})

it.each([
  [1_795_223_577, 1_795_223_577_000],
  ['1795223577', 1_795_223_577_000],
  [1_795_223_577_123, 1_795_223_577_123],
  ['2026-11-21T01:12:57Z', Date.UTC(2026, 10, 21, 1, 12, 57)],
  ['0001-01-01T00:00:00Z', undefined],
  [0, undefined],
  [-1, undefined],
  ['soon', undefined],
  [null, undefined],
])('time %j is %j', (value, ms) => {
  expect(timeOf(value)).toBe(ms)
})

describe('a chat', () => {
  it.each([
    [{ muteEndTime: 2_000 }, true],
    [{ muteEndTime: 500 }, false],
    [{ muteEndTime: -1 }, true],
    [{ muteExpiration: 0 }, false],
    [{ isMuted: true, muteExpiration: 0 }, true],
    [{}, undefined],
  ])('with %j is muted: %s', (raw, muted) => {
    expect(engineChat('main', { id: chat, ...raw }, 1_000_000).muted).toBe(muted)
  })

  it('is read from engine and summary alike', () => {
    const webjs = {
      id: { server: 'c.us', user: '11111111111', _serialized: chat },
      name: 'Ada',
      unreadCount: 2,
      archived: false,
      pinned: true,
      timestamp: 5,
    }
    const told = { session: 'main', id: chat, kind: 'person', name: 'Ada', unread: 2, archived: false, pinned: true, at: 5_000 }
    expect(engineChat('main', webjs, 0)).toEqual({ ...told, raw: webjs })
    const noweb = { id: '11111111111@s.whatsapp.net', conversationTimestamp: 5, unreadCount: -1, archived: true, pinned: 1_700_000_000 }
    const summary = { id: chat, name: null, picture: null, lastMessage: { timestamp: 7 }, _chat: noweb }
    expect(engineChat('main', summary, 0)).toMatchObject({ id: chat, archived: true, pinned: true, at: 5_000 })
    expect(engineChat('main', summary, 0)).not.toHaveProperty('unread')
    expect(['1@newsletter', 'status@broadcast', '9@lid', 'x'].map((id) => engineChat('main', { id }, 0).kind)).toEqual([
      'channel',
      'broadcast',
      'person',
      'unknown',
    ])
  })
})

describe('people', () => {
  it('have a number where it is known', () => {
    expect(engineContact('main', { id: '11111111111@s.whatsapp.net', notify: 'Ada' })).toMatchObject({
      id: chat,
      phone: '+11111111111',
      pushName: 'Ada',
    })
    expect(engineContact('main', { id: '9@lid', phoneNumber: '11111111111@s.whatsapp.net' })).toMatchObject({
      phone: '+11111111111',
      lid: '9@lid',
    })
    expect(engineContact('main', { id: { _serialized: chat }, isBlocked: true })).toMatchObject({ id: chat, blocked: true })
    expect(engineContact('main', {}, chat).id).toBe(chat)
  })

  it.each([
    [{ id: chat, admin: null }, 'member'],
    [{ id: chat, admin: 'superadmin' }, 'owner'],
    [{ id: { _serialized: chat }, isAdmin: true, isSuperAdmin: false }, 'admin'],
    [{ JID: chat, IsAdmin: false }, 'member'],
    [{ id: chat, role: 'participant' }, 'member'],
    [{ id: chat, role: 'left' }, 'unknown'],
    [chat, 'unknown'],
  ])('in a group: %j is a %s', (raw, role) => {
    expect(engineParticipant(raw)).toEqual({ id: chat, phone: '+11111111111', role })
  })

  it('in a group by hidden number have the known one', () => {
    expect(engineParticipant({ id: '9@lid', pn: chat, role: 'admin' })).toMatchObject({ id: '9@lid', phone: '+11111111111', role: 'admin' })
    expect(engineParticipant({ admin: 'admin' })).toBeUndefined()
  })

  it('are told of when a group changes, in any of the ways', () => {
    const asked = [
      [{ status: '200', jid: chat }],
      { [chat]: { code: 200, message: 'ok' } },
      [{ JID: chat, Error: 0 }],
      [chat],
      { [chat]: 200 },
    ]
    for (const raw of asked) expect(engineParticipantsChanged('main', raw).participants).toMatchObject([{ id: chat, ok: true }])
    const refused = [[{ status: '403', jid: chat, message: 'no' }], { [chat]: { code: 403, message: 'no' } }]
    for (const raw of refused)
      expect(engineParticipantsChanged('main', raw).participants).toMatchObject([{ id: chat, ok: false, reason: 'no' }])
    for (const raw of [undefined, { status: 200 }, true, 'ok', {}]) expect(engineParticipantsChanged('main', raw).participants).toEqual([])
  })
})

it('never throws, whatever an engine says', () => {
  const names = [
    'id',
    'key',
    '_data',
    'message',
    'Message',
    'Info',
    'from',
    'to',
    'media',
    'replyTo',
    'participants',
    'presences',
    'groupMetadata',
    '_chat',
  ]
  const { thing } = fc.letrec<{ thing: unknown }>((tie) => ({
    thing: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      fc.constantFrom(chat, `true_${chat}_AB`),
      fc.dictionary(fc.constantFrom(...names), tie('thing')),
    ),
  }))
  fc.assert(
    fc.property(thing, (raw) => {
      const told = [
        engineMessage('main', raw),
        engineChat('main', raw, 0),
        engineContact('main', raw),
        engineGroup('main', raw),
        engineParticipantsChanged('main', raw),
        engineLabel('main', raw),
        engineChannel('main', raw),
        enginePresence('main', raw, chat),
      ]
      for (const one of told) expect(one.raw).toBe(raw)
    }),
    { numRuns: 2_000 },
  )
})
