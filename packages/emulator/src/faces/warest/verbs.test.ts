import { createHmac } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { at, type Caller, callerOf } from '../../../test/caller.ts'
import { expectLike, expectSame, recordings } from '../../../test/shape.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

const recorded = recordings('warest')
const API = '/api/v1'
const ME = '6281234567890'
const BOB = '6282222222222'
const ANN = '6281111111111'
const png = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const inMain = { sessionId: 'main' }
const toAnn = { ...inMain, to: ANN }
const jid = (phone: string) => `${phone}@s.whatsapp.net`

let clock: VirtualClock
let emulator: Emulator
let call: Caller
let delivered: { url: string; headers: Headers; body: string }[]
let answer: () => Response

const get = (path: string, query: Record<string, string> = {}) =>
  call('GET', `${API}${path}?${new URLSearchParams({ ...inMain, ...query })}`)
const post = (path: string, body: object) => call('POST', API + path, body)
const del = (path: string, body: object) => call('DELETE', API + path, body)

beforeEach(async () => {
  clock = createVirtualClock()
  const mine: typeof delivered = []
  delivered = mine
  answer = () => new Response(null, { status: 204 })
  emulator = createEmulator({
    clock,
    deliver: async (url, init) => {
      mine.push({ url, headers: new Headers(init.headers), body: String(init.body) })
      return answer()
    },
  })
  call = callerOf(emulator, 'warest')
  const made = call('GET', `${API}/session/create?sessionId=main`)
  await clock.advance(100)
  await made
  await emulator.control.scan({ gateway: 'warest', session: 'main', phone: ME })
  await clock.advance(50)
})

/** A message from Bob that has arrived. */
async function fromBob(text: string) {
  const { id } = await emulator.control.message({ from: BOB, to: ME, text })
  await clock.advance(200)
  return id
}

async function newGroup() {
  const made = await post('/group/create', { ...inMain, groupName: 'Demo Group', participants: [ANN] })
  expectLike(made, recorded('create-group'))
  return String(at(made, 'results.0.groupId'))
}

describe('sending', () => {
  test.each([
    ['send-media', '/messages/send/media', { media: png, caption: 'pic', compress: false }],
    ['send-document', '/messages/send/document', { document: 'https://example.com/b.pdf', filename: 'b.pdf', caption: 'doc' }],
    ['send-audio', '/messages/send/audio', { audio: 'data:audio/wav;base64,UklGRiQAAABXQVZF' }],
    ['send-sticker', '/messages/send/sticker', { sticker: png }],
    ['send-location', '/messages/send/location', { location: { latitude: -6.2, longitude: 106.8, name: 'Monas', address: 'Jakarta' } }],
    ['send-poll', '/messages/send/poll', { question: 'Lunch?', options: ['Rice', 'Noodle'] }],
    ['send-contact', '/messages/send/contact', { contact: { name: 'Ann', phone: '6285555555555' } }],
  ])('%s', async (name, path, body) => {
    const sent = await post(path, { ...toAnn, ...body })
    expectLike(sent, recorded(name))
    expect(at(sent, 'results.0.status')).toBe(at({ ...recorded(name), type: null }, 'results.0.status'))
    await clock.advance(200)
    expect(await emulator.control.messages({ phone: ANN })).toMatchObject([{ id: at(sent, 'results.0.messageId'), from: ME }])
  })

  test('a file as a part of a form', async () => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...toAnn, caption: 'x' })) form.append(name, value)
    form.append('media', new Blob([Uint8Array.from([1, 2])], { type: 'image/png' }), 'a.png')
    const { baseUrl, credentials } = emulator.gateways.warest
    const headers = { 'x-warest-api-key': credentials.apiKey ?? '' }
    const response = await emulator.fetch(`${baseUrl}${API}/messages/send/media`, { method: 'POST', headers, body: form })
    const sent = { status: response.status, type: response.headers.get('content-type'), body: await response.json() }
    expectLike(sent, recorded('send-media-form'))
    await clock.advance(200)
    expect(await emulator.control.messages({ phone: ANN })).toMatchObject([
      { type: 'image', text: 'x', media: { filename: 'a.png', size: 2 } },
    ])
  })

  test('bad input', async () => {
    const bad = (path: string, body: object) => post(`/messages/send/${path}`, { ...toAnn, ...body })
    expectSame(await bad('media', { media: 'data:application/pdf;base64,JVBERi0xLjQKJSVFT0Y=' }), recorded('send-media-wrong-type'))
    expectSame(await bad('media', {}), recorded('send-media-missing'))
    expectSame(await bad('location', { location: {} }), recorded('send-location-bad'))
    expectSame(await bad('poll', { question: 'Lunch?', options: [] }), recorded('send-poll-bad'))
  })

  test('a hidden id is read as a number, which is somebody else', async () => {
    const sent = await post('/messages/send/text', { ...inMain, to: `9${ANN}@lid`, message: 'x' })
    expect(at(sent, 'results.0.toJid')).toBe(jid(`9${ANN}`))
  })

  test('a text is taken for HTML, and mentions every number in it', async () => {
    await post('/messages/send/text', { ...toAnn, message: `<b>Hi</b> @${BOB}<script>` })
    expect(await emulator.control.messages({})).toMatchObject([{ text: `*Hi* @${BOB}`, mentions: [`${BOB}@c.us`] }])
  })
})

