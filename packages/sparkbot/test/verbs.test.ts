import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { operations } from '../src/generated/operations.ts'
import { manifest } from '../src/index.ts'
import { endingsOf } from './fixtures/endings.ts'
import { SESSION, verbs } from './fixtures/stubbed.ts'

const ada = '12025550143@c.us'
const group = '120363000000000001@g.us'
const channel = '120363000000000002@newsletter'
const device = SESSION
const session = SESSION
const phone = '+12025550143'
/** The person of a chat, as a message tells it. */
const isAda = { phone, person: { id: ada, phone } }
const done = { session, done: true }
const ok = { ok: true }
const when = '2026-11-20T10:00:00.000Z'
const at = Date.parse(when)

type Case = readonly [VerbId, input: object, asked: object, answer: unknown, result: object]

const messages: readonly Case[] = [
  [
    'message.get',
    { chat: ada, message: '3EB0AB' },
    { call: 'GET /chat/DEVICE/messages/3EB0AB' },
    { wid: '3EB0AB', chatWid: ada, flow: 'in', from: ada, kind: 'text', body: 'Hi', date: when, ack: 'delivered', quoted: { wid: '3EB0' } },
    {
      ...{ session, id: '3EB0AB', key: '3EB0AB', chat: ada, from: ada, fromMe: false, type: 'text', text: 'Hi', at, ack: 'delivered' },
      ...{ replyTo: '3EB0', ...isAda },
    },
  ],
  [
    'message.get',
    { chat: group, message: '3EB0AB' },
    { call: 'GET /chat/DEVICE/messages/3EB0AB' },
    {
      id: '3EB0AB',
      type: 'image',
      flow: 'inbound',
      from: group,
      author: '+12025550143@c.us',
      chat: { id: group },
      timestamp: at / 1000,
      ack: 'melted',
      media: { id: 'f', mime: 'image/png', filename: 'a.png', size: 5, caption: 'A' },
    },
    {
      ...{ session, id: '3EB0AB', key: '3EB0AB', chat: group, from: ada, fromMe: false, type: 'image', text: 'A', at, ack: 'unknown' },
      ...isAda,
      media: { mimetype: 'image/png', filename: 'a.png', size: 5 },
    },
  ],
  [
    'message.get',
    { chat: ada, message: 'aaaaaaaaaaaaaaaaaaaaaaaa' },
    { call: 'GET /messages/aaaaaaaaaaaaaaaaaaaaaaaa' },
    { id: 'aaaaaaaaaaaaaaaaaaaaaaaa', wid: ada, message: 'Hi', status: 'processed', deliveryStatus: 'read', sentAt: when },
    { session, id: 'aaaaaaaaaaaaaaaaaaaaaaaa', chat: ada, fromMe: true, type: 'text', text: 'Hi', at, ack: 'read' },
  ],
  [
    'message.get',
    { chat: ada, message: 'aaaaaaaaaaaaaaaaaaaaaaaa' },
    { call: 'GET /messages/aaaaaaaaaaaaaaaaaaaaaaaa' },
    { id: 'aaaaaaaaaaaaaaaaaaaaaaaa', status: 'failed', deliveryStatus: 'sent', media: { kind: 'audio', format: 'ptt' } },
    { session, id: 'aaaaaaaaaaaaaaaaaaaaaaaa', chat: ada, fromMe: true, type: 'voice', ack: 'failed' },
  ],
  [
    'message.list',
    { chat: phone, limit: 2 },
    { call: 'GET /chat/DEVICE/messages', query: { chat: ada, sort: 'date:desc', page: '0', size: '2' } },
    [{ wid: '2', flow: 'out' }, { wid: '1' }],
    {
      items: [
        { session, id: '2', key: '2', chat: ada, ...isAda, fromMe: true, type: 'unknown', ack: 'unknown', raw: { wid: '2', flow: 'out' } },
        { session, id: '1', key: '1', chat: ada, ...isAda, type: 'unknown', ack: 'unknown', raw: { wid: '1' } },
      ],
      next: '2',
    },
  ],
  [
    'message.react',
    { chat: ada, message: '3EB0AB', emoji: '👍' },
    { call: 'POST /messages', body: { device, phone, reaction: '👍', reactionMessage: '3EB0AB' } },
    { id: 'x', status: 'queued' },
    done,
  ],
  [
    'message.react',
    { chat: group, message: '3EB0AB', emoji: '' },
    { call: 'POST /messages', body: { device, group, reaction: '-', reactionMessage: '3EB0AB' } },
    { id: 'x', status: 'queued' },
    done,
  ],
  [
    'message.edit',
    { chat: ada, message: '3EB0AB', text: 'Ho' },
    { call: 'PATCH /chat/DEVICE/messages/3EB0AB', body: { message: 'Ho' } },
    ok,
    done,
  ],
  [
    'message.revoke',
    { chat: ada, message: '3EB0AB' },
    { call: 'DELETE /chat/DEVICE/messages/3EB0AB', query: { revoke: 'true' } },
    ok,
    done,
  ],
  ['message.markSeen', { chat: ada }, { call: `PATCH /chat/DEVICE/chats/${ada}/unread`, body: { unread: false } }, ok, done],
]

