import type { VerbId } from '@wamux/core'
import { describe, expect, it } from 'vitest'
import { failure, SESSION as session, verbs } from './fixtures/scripted.ts'

const person = '12025550143@c.us'
const group = '120363000000000000@g.us'
const channel = '120363999999999999@newsletter'
const message = `true_${person}_AB`
const participants = ['+1 202-555-0143', '99@lid']
const persons = { participants: [{ id: person }, { id: '99@lid' }] }

const chats = `/api/${session}/chats/${person}`
const groups = `/api/${session}/groups/${group}`
const one = { chat: person, message }

const textMessage = {
  id: message,
  timestamp: 1_795_223_577,
  from: person,
  fromMe: true,
  body: 'hello',
  hasMedia: false,
  media: null,
  ack: 3,
  ackName: 'READ',
  replyTo: null,
  _data: { key: {}, message: { conversation: 'hello' } },
}
const asMessage = {
  session,
  id: message,
  chat: person,
  fromMe: true,
  type: 'text',
  text: 'hello',
  at: 1_795_223_577_000,
  ack: 'read',
  raw: textMessage,
}
const noweb = { id: group, subject: 'Club', desc: 'About', creation: 1_700_000_000, restrict: true, announce: false, participants: [] }

/** What each verb that tells something asks for, is answered, and makes of it. */
const answers: readonly [VerbId, object, string, object | undefined, unknown, object][] = [
  ['message.get', one, `GET ${chats}/messages/${message}?downloadMedia=false`, undefined, textMessage, asMessage],
  [
    'chat.get',
    { chat: person },
    `GET /api/${session}/chats/overview?ids=${person}`,
    undefined,
    [{ id: person, name: 'Ada', lastMessage: textMessage }],
    { session, id: person, kind: 'person', name: 'Ada', at: 1_795_223_577_000, raw: { id: person, name: 'Ada', lastMessage: textMessage } },
  ],
  [
    'contact.get',
    { contact: person },
    `GET /api/contacts?session=${session}&contactId=${person}`,
    undefined,
    { id: person, pushname: 'Ada' },
    { session, id: person, phone: '+12025550143', pushName: 'Ada', raw: { id: person, pushname: 'Ada' } },
  ],
  [
    'contact.check',
    { phone: '+1 202 555 0143' },
    `GET /api/contacts/check-exists?session=${session}&phone=12025550143`,
    undefined,
    { numberExists: true, chatId: person },
    { session, exists: true, id: person, raw: { numberExists: true, chatId: person } },
  ],
  [
    'contact.check',
    { phone: '+1 202 555 0143' },
    `GET /api/contacts/check-exists?session=${session}&phone=12025550143`,
    undefined,
    { numberExists: false },
    { session, exists: false, raw: { numberExists: false } },
  ],
  [
    'contact.profilePicture',
    { contact: person },
    `GET /api/contacts/profile-picture?session=${session}&contactId=${person}`,
    undefined,
    { profilePictureURL: null },
    { session, raw: { profilePictureURL: null } },
  ],
  [
    'contact.about',
    { contact: person },
    `GET /api/contacts/about?session=${session}&contactId=${person}`,
    undefined,
    { about: 'Hi' },
    { session, about: 'Hi', raw: { about: 'Hi' } },
  ],
  [
    'group.get',
    { group },
    `GET ${groups}`,
    undefined,
    noweb,
    {
      session,
      id: group,
      subject: 'Club',
      description: 'About',
      participants: [],
      announcement: false,
      locked: true,
      createdAt: 1_700_000_000_000,
      raw: noweb,
    },
  ],
  [
    'group.create',
    { subject: 'Club', participants },
    `POST /api/${session}/groups`,
    { name: 'Club', ...persons },
    noweb,
    {
      session,
      id: group,
      subject: 'Club',
      description: 'About',
      participants: [],
      announcement: false,
      locked: true,
      createdAt: 1_700_000_000_000,
      raw: noweb,
    },
  ],
  [
    'group.join',
    { invite: 'https://chat.whatsapp.com/AbC-1' },
    `POST /api/${session}/groups/join`,
    { code: 'AbC-1' },
    { id: group },
    { session, done: true, group, raw: { id: group } },
  ],
  [
    'group.inviteLink',
    { group },
    `GET ${groups}/invite-code`,
    undefined,
    'AbC',
    { session, link: 'https://chat.whatsapp.com/AbC', raw: 'AbC' },
  ],
  [
    'group.inviteLink',
    { group },
    `GET ${groups}/invite-code`,
    undefined,
    'https://chat.whatsapp.com/AbC',
    { session, link: 'https://chat.whatsapp.com/AbC', raw: 'https://chat.whatsapp.com/AbC' },
  ],
  [
    'group.revokeInvite',
    { group },
    `POST ${groups}/invite-code/revoke`,
    undefined,
    'XyZ',
    { session, done: true, link: 'https://chat.whatsapp.com/XyZ', raw: 'XyZ' },
  ],
  [
    'group.addParticipants',
    { group, participants },
    `POST ${groups}/participants/add`,
    persons,
    [
      { status: '200', jid: '12025550143@s.whatsapp.net' },
      { status: '403', jid: '99@lid' },
    ],
    {
      session,
      participants: [
        { id: person, ok: true },
        { id: '99@lid', ok: false, reason: '403' },
      ],
      raw: [
        { status: '200', jid: '12025550143@s.whatsapp.net' },
        { status: '403', jid: '99@lid' },
      ],
    },
  ],
  [
    'group.removeParticipants',
    { group, participants },
    `POST ${groups}/participants/remove`,
    persons,
    { status: 200 },
    { session, participants: [], raw: { status: 200 } },
  ],
  [
    'group.promote',
    { group, participants },
    `POST ${groups}/admin/promote`,
    persons,
    { [person]: { code: 200 } },
    { session, participants: [{ id: person, ok: true }], raw: { [person]: { code: 200 } } },
  ],
  [
    'group.demote',
    { group, participants },
    `POST ${groups}/admin/demote`,
    persons,
    [{ JID: '12025550143@s.whatsapp.net', Error: 0 }],
    { session, participants: [{ id: person, ok: true }], raw: [{ JID: '12025550143@s.whatsapp.net', Error: 0 }] },
  ],
  [
    'presence.get',
    { chat: person },
    `GET /api/${session}/presence/${person}`,
    undefined,
    { id: person, presences: [{ participant: person, lastKnownPresence: 'typing', lastSeen: 1_795_223_577 }] },
    {
      session,
      chat: person,
      presences: [{ id: person, state: 'typing', lastSeenAt: 1_795_223_577_000 }],
      raw: { id: person, presences: [{ participant: person, lastKnownPresence: 'typing', lastSeen: 1_795_223_577 }] },
    },
  ],
  [
    'profile.get',
    {},
    `GET /api/${session}/profile`,
    undefined,
    { id: person, name: 'Ada', picture: null },
    { session, id: person, name: 'Ada', raw: { id: person, name: 'Ada', picture: null } },
  ],
  [
    'label.create',
    { name: 'Lead', color: 3 },
    `POST /api/${session}/labels`,
    { name: 'Lead', color: 3 },
    { id: '1', name: 'Lead', color: 3 },
    { session, id: '1', name: 'Lead', color: 3, raw: { id: '1', name: 'Lead', color: 3 } },
  ],
  [
    'label.update',
    { label: '1', name: 'New', color: 4 },
    `PUT /api/${session}/labels/1`,
    { name: 'New', color: 4 },
    { id: '1', name: 'New', color: 4 },
    { session, id: '1', name: 'New', color: 4, raw: { id: '1', name: 'New', color: 4 } },
  ],
  [
    'label.ofChat',
    { chat: person },
    `GET /api/${session}/labels/chats/${person}`,
    undefined,
    [{ id: 1, name: 'Lead' }],
    { session, labels: [{ session, id: '1', name: 'Lead', raw: { id: 1, name: 'Lead' } }], raw: [{ id: 1, name: 'Lead' }] },
  ],
  [
    'channel.get',
    { channel },
    `GET /api/${session}/channels/${channel}`,
    undefined,
    { id: channel, name: 'News', role: 'OWNER', subscribersCount: 2 },
    {
      session,
      id: channel,
      name: 'News',
      role: 'owner',
      subscribers: 2,
      raw: { id: channel, name: 'News', role: 'OWNER', subscribersCount: 2 },
    },
  ],
  [
    'channel.create',
    { name: 'News' },
    `POST /api/${session}/channels`,
    { name: 'News' },
    { id: channel, name: 'News', role: 'BOSS' },
    { session, id: channel, name: 'News', role: 'unknown', raw: { id: channel, name: 'News', role: 'BOSS' } },
  ],
]

