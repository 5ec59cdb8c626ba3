import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { failure, request, SESSION as session, verbs as start } from './fixtures/stubbed.ts'

const ada = '12025550143@c.us'
const group = '120363000000000001@g.us'
const channel = '120363000000000002@newsletter'
const message = `true_${ada}_AB`

type Case = readonly [VerbId, input: object, asked: object, answer: unknown, result: object]
const done = { done: true }
const ok = { success: true }
const path = (id: string) => encodeURIComponent(id)
const persons = { participants: [{ id: ada }] }
const timestamp = 1_795_222_381

const contact = { id: ada, number: '12025550143', name: 'Ada L.', pushname: 'Ada', isBlocked: true }
const readContact = { session, id: ada, phone: '+12025550143', name: 'Ada L.', pushName: 'Ada', blocked: true }
const people: readonly Case[] = [
  [
    'contact.list',
    { limit: 1 },
    request('GET /v2/contacts/all', { query: { limit: '1', offset: '0' } }),
    [contact],
    { items: [{ ...readContact, raw: contact }], next: '1' },
  ],
  ['contact.get', { contact: ada }, request('GET /v2/contacts', { query: { contactId: ada } }), contact, readContact],
  [
    'contact.check',
    { phone: '+1 202-555-0143' },
    request('GET /v2/contacts/check-exists', { query: { phone: '12025550143' } }),
    { numberExists: true, chatId: '12025550143@s.whatsapp.net' },
    { session, exists: true, id: ada },
  ],
  [
    'contact.check',
    { phone: '+12025550143' },
    request('GET /v2/contacts/check-exists', { query: { phone: '12025550143' } }),
    { numberExists: false },
    { session, exists: false },
  ],
  [
    'contact.profilePicture',
    { contact: ada },
    request('GET /v2/contacts/profile-picture', { query: { contactId: ada } }),
    { profilePictureURL: 'https://x.test/a' },
    { session, url: 'https://x.test/a' },
  ],
  [
    'contact.profilePicture',
    { contact: ada },
    request('GET /v2/contacts/profile-picture', { query: { contactId: ada } }),
    { profilePictureURL: null },
    { session },
  ],
  [
    'contact.about',
    { contact: ada },
    request('GET /v2/contacts/about', { query: { contactId: ada } }),
    { about: 'Busy' },
    { session, about: 'Busy' },
  ],
  ['contact.block', { contact: ada }, request('POST /v2/contacts/block', { body: { contactId: ada } }), ok, done],
  ['contact.unblock', { contact: ada }, request('POST /v2/contacts/unblock', { body: { contactId: ada } }), ok, done],
  ['presence.set', { presence: 'offline' }, request('POST /v2/presence', { body: { presence: 'offline' } }), ok, done],
  ['presence.subscribe', { chat: ada }, request(`POST /v2/presence/${path(ada)}/subscribe`), ok, done],
  [
    'presence.get',
    { chat: ada },
    request(`GET /v2/presence/${path(ada)}`),
    { id: ada, presences: [{ participant: ada, lastKnownPresence: 'typing', lastSeen: timestamp }] },
    { session, chat: ada, presences: [{ id: ada, state: 'typing', lastSeenAt: timestamp * 1000 }] },
  ],
  ['profile.get', {}, request('GET /v2/profile'), { id: ada, name: 'Ada', picture: null }, { session, id: ada, name: 'Ada' }],
  ['profile.setName', { name: 'Ada' }, request('PUT /v2/profile/name', { body: { name: 'Ada' } }), ok, done],
  ['profile.setAbout', { about: '' }, request('PUT /v2/profile/status', { body: { status: '' } }), ok, done],
  [
    'profile.setPicture',
    { file: { url: 'https://x.test/a.png' } },
    request('PUT /v2/profile/picture', {
      body: { 'file[url]': 'https://x.test/a.png', 'file[filename]': 'a.png', 'file[mimetype]': 'image/png' },
    }),
    ok,
    done,
  ],
  ['status.delete', { message: 'm1' }, request('POST /v2/status/delete', { body: { id: 'm1' } }), ok, done],
]