const someChat = {
  wid: ada,
  name: 'Ada',
  waStatus: 'archived',
  lastMessageAt: when,
  meta: { unreadCount: 3, isChatPinned: true, isChatMuted: false },
}
const readChat = { session, id: ada, kind: 'person', name: 'Ada', unread: 3, archived: true, pinned: true, muted: false, at }
const inChat = `/chat/DEVICE/chats/${ada}`
const typing = 'POST /chat/DEVICE/typing'

const chats: readonly Case[] = [
  [
    'chat.list',
    { limit: 1, cursor: '3' },
    { call: 'GET /chat/DEVICE/chats', query: { sort: 'lastMessageAt:desc', page: '3', size: '1' } },
    [someChat],
    { items: [{ ...readChat, raw: someChat }], next: '4' },
  ],
  ['chat.get', { chat: ada }, { call: `GET ${inChat}` }, someChat, readChat],
  ['chat.get', { chat: group }, { call: `GET /chat/DEVICE/chats/${group}` }, { id: group }, { session, id: group, kind: 'group' }],
  ['chat.archive', { chat: ada }, { call: `PUT ${inChat}/archive` }, ok, done],
  ['chat.unarchive', { chat: ada }, { call: `DELETE ${inChat}/archive` }, ok, done],
  ['chat.mute', { chat: ada }, { call: `PATCH ${inChat}/attributes`, body: { muted: true } }, ok, done],
  ['chat.mute', { chat: ada, muted: false }, { call: `PATCH ${inChat}/attributes`, body: { muted: false } }, ok, done],
  ['chat.pin', { chat: ada }, { call: `PATCH ${inChat}/attributes`, body: { pinned: true } }, ok, done],
  ['chat.pin', { chat: ada, pinned: false }, { call: `PATCH ${inChat}/attributes`, body: { pinned: false } }, ok, done],
  ['chat.delete', { chat: ada }, { call: `DELETE ${inChat}`, body: { whatsapp: true } }, ok, done],
  ['chat.markUnread', { chat: ada }, { call: `PATCH ${inChat}/unread`, body: { unread: true } }, ok, done],
  ['chat.setTyping', { chat: ada }, { call: typing, body: { action: 'typing', chat: phone } }, ok, done],
  ['chat.setTyping', { chat: group, state: 'recording' }, { call: typing, body: { action: 'recording', group } }, ok, done],
  ['chat.setTyping', { chat: ada, state: 'paused' }, { call: typing, body: { action: 'stop', chat: phone } }, ok, done],
]