describe('tells', () => {
  it.each(answers)('%s %j', async (id, input, request, body, answer, expected) => {
    const { run, calls } = verbs([{ status: 200, body: answer }])
    expect(await run(id, input)).toMatchObject(expected)
    expect(calls()).toEqual([body === undefined ? [request] : [request, body]])
  })

  it.each(['message.get', 'chat.get', 'contact.get', 'group.get', 'channel.get'] as const)(
    '%s: not_found for an empty answer',
    async (id) => {
      const { run } = verbs([{ status: 200 }])
      const error = await failure(run(id, { chat: person, message, contact: person, group, channel }))
      expect(error).toMatchObject({ kind: 'not_found', gateway: 'waha', operation: id })
    },
  )

  it('the chat that was asked for, or that of its hidden number, and no other', async () => {
    const get = (...ids: string[]) => verbs([{ status: 200, body: ids.map((id) => ({ id })) }]).run('chat.get', { chat: person })
    // a server that does not filter gives others as well
    expect(await get(group, person)).toMatchObject({ id: person })
    expect(await get('99@lid')).toMatchObject({ id: '99@lid' })
    for (const others of [[], [group], [group, '99@lid']]) expect(await failure(get(...others))).toMatchObject({ kind: 'not_found' })
  })

  it('that a group is not there, although NOWEB calls that a crash', async () => {
    const exception = { message: `Group with id '${group}' not found`, name: 'Error', stack: '' }
    const { run } = verbs([{ status: 500, body: { statusCode: 500, exception } }])
    expect(await failure(run('group.get', { group }))).toMatchObject({ kind: 'not_found', status: 500 })
  })

  it('that there is no invite code', async () => {
    expect(await failure(verbs([{ status: 200 }]).run('group.inviteLink', { group }))).toMatchObject({ kind: 'bad_response' })
  })

  it('a label that is changed in part keeps the rest', async () => {
    const labels = [{ id: '1', name: 'Lead', color: 3 }]
    const { run, calls } = verbs([
      { status: 200, body: labels },
      { status: 200, body: { id: '1', name: 'New', color: 3 } },
    ])
    await run('label.update', { label: '1', name: 'New' })
    await run('label.update', { label: '1', color: 0 }).catch(() => {})
    expect(calls().slice(0, 2)).toEqual([[`GET /api/${session}/labels`], [`PUT /api/${session}/labels/1`, { name: 'New', color: 3 }]])
    expect(await failure(verbs([{ status: 200, body: labels }]).run('label.update', { label: '2', name: 'New' }))).toMatchObject({
      kind: 'not_found',
    })
  })
})

