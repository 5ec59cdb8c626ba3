import { phone } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { manifest } from '../src/index.ts'
import { expectRow, type Perform, type Row, row } from './fixtures/verb-case.ts'

const session = 'main'
const to = '+6281111111111'
const chat = '6282222222222@c.us'
const message = '3EB0AE23B94CCAF714337E'
const gid = '120363000000000001@g.us'
const base = { sessionId: session, to: '6281111111111@s.whatsapp.net' }
const inChat = { sessionId: session, to: '6282222222222@s.whatsapp.net' }
const PATH = '6282222222222%40s.whatsapp.net'
const url = 'https://example.com/sea.png'

const sentTo = (id: string) => ({ session, id, key: id, to: '6281111111111@c.us', status: 'sent' })
const did = { session, done: true }
const stored = {
  session,
  id: 'INCOMING0001',
  key: 'INCOMING0001',
  chat,
  from: chat,
  phone: '+6282222222222',
  person: { id: chat, phone: '+6282222222222' },
  fromMe: false,
  type: 'text',
  text: 'Hello shop',
  at: 1_795_222_161_000,
  ack: 'unknown',
}
const withBob = { session, id: chat, kind: 'person', name: 'Bob', unread: 1, at: 1_795_222_161_000 }

const cases: Record<string, readonly [Perform, Row]> = {
  'message.sendText': [
    (warest) => warest.message.sendText({ session, to, text: 'Hi @6282222222222', replyTo: 'A1', mentions: [chat] }),
    row(
      'messages.sendText',
      ['POST', '/messages/send/text', { ...base, replyMessageId: 'A1', message: 'Hi @6282222222222' }],
      sentTo('3EB0AE23B94CCAF714337E'),
    ),
  ],
  'message.sendImage by address': [
    (warest) => warest.message.sendImage({ session, to: phone(to), file: { url }, caption: 'Sea' }),
    row('messages.sendMedia', ['POST', '/messages/send/media', { ...base, caption: 'Sea', media: url }], sentTo('3EB0F5E6C84556D2C0BED9')),
  ],
  'message.sendVideo': [
    (warest) => warest.message.sendVideo({ session, to, file: { url: 'https://example.com/a.mp4' } }),
    row(
      'messages.sendMedia',
      ['POST', '/messages/send/media', { ...base, media: 'https://example.com/a.mp4' }],
      sentTo('3EB0F5E6C84556D2C0BED9'),
    ),
  ],
  'message.sendAudio': [
    (warest) => warest.message.sendAudio({ session, to, file: { url: 'https://example.com/a.mp3' } }),
    row(
      'messages.sendAudio',
      ['POST', '/messages/send/audio', { ...base, audio: 'https://example.com/a.mp3' }],
      sentTo('3EB086EF3E57FC04E813CD'),
    ),
  ],
  'message.sendVoice': [
    (warest) => warest.message.sendVoice({ session, to, file: { url: 'https://example.com/a.ogg' } }),
    row(
      'messages.sendAudio',
      ['POST', '/messages/send/audio', { ...base, isVN: true, audio: 'https://example.com/a.ogg' }],
      sentTo('3EB086EF3E57FC04E813CD'),
    ),
  ],
  'message.sendDocument': [
    (warest) => warest.message.sendDocument({ session, to, file: { url: 'https://example.com/1', filename: 'b.pdf' }, caption: 'doc' }),
    row(
      'messages.sendDocument',
      ['POST', '/messages/send/document', { ...base, filename: 'b.pdf', caption: 'doc', document: 'https://example.com/1' }],
      sentTo('3EB060018F2177591071FC'),
    ),
  ],
  'message.sendSticker': [
    (warest) => warest.message.sendSticker({ session, to, file: { url } }),
    row('messages.sendSticker', ['POST', '/messages/send/sticker', { ...base, sticker: url }], sentTo('3EB013AEEE512B3F897108')),
  ],
  'message.sendLocation': [
    (warest) => warest.message.sendLocation({ session, to, latitude: -6.2, longitude: 106.8, name: 'Monas' }),
    row(
      'messages.sendLocation',
      ['POST', '/messages/send/location', { ...base, location: { latitude: -6.2, longitude: 106.8, name: 'Monas' } }],
      sentTo('3EB0B254E964F522AC8EFB'),
    ),
  ],
  'message.sendContact': [
    (warest) => warest.message.sendContact({ session, to, contacts: [{ name: 'Ann', phone: '+62 855-5555-5555', organization: 'Org' }] }),
    row(
      'messages.sendContact',
      ['POST', '/messages/send/contact', { ...base, contact: { name: 'Ann', phone: '6285555555555', organization: 'Org' } }],
      sentTo('3EB0B629A3E807A9E53FA2'),
    ),
  ],
  'message.sendPoll for several answers': [
    (warest) => warest.message.sendPoll({ session, to, question: 'Lunch?', options: ['Rice', 'Noodle'], multiple: true }),
    row(
      'messages.sendPoll',
      ['POST', '/messages/send/poll', { ...base, question: 'Lunch?', options: ['Rice', 'Noodle'], maxSelection: 2 }],
      sentTo('3EB0E68250DC91BAAA3721'),
    ),
  ],
  'message.react': [
    (warest) => warest.message.react({ session, chat, message, emoji: '👍' }),
    row('messageActions.react', ['POST', `/messages/${message}/action/reaction`, { ...inChat, emoji: '👍' }], did),
  ],
  'message.react with nothing': [
    (warest) => warest.message.react({ session, chat, message, emoji: '' }),
    row('messageActions.unreact', ['POST', `/messages/${message}/action/unreaction`, inChat], did),
  ],
  'message.edit': [
    (warest) => warest.message.edit({ session, chat, message, text: 'New' }),
    row('messageActions.edit', ['POST', `/messages/${message}/action/edit`, { ...inChat, message: 'New' }], did),
  ],
  'message.revoke': [
    (warest) => warest.message.revoke({ session, chat, message }),
    row('messageActions.revoke', ['POST', `/messages/${message}/action/revoke`, inChat], did),
  ],
  'message.star': [
    (warest) => warest.message.star({ session, chat, message }),
    row('messageActions.star', ['POST', `/messages/${message}/action/star`, inChat], did),
  ],
  'message.star off': [
    (warest) => warest.message.star({ session, chat, message, starred: false }),
    row('messageActions.unstar', ['POST', `/messages/${message}/action/unstar`, inChat], did),
  ],
  'message.pin': [
    (warest) => warest.message.pin({ session, chat, message: 'INCOMING0001' }),
    row('chats.pinMessage', ['POST', `/chats/${PATH}/messages/INCOMING0001/pin`, { sessionId: session, pin: true }], did),
  ],
  'message.markSeen': [
    (warest) => warest.message.markSeen({ session, chat }),
    row('chats.markRead', ['POST', `/chats/${PATH}/read`, { sessionId: session, days: 0 }], did),
  ],
  'message.markSeen of two': [
    (warest) => warest.message.markSeen({ session, chat, messages: ['A', 'B'] }),
    row(
      'messageActions.markRead',
      [
        ['POST', '/messages/A/action/mark-as-read', inChat],
        ['POST', '/messages/B/action/mark-as-read', inChat],
      ],
      did,
    ),
  ],
  'message.list': [
    (warest) => warest.message.list({ session, chat, limit: 5 }),
    row('chats.getMessages', ['GET', `/chats/${PATH}/messages?sessionId=main&limit=5&offset=0`], {
      items: [stored],
    }),
  ],
  'message.get': [
    (warest) => warest.message.get({ session, chat, message: 'INCOMING0001' }),
    row('chats.getMessages', ['GET', `/chats/${PATH}/messages?sessionId=main&limit=500&offset=0`], stored),
  ],
  'chat.list': [
    (warest) => warest.chat.list({ session, limit: 1000, cursor: '10' }),
    row('chats.list', ['GET', '/chats?sessionId=main&limit=500&offset=10'], {
      items: [{ session, id: gid, kind: 'group', name: '120363000000000001', unread: 1, at: 1_795_222_161_000 }, withBob],
    }),
  ],
  'chat.get': [
    (warest) => warest.chat.get({ session, chat }),
    row('chats.list', ['GET', '/chats?sessionId=main&limit=500&offset=0'], withBob),
  ],
  'chat.archive': [
    (warest) => warest.chat.archive({ session, chat: to }),
    row('chats.archive', ['POST', '/messages/action/archive', base], did),
  ],
  'chat.unarchive': [
    (warest) => warest.chat.unarchive({ session, chat: to }),
    row('chats.unarchive', ['POST', '/messages/action/unarchive', base], did),
  ],
  'chat.mute': [
    (warest) => warest.chat.mute({ session, chat: to }),
    row('chats.mute', ['POST', '/messages/action/mute', { ...base, duration: 43_200 }], did),
  ],
  'chat.mute for a while': [
    (warest) => warest.chat.mute({ session, chat: to, durationMs: 90_000 }),
    row('chats.mute', ['POST', '/messages/action/mute', { ...base, duration: 2 }], did),
  ],
  'chat.mute off': [
    (warest) => warest.chat.mute({ session, chat: to, muted: false }),
    row('chats.unmute', ['POST', '/messages/action/unmute', base], did),
  ],
  'chat.pin off': [
    (warest) => warest.chat.pin({ session, chat, pinned: false }),
    row('chats.pin', ['POST', `/chats/${PATH}/pin`, { sessionId: session, pin: false }], did),
  ],
  'chat.clear': [
    (warest) => warest.chat.clear({ session, chat: to }),
    row('chats.clear', ['DELETE', '/messages/action/clear-all', base], did),
  ],
}

describe('verbs of WARest: message, chat', () => {
  it('are all here', () => {
    const tested = new Set(Object.keys(cases).map((name) => name.split(' ')[0]))
    const ids = Object.keys(manifest.capabilities).filter((id) => /^(message|chat)\./.test(id))
    expect(ids.filter((id) => !tested.has(id))).toEqual([])
  })

  it.each(Object.entries(cases))('%s', async (_name, [perform, expected]) => {
    await expectRow(perform, expected)
  })
})