const person = {
  wid: ada,
  phone,
  name: 'Ada L.',
  displayName: 'Ada',
  image: { url: 'https://x.test/a' },
  meta: { isContactBlocked: true },
}
const readPerson = { session, id: ada, phone, name: 'Ada L.', pushName: 'Ada', blocked: true }

const people: readonly Case[] = [
  [
    'contact.list',
    {},
    { call: 'GET /chat/DEVICE/contacts', query: { type: 'user', page: '0', size: '100' } },
    [person, { wid: '9@lid' }],
    {
      items: [
        { ...readPerson, raw: person },
        { session, id: '9@lid', lid: '9@lid', raw: { wid: '9@lid' } },
      ],
    },
  ],
  ['contact.get', { contact: phone }, { call: `GET /chat/DEVICE/contacts/${ada}` }, person, readPerson],
  [
    'contact.check',
    { phone: '+1 202-555-0143' },
    { call: 'POST /numbers/exists', body: { phone } },
    { exists: true, wid: ada },
    { session, exists: true, id: ada },
  ],
  ['contact.check', { phone }, { call: 'POST /numbers/exists', body: { phone } }, { exists: false }, { session, exists: false }],
  ['contact.profilePicture', { contact: ada }, { call: `GET /chat/DEVICE/contacts/${ada}` }, person, { session, url: 'https://x.test/a' }],
  ['contact.profilePicture', { contact: ada }, { call: `GET /chat/DEVICE/contacts/${ada}` }, { wid: ada }, { session }],
  ['contact.block', { contact: ada }, { call: 'POST /devices/DEVICE/block', body: { contacts: [phone] } }, ok, done],
  ['contact.unblock', { contact: ada }, { call: 'DELETE /devices/DEVICE/block', body: { contacts: [phone] } }, ok, done],
  [
    'profile.get',
    {},
    { call: 'GET /devices/DEVICE/profile' },
    { name: 'Shop', status: 'Open', image: { url: 'https://x.test/s' } },
    { session, name: 'Shop', about: 'Open', pictureUrl: 'https://x.test/s' },
  ],
  ['profile.setName', { name: 'Shop' }, { call: 'PATCH /devices/DEVICE/profile', body: { name: 'Shop' } }, ok, done],
  ['profile.setAbout', { about: '' }, { call: 'PATCH /devices/DEVICE/profile', body: { status: '' } }, ok, done],
  [
    'profile.setPicture',
    { file: { url: 'https://x.test/a.png' } },
    { call: 'PUT /devices/DEVICE/profile/image', body: { url: 'https://x.test/a.png' } },
    ok,
    done,
  ],
  [
    'profile.setPicture',
    { file: { base64: 'AQI=', mimetype: 'image/png' } },
    { call: 'PUT /devices/DEVICE/profile/image', body: { image: 'AQI=' } },
    ok,
    done,
  ],
]

const inGroup = `/devices/DEVICE/groups/${group}`
const club = {
  wid: group,
  name: 'Club',
  description: 'All',
  createdAt: when,
  participants: [
    { wid: ada, isAdmin: true, isSuperAdmin: true },
    { wid: '9@lid', phone: '+12025550144', isAdmin: false },
  ],
}
const readClub = {
  ...{ session, id: group, subject: 'Club', description: 'All', createdAt: at },
  participants: [
    { id: ada, phone, role: 'owner' },
    { id: '9@lid', lid: '9@lid', phone: '+12025550144', role: 'member' },
  ],
}
const persons = { group, participants: [ada] }
const changed = { session, participants: [{ id: ada, ok: true }] }