describe('chats', () => {
  test('list and messages', async () => {
    await fromBob('Hello shop')
    expectLike(await get('/chats'), recorded('list-chats'))
    expect(at(await get('/chats'), 'result.data.0')).toMatchObject({ jid: jid(BOB), unreadCount: 1, lastMessage: 'Hello shop' })
    expectLike(await get(`/chats/${jid(BOB)}/messages`), recorded('fetch-chat-messages'))
    const picture = await post('/messages/send/media', { ...inMain, to: BOB, media: png, caption: 'Sea' })
    const { data, pagination } = at(await get(`/chats/${BOB}/messages`, { limit: '1' }), 'result') as Record<string, object[]>
    expect(pagination).toEqual({ limit: 1, offset: 0, total: 2 })
    expect(data).toMatchObject([
      { id: at(picture, 'results.0.messageId'), fromMe: true, messageType: 'image', body: '([Image]) Sea', isMedia: true },
    ])
  })

  test('a session that is not open looks unknown', async () => {
    expectSame(await call('GET', `${API}/chats?sessionId=ghost`), recorded('chats-not-open'))
  })

  test('archive, mute, pin and clear', async () => {
    const id = await fromBob('Hello')
    const toBob = { ...inMain, to: BOB }
    const chat = async () => at(await get(`/chats/${BOB}/messages`), 'result') as { data: object[] }
    expectLike(await post('/messages/action/archive', toBob), recorded('archive-chat'))
    expectLike(await post('/messages/action/unarchive', toBob), recorded('unarchive-chat'))
    expectLike(await post('/messages/action/mute', toBob), recorded('mute-chat'))
    expectLike(await post('/messages/action/unmute', toBob), recorded('unmute-chat'))
    expectSame(await post('/messages/action/mute', inMain), recorded('mute-no-to'))
    expectLike(await post(`/chats/${jid(BOB)}/pin`, { ...inMain, pin: true }), recorded('pin-unpin-chat'))
    expectLike(await post(`/chats/${jid(BOB)}/messages/${id}/pin`, { ...inMain, pin: true }), recorded('pin-unpin-message'))
    expect((await chat()).data).toHaveLength(1)
    expectLike(await del('/messages/action/clear-all', toBob), recorded('clear-chat-messages'))
    expect((await chat()).data).toEqual([])
  })

  test('messages are marked, starred, changed and taken back', async () => {
    const id = await fromBob('Hello')
    expectLike(await post(`/chats/${jid(BOB)}/read`, { ...inMain, days: 0 }), recorded('mark-chat-read'))
    expect((await post(`/chats/${jid(ANN)}/read`, inMain)).body).toMatchObject({ code: 2004, result: null })
    const own = String(at(await post('/messages/send/text', { ...inMain, to: BOB, message: 'first' }), 'results.0.messageId'))
    await clock.advance(200)
    const act = (name: string, message: string, body: object = {}) =>
      post(`/messages/${message}/action/${name}`, { ...inMain, to: BOB, ...body })
    expectLike(await act('mark-as-read', id), recorded('mark-message-read'))
    expectLike(await act('star', id), recorded('star-message'))
    expectLike(await act('unstar', id), recorded('unstar-message'))
    expectLike(await act('reaction', id, { emoji: '👍' }), recorded('react-to-message'))
    expectSame(await act('reaction', id), recorded('react-no-emoji'))
    expectLike(await act('unreaction', id), recorded('remove-reaction'))
    expectLike(await act('edit', own, { message: 'second' }), recorded('edit-message'))
    expect((await act('edit', id, { message: 'not mine' })).body).toMatchObject({ code: 4001 })
    expect(at(await get(`/chats/${BOB}/messages`), 'result.data.0')).toMatchObject({ id: own, body: 'second', isEdited: true })
    expectLike(await act('revoke', own), recorded('revoke-message'))
    expect(await emulator.control.messages({ phone: BOB })).toMatchObject([{ id: own, revoked: true }])
    expectLike(await del(`/messages/${id}/action/delete`, { ...inMain, to: BOB }), recorded('delete-message'))
    expectSame(await del(`/messages/${id}/action/delete`, inMain), recorded('delete-message-no-to'))
    // whether it exists is not looked at
    expect((await act('star', 'NONE')).status).toBe(200)
  })
})

