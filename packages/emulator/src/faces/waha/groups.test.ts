import { beforeEach, describe, expect, test } from 'vitest'
import { type Answered, at, type Caller, callerOf } from '../../../test/caller.ts'
import { expectLike, expectSame, recordings } from '../../../test/shape.ts'
import { createVirtualClock, type VirtualClock } from '../../clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../../emulator.ts'

const recorded = recordings('waha')
const ME = '12132132130'
const OTHER = '11111111111'
const person = `${OTHER}@c.us`
const session = 'default'

let clock: VirtualClock
let emulator: Emulator
let call: Caller

beforeEach(async () => {
  clock = createVirtualClock()
  emulator = createEmulator({ clock })
  call = callerOf(emulator, 'waha')
  await call('POST', '/api/sessions', { name: session, start: true })
  await clock.advance(50)
  await emulator.control.scan({ gateway: 'waha', session, phone: ME })
  await clock.advance(50)
})

const ok = async (answer: Promise<Answered>) => {
  const { status, body } = await answer
  expect([status, body]).toEqual([expect.toBeOneOf([200, 201]), body])
  return body as never
}

describe('groups', () => {
  const create = async (...persons: string[]) => {
    const participants = persons.map((id) => ({ id }))
    return ok(call('POST', `/api/${session}/groups`, { name: 'Club', participants })) as Promise<{ id: string }>
  }

  test('are made, found and changed', async () => {
    const { id } = await create(person)
    const path = `/api/${session}/groups/${id}`
    await ok(call('PUT', `${path}/subject`, { subject: 'New' }))
    await ok(call('PUT', `${path}/description`, { description: 'About' }))
    await ok(call('PUT', `${path}/picture`, { file: { data: 'AAAA', mimetype: 'image/png' } }))
    await ok(call('PUT', `${path}/settings/security/info-admin-only`, { adminsOnly: true }))
    await ok(call('PUT', `${path}/settings/security/messages-admin-only`, { adminsOnly: true }))
    expect(await ok(call('GET', path))).toMatchObject({
      id,
      subject: 'New',
      desc: 'About',
      restrict: true,
      announce: true,
      participants: [{ admin: 'superadmin' }, { id: `${OTHER}@s.whatsapp.net`, admin: null }],
    })
    expect(Object.keys(await ok(call('GET', `/api/${session}/groups`)))).toEqual([id])
    expect(await emulator.control.groupOf({ group: id })).toMatchObject({ subject: 'New', hasPicture: true })
    const code = await ok(call('GET', `${path}/invite-code`))
    expect(await emulator.control.groupOf({ group: id })).toMatchObject({ invite: code })
    expect(await ok(call('POST', `${path}/invite-code/revoke`))).not.toBe(code)
    await ok(call('POST', `${path}/leave`))
    expect(at(await call('GET', path), 'exception.message')).toBe(`Group with id '${id}' not found`)
  })

  test('an unknown one ends inside the engine', async () => {
    const answer = await call('GET', `/api/${session}/groups/120363000000000000@g.us`)
    expectLike(answer, recorded('group-404'))
  })

  test('tell what became of each person', async () => {
    const { id } = await create(person)
    const path = `/api/${session}/groups/${id}`
    const both = { participants: [{ id: person }, { id: '12025550143@c.us' }] }
    expect(await ok(call('POST', `${path}/participants/add`, both))).toEqual([
      { status: '409', jid: `${OTHER}@s.whatsapp.net`, content: {} },
      { status: '200', jid: '12025550143@s.whatsapp.net', content: {} },
    ])
    await ok(call('POST', `${path}/admin/promote`, { participants: [{ id: person }] }))
    expect(await ok(call('GET', `${path}/participants/v2`))).toContainEqual({ id: person, pn: person, role: 'admin' })
    await ok(call('POST', `${path}/admin/demote`, { participants: [{ id: person }] }))
    await ok(call('POST', `${path}/participants/remove`, { participants: [{ id: person }] }))
    expect(Object.keys((await emulator.control.groupOf({ group: id })).participants)).toEqual([ME, '12025550143'])
  })

  test('of others are joined by their link, and changed only by admins', async () => {
    const { id, invite } = await emulator.control.group({ phone: OTHER, subject: 'Open', participants: [] })
    expect(await ok(call('POST', `/api/${session}/groups/join`, { code: `https://chat.whatsapp.com/${invite}` }))).toEqual({ id })
    const refused = await call('GET', `/api/${session}/groups/${id}/invite-code`)
    expect(refused).toMatchObject({ status: 500, body: { exception: { message: 'forbidden', data: 403 } } })
  })
})