const club = { id: group, subject: 'Club', description: 'Tea', participants: [{ id: ada, role: 'superadmin' }] }
const readClub = {
  session,
  id: group,
  subject: 'Club',
  description: 'Tea',
  participants: [{ id: ada, phone: '+12025550143', role: 'owner' }],
}
const at = `/v2/groups/${path(group)}`
const groups: readonly Case[] = [
  ['group.list', {}, request('GET /v2/groups', { query: { limit: '100', offset: '0' } }), [club], { items: [{ ...readClub, raw: club }] }],
  [
    'group.list',
    {},
    request('GET /v2/groups', { query: { limit: '100', offset: '0' } }),
    { [group]: club },
    { items: [{ ...readClub, raw: club }] },
  ],
  ['group.get', { group }, request(`GET ${at}`), club, readClub],
  [
    'group.create',
    { subject: 'Club', participants: [ada] },
    request('POST /v2/groups', { body: { name: 'Club', ...persons } }),
    club,
    readClub,
  ],
  ['group.leave', { group }, request(`POST ${at}/leave`), ok, done],
  [
    'group.join',
    { invite: 'https://chat.whatsapp.com/AbC-1' },
    request('POST /v2/groups/join', { body: { code: 'AbC-1' } }),
    { id: group },
    { ...done, group },
  ],
  ['group.inviteLink', { group }, request(`GET ${at}/invite-code`), 'AbC', { session, link: 'https://chat.whatsapp.com/AbC' }],
  [
    'group.revokeInvite',
    { group },
    request(`POST ${at}/invite-code/revoke`),
    'https://chat.whatsapp.com/New',
    { ...done, link: 'https://chat.whatsapp.com/New' },
  ],
  ['group.revokeInvite', { group }, request(`POST ${at}/invite-code/revoke`), ok, done],
  [
    'group.addParticipants',
    { group, participants: ['+12025550143'] },
    request(`POST ${at}/participants/add`, { body: persons }),
    [{ status: '403', jid: '12025550143@s.whatsapp.net' }],
    { session, participants: [{ id: ada, ok: false, reason: '403' }] },
  ],
  [
    'group.removeParticipants',
    { group, participants: [ada] },
    request(`POST ${at}/participants/remove`, { body: persons }),
    ok,
    { session, participants: [] },
  ],
  [
    'group.promote',
    { group, participants: [ada] },
    request(`POST ${at}/admin/promote`, { body: persons }),
    ok,
    { session, participants: [] },
  ],
  [
    'group.demote',
    { group, participants: [ada] },
    request(`POST ${at}/admin/demote`, { body: persons }),
    ok,
    { session, participants: [] },
  ],
  ['group.setSubject', { group, subject: 'New' }, request(`PUT ${at}/subject`, { body: { subject: 'New' } }), ok, done],
  ['group.setDescription', { group, description: '' }, request(`PUT ${at}/description`, { body: { description: '' } }), ok, done],
  [
    'group.setPicture',
    { group, file: { url: 'https://x.test/a.png' } },
    request(`PUT ${at}/picture`, { body: { file: { url: 'https://x.test/a.png', filename: 'a.png', mimetype: 'image/png' } } }),
    ok,
    done,
  ],
  [
    'group.setAnnouncement',
    { group, announcement: true },
    request(`PUT ${at}/settings/security/messages-admin-only`, { body: { adminsOnly: true } }),
    ok,
    done,
  ],
  [
    'group.setLocked',
    { group, locked: false },
    request(`PUT ${at}/settings/security/info-admin-only`, { body: { adminsOnly: false } }),
    ok,
    done,
  ],
]

const lead = { id: '1', name: 'Lead', color: 3, colorHex: '#ff9485' }
const readLead = { session, id: '1', name: 'Lead', color: 3 }
const news = { id: channel, name: 'News', invite: 'https://whatsapp.com/channel/1', role: 'OWNER', subscribersCount: 7, description: 'All' }
const readNews = {
  session,
  id: channel,
  name: 'News',
  description: 'All',
  invite: 'https://whatsapp.com/channel/1',
  role: 'owner',
  subscribers: 7,
}
const inChannel = `/v2/channels/${path(channel)}`
const others: readonly Case[] = [
  ['label.list', {}, request('GET /v2/labels'), [lead], { items: [{ ...readLead, raw: lead }] }],
  ['label.create', { name: 'Lead' }, request('POST /v2/labels/create', { body: { name: 'Lead' } }), lead, readLead],
  ['label.create', { name: 'Lead', color: 3 }, request('POST /v2/labels/create', { body: { name: 'Lead', color: 3 } }), lead, readLead],
  ['label.update', { label: '1', name: 'Lead' }, request('PUT /v2/labels/1/update', { body: { name: 'Lead' } }), lead, readLead],
  ['label.delete', { label: '1' }, request('DELETE /v2/labels/1/delete'), ok, done],
  [
    'label.chats',
    { label: '1', limit: 1 },
    request('GET /v2/labels/1/chats'),
    [{ id: ada }, { id: group }],
    { items: [expect.objectContaining({ id: ada })], next: '1' },
  ],
  ['label.ofChat', { chat: ada }, request(`GET /v2/labels/chats/${path(ada)}`), [lead], { session, labels: [{ ...readLead, raw: lead }] }],
  [
    'label.setForChat',
    { chat: ada, labels: ['1'] },
    request(`PUT /v2/labels/chats/${path(ada)}`, { body: { labels: [{ id: '1' }] } }),
    ok,
    done,
  ],
  ['label.setForChat', { chat: ada, labels: [] }, request(`PUT /v2/labels/chats/${path(ada)}`, { body: { labels: [] } }), ok, done],
  ['channel.list', {}, request('GET /v2/channels'), [news], { items: [{ ...readNews, raw: news }] }],
  ['channel.get', { channel }, request(`GET ${inChannel}`), news, readNews],
  ['channel.create', { name: 'News' }, request('POST /v2/channels', { body: { name: 'News' } }), news, readNews],
  [
    'channel.create',
    { name: 'News', description: 'All' },
    request('POST /v2/channels', { body: { name: 'News', description: 'All' } }),
    news,
    readNews,
  ],
  ['channel.delete', { channel }, request(`DELETE ${inChannel}`), ok, done],
  ['channel.follow', { channel }, request(`POST ${inChannel}/follow`), ok, done],
  ['channel.unfollow', { channel }, request(`POST ${inChannel}/unfollow`), ok, done],
  ['channel.mute', { channel }, request(`POST ${inChannel}/mute`), ok, done],
  ['channel.unmute', { channel }, request(`POST ${inChannel}/unmute`), ok, done],
]