describe('groups', () => {
  test('list, details and members', async () => {
    const groupId = await newGroup()
    await post('/group/description', { ...inMain, groupId, groupDescription: 'A group' })
    expectLike(await get('/groups'), recorded('list-groups'))
    expectLike(await get('/group/info', { groupId }), recorded('group-info'))
    expectLike(await get('/group/participants', { groupId }), recorded('list-participants'))
    expectSame(await get('/group/info', { groupId: '999@g.us' }), recorded('group-info-unknown'))
    expectSame(await get('/group/info'), recorded('group-info-no-group'))
    expectSame(await call('GET', `${API}/groups?sessionId=ghost`), recorded('groups-unknown-session'))
    expectSame(await call('GET', `${API}/groups`), recorded('groups-no-session'))
    await call('GET', `${API}/session/logout?sessionId=main`)
    expectSame(await get('/groups'), recorded('groups-not-open'))
  })

  test('changes', async () => {
    const groupId = await newGroup()
    const group = { ...inMain, groupId }
    expectLike(await post('/group/name', { ...group, groupName: 'Renamed' }), recorded('update-group-name'))
    expectLike(await post('/group/description', { ...group, groupDescription: 'Desc' }), recorded('update-group-description'))
    expectLike(await post('/group/announcement', { ...group, announcement: true }), recorded('toggle-announcement-mode'))
    expectLike(await post('/group/locked', { ...group, locked: true }), recorded('lock-group-edits'))
    expect(at(await get('/group/info', { groupId }), 'results.0.data')).toMatchObject({
      subject: 'Renamed',
      desc: 'Desc',
      announce: true,
      restrict: true,
    })
    expectLike(await post('/group/picture', { ...group, picture: png }), recorded('set-group-picture'))
    expectSame(await post('/group/picture', { ...group, picture: 'nofile.png' }), recorded('set-group-picture-unreadable'))
    expectLike(await get('/group/picture', { groupId }), recorded('get-group-picture'))
    expectLike(await del('/group/picture', group), recorded('delete-group-picture'))
    const before = at(await get('/group/invite', { groupId }), 'results.0.inviteLink')
    expectLike(await get('/group/invite', { groupId }), recorded('get-invite-link'))
    const revoked = await post('/group/invite/revoke', group)
    expectLike(revoked, recorded('revoke-invite-link'))
    expect(at(revoked, 'results.0.inviteLink')).not.toBe(before)
  })

  test('members come and go, each with what became of it', async () => {
    const group = { ...inMain, groupId: await newGroup() }
    expectLike(await post('/group/participants/add', { ...group, participants: ['6284444444444'] }), recorded('add-participants'))
    expectSame(await post('/group/participants/add', { ...group, participants: [] }), recorded('add-participants-none'))
    const part = await post('/group/participants/add', { ...group, participants: ['6285555550000', BOB] })
    expect([part.status, at(part, 'results.0')]).toMatchObject([
      207,
      { addedParticipants: [BOB], failedToAdd: ['6285555550000'], status: 'partial' },
    ])
    expectLike(await post('/group/participants/promote', { ...group, participants: [BOB] }), recorded('promote-participants'))
    const demoted = await post('/group/participants/demote', { ...group, participants: [BOB, ME] })
    expectLike(demoted, recorded('demote-participants'))
    expect(at(demoted, 'results.0.participants')).toEqual([
      { phone: BOB, status: 'demoted' },
      { phone: ME, status: 'not permitted' },
    ])
    const removed = await del('/group/participants/remove', { ...group, participants: [BOB, '6289999999999'] })
    expectLike(removed, recorded('remove-participants'))
    expect(at(removed, 'results.0')).toMatchObject({ removedParticipants: [BOB], failedToRemove: [] })
    expectLike(await del('/group/delete', group), recorded('delete-group'))
    expect(at(await get('/groups'), 'results.0.data')).toEqual([])
  })

  test('who asks to join is let in or turned down', async () => {
    const { id, invite } = await emulator.control.group({ phone: ME, subject: 'Closed', participants: [], approval: true })
    await emulator.control.join({ phone: BOB, invite })
    await emulator.control.join({ phone: ANN, invite })
    expectLike(await get('/group/participants/requests', { groupId: id }), recorded('list-join-requests'))
    const group = { ...inMain, groupId: id }
    expectLike(await post('/group/participants/request/approve', { ...group, participants: [BOB] }), recorded('approve-join-request'))
    expectLike(await post('/group/participants/request/reject', { ...group, participants: [ANN] }), recorded('reject-join-request'))
    expect(at(await get('/group/participants/requests', { groupId: id }), 'results.0.joinRequests')).toEqual([])
    const again = await post('/group/participants/request/reject', { ...group, participants: [ANN] })
    expect(again).toMatchObject({ status: 207, body: { code: 1004, message: 'Some participants failed to reject' } })
  })

  test('joining by link, and leaving', async () => {
    const { id, invite } = await emulator.control.group({ phone: BOB, subject: 'Bobs', participants: [] })
    const link = `https://chat.whatsapp.com/${invite}`
    expect(at(await get('/group/join-via-link', { inviteLink: link }), 'results.0')).toMatchObject({ groupId: id, groupName: 'Bobs' })
    expectLike(await post('/group/join-via-link', { ...inMain, inviteLink: link }), recorded('join-via-link'))
    // a member is no admin
    expect(at(await get('/group/invite', { groupId: id }), 'results.0.inviteLink')).toBeNull()
    expect((await post('/group/announcement', { ...inMain, groupId: id, announcement: true })).body).toMatchObject({ message: 'forbidden' })
    expectLike(await post('/group/leave', { ...inMain, groupId: id }), recorded('leave-group'))
    expect((await post('/group/leave', { ...inMain, groupId: id })).status).toBe(207)
    expect((await post('/group/join-via-link', { ...inMain, inviteLink: 'NoSuchInvite12345' })).status).toBe(502)
  })
})