describe('people', () => {
  test('are known after a talk, looked up, and blocked', async () => {
    expectSame(await call('GET', `/api/contacts/all?session=${session}`), recorded('contacts-all'))
    expectSame(await call('GET', `/api/${session}/lids`), recorded('lids'))
    const nobody = { ...recorded('check-exists-no'), request: recorded('contacts-all').request }
    expectSame(await call('GET', `/api/contacts/check-exists?phone=11111110000&session=${session}`), nobody)
    expect(await call('GET', `/api/contacts?contactId=${person}&session=${session}`)).toMatchObject({ status: 200, body: '' })
    await ok(call('POST', '/api/sendText', { session, chatId: person, text: 'Hi' }))
    expect(await ok(call('GET', `/api/contacts?contactId=${person}&session=${session}`))).toMatchObject({ id: person })
    await ok(call('POST', '/api/contacts/block', { session, contactId: person }))
    expect((await emulator.control.accountOf({ phone: ME })).blocked).toEqual([OTHER])
    await ok(call('POST', '/api/contacts/unblock', { session, contactId: person }))
    expect(await ok(call('GET', `/api/contacts/about?contactId=${person}&session=${session}`))).toEqual({ about: 'Available' })
  })

  test('are seen while they type, once somebody looks', async () => {
    expectSame(await call('GET', `/api/${session}/presence`), recorded('presence-get'))
    await ok(call('POST', `/api/${session}/presence/${person}/subscribe`))
    await emulator.control.presence({ phone: OTHER, chat: ME, presence: 'typing' })
    const typing = { participant: person, lastSeen: null, lastKnownPresence: 'typing' }
    expect(await ok(call('GET', `/api/${session}/presence/${person}`))).toEqual({ id: person, presences: [typing] })
    await ok(call('POST', `/api/${session}/presence`, { presence: 'recording', chatId: person }))
    expect(await emulator.control.presenceOf({ phone: ME, chat: OTHER })).toMatchObject({ presence: 'recording' })
    expect((await call('POST', `/api/${session}/presence`, { presence: 'online', chatId: person })).status).toBe(400)
  })

  test('the account shows itself', async () => {
    await ok(call('PUT', `/api/${session}/profile/name`, { name: 'Ada' }))
    await ok(call('PUT', `/api/${session}/profile/status`, { status: 'Counting' }))
    await ok(call('PUT', `/api/${session}/profile/picture`, { file: { data: 'AAAA', mimetype: 'image/png' } }))
    expect(await emulator.control.accountOf({ phone: ME })).toMatchObject({ name: 'Ada', about: 'Counting', hasPicture: true })
    expect(await ok(call('GET', `/api/${session}/profile`))).toMatchObject({ id: `${ME}@c.us`, name: 'Ada', picture: expect.any(String) })
  })
})

test('labels are given to chats', async () => {
  const { id } = (await ok(call('POST', `/api/${session}/labels`, { name: 'Lead', color: 3 }))) as { id: string }
  await ok(call('PUT', `/api/${session}/labels/chats/${person}`, { labels: [{ id }] }))
  expect(await ok(call('GET', `/api/${session}/labels/chats/${person}`))).toMatchObject([{ id, name: 'Lead', color: 3 }])
  expect(await ok(call('GET', `/api/${session}/labels/${id}/chats`))).toEqual([{ id: `${OTHER}@s.whatsapp.net` }])
  await ok(call('PUT', `/api/${session}/labels/${id}`, { name: 'Paid', color: 3 }))
  expect((await emulator.control.accountOf({ phone: ME })).labels).toEqual({ Paid: [person] })
  await ok(call('DELETE', `/api/${session}/labels/${id}`))
  expect((await call('DELETE', `/api/${session}/labels/${id}`)).status).toBe(404)
})

test('channels are made, followed and muted', async () => {
  const { id } = (await ok(call('POST', `/api/${session}/channels`, { name: 'News' }))) as { id: string }
  expect(await ok(call('GET', `/api/${session}/channels`))).toMatchObject([{ id, role: 'OWNER' }])
  const theirs = await emulator.control.channel({ phone: OTHER, name: 'Theirs' })
  await ok(call('POST', `/api/${session}/channels/${theirs.id}/follow`))
  await ok(call('POST', `/api/${session}/channels/${theirs.id}/mute`))
  expect((await emulator.control.accountOf({ phone: ME })).channels[theirs.id]).toEqual({ own: false, muted: true })
  await ok(call('DELETE', `/api/${session}/channels/${id}`))
  expect((await call('GET', `/api/${session}/channels/${id}`)).status).toBe(500)
})