describe('before anything is asked, refuses', () => {
  it.each([
    ['message.get', { chat: person, message: '' }, 'message'],
    ['message.get', { chat: person, message: '..' }, 'messageId'],
    ['message.react', { ...one, emoji: undefined }, 'emoji'],
    ['message.edit', { ...one, text: '' }, 'text'],
    ['message.pin', { ...one, durationMs: 1 }, 'durationMs'],
    ['message.markSeen', { chat: person, messages: [] }, 'messages'],
    ['message.markSeen', { chat: person, session: '' }, 'session'],
    ['message.list', { chat: person, limit: 0 }, 'limit'],
    ['message.list', { chat: person, cursor: 'x' }, 'cursor'],
    ['chat.archive', { chat: 'x' }, 'chat'],
    ['chat.list', { session: '' }, 'session'],
    ['contact.get', { contact: group }, 'contact'],
    ['contact.check', { phone: 'x' }, 'phone'],
    ['group.get', { group: person }, 'group'],
    ['group.create', { subject: 'x', participants: [] }, 'participants'],
    ['group.addParticipants', { group, participants: [group] }, 'participants[0]'],
    ['group.join', { invite: 'https://chat.whatsapp.com/' }, 'invite'],
    ['group.setAnnouncement', { group, announcement: 'yes' }, 'announcement'],
    ['presence.set', { presence: 'typing' }, 'presence'],
    ['channel.get', { channel: group }, 'channel'],
    ['label.setForChat', { chat: person, labels: [''] }, 'labels[0]'],
  ] as const)('%s %j', async (id, input, field) => {
    const { run, requests } = verbs()
    expect(await failure(run(id, input))).toMatchObject({ kind: 'invalid_request', field })
    expect(requests).toEqual([])
  })
})