const groups: readonly Case[] = [
  [
    'group.list',
    {},
    { call: 'GET /devices/DEVICE/groups', query: { page: '0', size: '100' } },
    [club],
    { items: [{ ...readClub, raw: club }] },
  ],
  ['group.get', { group }, { call: `GET ${inGroup}` }, club, readClub],
  [
    'group.create',
    { subject: 'Club', participants: [ada] },
    { call: 'POST /devices/DEVICE/groups', body: { name: 'Club', participants: [{ phone }] } },
    club,
    readClub,
  ],
  ['group.leave', { group }, { call: 'DELETE /devices/DEVICE/groups', body: { id: group } }, ok, done],
  [
    'group.join',
    { invite: 'https://chat.whatsapp.com/AbC' },
    { call: 'PUT /devices/DEVICE/groups', body: { code: 'AbC' } },
    { wid: group },
    { ...done, group },
  ],
  ['group.join', { invite: 'AbC' }, { call: 'PUT /devices/DEVICE/groups', body: { code: 'AbC' } }, ok, done],
  ['group.inviteLink', { group }, { call: `GET ${inGroup}/invite` }, { code: 'AbC' }, { session, link: 'https://chat.whatsapp.com/AbC' }],
  ['group.revokeInvite', { group }, { call: `DELETE ${inGroup}/invite` }, ok, done],
  [
    'group.revokeInvite',
    { group },
    { call: `DELETE ${inGroup}/invite` },
    { url: 'https://chat.whatsapp.com/D' },
    { ...done, link: 'https://chat.whatsapp.com/D' },
  ],
  ['group.addParticipants', persons, { call: `POST ${inGroup}/participants`, body: { participants: [{ phone }] } }, club, changed],
  ['group.removeParticipants', persons, { call: `DELETE ${inGroup}/participants`, body: [phone] }, ok, changed],
  ['group.promote', persons, { call: `PATCH ${inGroup}/participants`, body: { participants: [{ phone, admin: true }] } }, club, changed],
  ['group.demote', persons, { call: `PATCH ${inGroup}/participants`, body: { participants: [{ phone, admin: false }] } }, club, changed],
  ['group.joinRequests', { group }, { call: `GET ${inGroup}/members` }, [{ wid: ada }], { session, requests: [{ id: ada }] }],
  ['group.approve', persons, { call: `POST ${inGroup}/members`, body: { phones: [phone] } }, ok, changed],
  ['group.reject', persons, { call: `DELETE ${inGroup}/members`, body: { phones: [phone] } }, ok, changed],
  ['group.setSubject', { group, subject: 'Club' }, { call: `PATCH ${inGroup}`, body: { name: 'Club' } }, club, done],
  ['group.setDescription', { group, description: '' }, { call: `PATCH ${inGroup}`, body: { description: '' } }, club, done],
  [
    'group.setPicture',
    { group, file: { url: 'https://x.test/a.jpg' } },
    { call: `PUT ${inGroup}/image`, body: { url: 'https://x.test/a.jpg' } },
    ok,
    done,
  ],
  [
    'group.setAnnouncement',
    { group, announcement: true },
    { call: `PATCH ${inGroup}`, body: { permissions: { send: 'admins' } } },
    club,
    done,
  ],
  ['group.setLocked', { group, locked: false }, { call: `PATCH ${inGroup}`, body: { permissions: { edit: 'all' } } }, club, done],
]

const news = { wid: channel, name: 'News', inviteLink: 'https://whatsapp.com/channel/A', totalParticipants: 5, isReadOnly: true }
const readNews = {
  ...{ session, id: channel, name: 'News', invite: 'https://whatsapp.com/channel/A' },
  ...{ role: 'subscriber', subscribers: 5 },
}
const hook = { id: 'bbbbbbbbbbbbbbbbbbbbbbbb', url: 'https://x.test/in', status: 'active', device }
const readHook = { session, id: hook.id, url: hook.url, events: [], active: true, signed: false }