test('profile and contacts', async () => {
  await fromBob('Hello')
  expect(at(await get('/profile/info'), 'results.0')).toMatchObject({ phone: ME, entries: { Agent: 7 } })
  expectLike(await post('/profile/picture', { ...inMain, picture: png }), recorded('set-profile-picture'))
  expectLike(await get('/profile/picture'), recorded('get-profile-picture'))
  expectSame(await del('/profile/picture', inMain), recorded('delete-profile-picture'))
  expectLike(await get('/profile/privacy'), recorded('get-privacy-settings'))
  expectLike(await get('/profile/list-contacts'), recorded('list-contacts'))
  expectLike(await get('/profile/on-whatsapp', { checkNumbers: `${ANN},6281000000000` }), recorded('check-on-whatsapp'))
  expectSame(await get('/profile/on-whatsapp'), recorded('check-missing'))
  expect(at(await get('/profile/on-whatsapp', { checkNumbers: ANN, deep: 'true' }), 'results.0.data')).toMatchObject({ about: 'Available' })
})

describe('webhooks', () => {
  const url = 'http://hook.test/in'
  /** What came, once it is that many: signing takes a moment of real time. */
  async function came(count: number) {
    // a busy machine takes its time
    await vi.waitFor(() => expect(delivered.length).toBeGreaterThanOrEqual(count), { timeout: 15_000 })
    return delivered.map(({ body }) => JSON.parse(body))
  }
  const set = () => post('/session/main/config', { webhookUrl: url, webhookSecret: 'topsecret1' })

  test('are signed with secret and user', async () => {
    await set()
    await fromBob('Hello')
    const events = await came(1)
    const [first] = delivered
    expect(first?.url).toBe(url)
    const mac = createHmac('sha256', 'topsecret1admin')
      .update(first?.body ?? '')
      .digest('hex')
    expect(first?.headers.get('x-warest-signature')).toBe(`HMAC-SHA256=${mac}`)
    expect(events).toMatchObject([
      {
        event: 'message_received',
        data: { id: 'main', text: 'Hello', contentType: 'conversation', sender: { chatId: jid(BOB) } },
        session: { id: 'main', username: 'admin' },
      },
    ])
  })

  test('tell of what others do, not of what the account does itself', async () => {
    await set()
    const sent = await post('/messages/send/text', { ...inMain, to: BOB, message: 'Hi' })
    await clock.advance(500)
    await emulator.control.react({ phone: BOB, message: String(at(sent, 'results.0.messageId')), emoji: '❤' })
    const { id } = await emulator.control.group({ phone: BOB, subject: 'Bobs', participants: [ME] })
    await emulator.control.call({ from: BOB, to: ME })
    const events = await came(4)
    expect(events.map(({ event }) => event)).toEqual(['message_reaction', 'group_participants', 'group_join', 'call'])
    expect(events[1].data).toMatchObject({ groupId: id, action: 'add', participants: [jid(ME)] })
  })

  test('stay silent after a reconnect until they are set again, and with a short secret', async () => {
    await set()
    await call('GET', `${API}/session/reconnect?sessionId=main`)
    await clock.advance(200)
    await fromBob('lost')
    await post('/session/main/config', { webhookUrl: url, webhookSecret: 'short' })
    await fromBob('silent')
    await set()
    await fromBob('found')
    const told = (await came(2)).map(({ event, data }) => data.text ?? data.tags ?? event)
    expect(told).toEqual(['close', 'found'])
  })

  test('are forgotten when a delivery fails for good', async () => {
    await set()
    answer = () => new Response(null, { status: 410 })
    await fromBob('gone')
    await came(1)
    const told = call('GET', `${API}/session/create?sessionId=main`)
    await clock.advance(10)
    expect(at(await told, 'results.0.webhookUrl')).toBe('')
  })

  test('carry out what an answer says: better say nothing', async () => {
    await set()
    answer = () => Response.json({ actions: [{ type: 'text', to: jid(ANN), text: 'sent by an answer' }] })
    await fromBob('Hello')
    await came(1)
    await clock.advance(200)
    expect(await emulator.control.messages({ phone: ANN })).toMatchObject([{ text: 'sent by an answer' }])
  })
})