describe.each([
  ['people', people],
  ['groups', groups],
  ['labels and channels', others],
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

describe('input that cannot be', () => {
  it.each([
    ['message.get', { chat: ada, message: '' }, 'message'],
    ['message.get', { chat: '', message }, 'chat'],
    ['message.pin', { chat: ada, message, durationMs: 5 }, 'durationMs'],
    ['message.react', { chat: ada, message }, 'emoji'],
    ['message.markSeen', { chat: ada, messages: [] }, 'messages'],
    ['message.list', { chat: ada, limit: 0 }, 'limit'],
    ['message.list', { chat: ada, cursor: 'next' }, 'cursor'],
    ['contact.check', { phone: 'x' }, 'phone'],
    ['presence.set', { presence: 'busy' }, 'presence'],
    ['profile.setName', { name: '' }, 'name'],
    ['group.get', { group: ada }, 'group'],
    ['group.create', { subject: 'Club', participants: [] }, 'participants'],
    ['group.promote', { group, participants: [ada, 'x'] }, 'participants[1]'],
    ['group.join', { invite: 'https://chat.whatsapp.com/' }, 'invite'],
    ['group.setLocked', { group }, 'locked'],
    ['channel.mute', { channel: group }, 'channel'],
    ['label.delete', { label: '' }, 'label'],
    ['chat.list', { session: '' }, 'session'],
  ] as const)('%s %j', async (id, input, field) => {
    const { run, requests } = start([{ status: 200, body: ok }])
    const error = await failure(run(id, input))
    expect([error.kind, error.field, requests.length]).toEqual(['invalid_request', field, 0])
  })
})

describe('what is not there', () => {
  it.each([
    ['message.get', { chat: ada, message }],
    ['contact.get', { contact: ada }],
    ['group.get', { group }],
    ['channel.get', { channel }],
    ['chat.get', { chat: ada }],
    ['label.update', { label: '9', color: 1 }],
  ] as const)('%s: an empty answer is not_found', async (id, input) => {
    for (const body of [undefined, 'null', id === 'chat.get' ? [{ id: group }] : '[]']) {
      const error = await failure(start([{ status: 200, headers: { 'content-type': 'application/json' }, body }]).run(id, input))
      expect([body, error.kind, error.gateway]).toEqual([body, 'not_found', 'wawp'])
    }
  })
})

it.each([undefined, '{}', '[]', '""'])('a group without an invite code is a bad_response: %j', async (body) => {
  const error = await failure(
    start([{ status: 200, headers: { 'content-type': 'application/json' }, body }]).run('group.inviteLink', { group }),
  )
  expect(error).toMatchObject({ kind: 'bad_response', gateway: 'wawp', operation: 'group.inviteLink' })
})

it('a chat that is kept under the hidden number is the one that was asked for, when it is the only one', async () => {
  const get = (...ids: string[]) => start([{ status: 200, body: ids.map((id) => ({ id })) }]).run('chat.get', { chat: ada })
  expect(await get('99@lid')).toMatchObject({ id: '99@lid', kind: 'person' })
  expect(await failure(get('99@lid', '98@lid'))).toMatchObject({ kind: 'not_found' })
})

it('a label keeps its name when only its colour changes', async () => {
  const { run, calls } = start([{ status: 200, body: lead }])
  await run('label.update', { label: '1', color: 5 })
  expect(calls()).toEqual([request('GET /v2/labels/1'), request('PUT /v2/labels/1/update', { body: { name: 'Lead', color: 5 } })])
})