const others: readonly Case[] = [
  [
    'channel.list',
    {},
    { call: 'GET /devices/DEVICE/channels', query: { page: '0', size: '100' } },
    [news],
    { items: [{ ...readNews, raw: news }] },
  ],
  ['channel.get', { channel }, { call: `GET /devices/DEVICE/channels/${channel}` }, news, readNews],
  [
    'channel.create',
    { name: 'News', description: 'All' },
    { call: 'POST /devices/DEVICE/channels', body: { name: 'News', description: 'All' } },
    news,
    readNews,
  ],
  ['channel.delete', { channel }, { call: `DELETE /devices/DEVICE/channels/${channel}` }, ok, done],
  [
    'webhook.list',
    { limit: 3 },
    { call: 'GET /webhooks', query: { page: '0', size: '3' } },
    [hook, { ...hook, device: 'cccccccccccccccccccccccc' }, { id: 'd', url: 'https://y.test', device: null, events: ['channel:in'] }],
    {
      items: [
        { ...readHook, raw: hook },
        {
          ...{ session, id: 'd', url: 'https://y.test', events: ['channel:in'], signed: false },
          raw: { id: 'd', url: 'https://y.test', device: null, events: ['channel:in'] },
        },
      ],
      next: '3',
    },
  ],
  [
    'webhook.update',
    { webhook: hook.id, events: ['message.received'] },
    { call: `PATCH /webhooks/${hook.id}`, body: { events: ['message:in:new'] } },
    hook,
    { ...readHook, events: ['message:in:new'] },
  ],
  ['webhook.delete', { webhook: hook.id }, { call: `DELETE /webhooks/${hook.id}` }, ok, done],
  ['status.delete', { message: '3EB0AB' }, { call: 'DELETE /chat/DEVICE/status', body: { status: ['3EB0AB'] } }, ok, done],
]

describe.each([
  ['messages', messages],
  ['chats', chats],
  ['people', people],
  ['groups', groups],
  ['channels, webhooks, status', others],
])('%s', (_, cases) => {
  it.each(cases)('%s %j', async (id, input, asked, answer, result) => {
    const { run, calls } = verbs([{ status: 200, body: answer }])
    expect(await run(id, input)).toEqual({ ...result, raw: answer })
    expect(calls()).toEqual([asked])
  })
})

it.each(['null', '{}', '[]', '""'])('a group without an invite code is a bad_response: %s', async (body) => {
  const { run } = verbs([{ status: 200, headers: { 'content-type': 'application/json' }, body }])
  await expect(run('group.inviteLink', { session, group })).rejects.toMatchObject({ kind: 'bad_response', gateway: 'sparkbot' })
})

describe('answers of another shape', () => {
  const strange = ['', '{}', '[]', 'null', '"text"', '42', '[null]', '{"wid":5,"chat":[],"media":"x","meta":null,"participants":[null,4]}']
  const reads = [...messages, ...chats, ...people, ...groups, ...others]
  it.each(reads.map(([id, input]) => [id, input] as const))('%s %j bears them', async (id, input) => {
    for (const body of strange) {
      const { run } = verbs([{ status: 200, headers: body === '' ? {} : { 'content-type': 'application/json' }, body }])
      const ended = await run(id, input).then(
        () => 'ok',
        (error: { kind?: string }) => error.kind,
      )
      expect([body, endingsOf(id, body).includes(ended ?? '')]).toEqual([body, true])
    }
  })
})

describe('manifest', () => {
  const byCapability = new Map(Object.values(operations.operations).map((one) => [one.capability, one]))

  it('says of each native verb how its operation is known', () => {
    for (const [id, support] of Object.entries(manifest.capabilities)) {
      const evidence = manifest.evidence?.[id as VerbId] ?? 'verified'
      if (support === 'native') expect([id, evidence]).toEqual([id, byCapability.get(id)?.evidence])
      else expect([id, byCapability.has(id)]).toEqual([id, false])
    }
  })

  it('says that all of it was concluded', () => {
    expect(manifest.basis).toMatchObject({ evidence: 'inferred', note: expect.stringContaining('Wassenger') })
  })
})
