import { GatewayError, type GatewayEvent } from '@wamux/core'
import { openTestGateway } from '@wamux/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSparkbot, parseWebhook, type SparkbotGateway } from '../src/index.ts'
import { failure } from './fixtures/stubbed.ts'

const ME = '+12025550100'
const ADA = '+12025550143'
const BO = '+12025550144'
const ada = '12025550143@c.us'
const bo = '12025550144@c.us'
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3])

let opened: ReturnType<typeof openTestGateway>
let sparkbot: SparkbotGateway
let session: string

beforeEach(async () => {
  opened = openTestGateway('sparkbot')
  sparkbot = createSparkbot(opened.config as never)
  session = (await sparkbot.session.create({ session: 'Shop' })).session
  await sparkbot.session.waitFor({ session, state: 'pairing', intervalMs: 2 })
  await opened.phones.scan({ gateway: 'sparkbot', session, phone: ME })
  await sparkbot.session.waitFor({ session, intervalMs: 2 })
})
afterEach(() => opened.close())

/** Tries until it is so: things take their time there. */
async function soon<Value>(look: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  for (let tries = 0; ; tries++) {
    const value = await look()
    if (wanted(value) || tries > 200) return value
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** A message that has left the queue: its id there, and what the other phone got. */
async function sent(call: Promise<{ readonly id?: string }>, to = ADA) {
  const { id = '' } = await call
  await sparkbot.message.waitFor({ session, chat: ada, message: id, ack: 'sent', intervalMs: 2 })
  const got = await soon(
    () => opened.phones.messages({ phone: to }),
    (all) => all.length > 0,
  )
  return { id, got: got.at(-1) }
}

/** A text of the other side, as this number has it. */
async function received(text = 'Hello'): Promise<string> {
  const { id } = await opened.phones.message({ from: ADA, to: ME, text })
  await soon(
    () => sparkbot.message.list({ session, chat: ADA }).catch(() => ({ items: [] })),
    ({ items }) => items.some((one) => one.id === id),
  )
  return id
}

describe('messages', () => {
  it('of all kinds arrive', async () => {
    const to = ADA
    const file = (mimetype: string, filename: string) => ({ data: png, mimetype, filename })
    const kinds = [
      [sparkbot.message.sendText({ session, to, text: 'Hi' }), { type: 'text', text: 'Hi' }],
      [sparkbot.message.sendImage({ session, to, file: file('image/png', 'a.png'), caption: 'A' }), { type: 'image', text: 'A' }],
      [sparkbot.message.sendVideo({ session, to, file: { url: 'https://x.test/v.mp4' } }), { type: 'video' }],
      [sparkbot.message.sendAudio({ session, to, file: { url: 'https://x.test/a.mp3' } }), { type: 'audio' }],
      [sparkbot.message.sendVoice({ session, to, file: { url: 'https://x.test/a.ogg' } }), { type: 'voice' }],
      [sparkbot.message.sendDocument({ session, to, file: { url: 'https://x.test/d.pdf' } }), { type: 'document' }],
      [
        sparkbot.message.sendLocation({ session, to, latitude: 1.5, longitude: 2.5, name: 'There' }),
        { place: { latitude: 1.5, longitude: 2.5, name: 'There' } },
      ],
      [
        sparkbot.message.sendContact({ session, to, contacts: [{ name: 'Bo', phone: BO }] }),
        { cards: [{ name: 'Bo', phone: '12025550144' }] },
      ],
      [
        sparkbot.message.sendPoll({ session, to, question: 'Q', options: ['a', 'b'], multiple: true }),
        { poll: { question: 'Q', options: ['a', 'b'], multiple: true } },
      ],
    ] as const
    for (const [call, expected] of kinds) {
      const { id = '' } = await call
      const { raw } = await sparkbot.message.waitFor({ session, chat: ADA, message: id, intervalMs: 2 })
      const all = await opened.phones.messages({ phone: ADA })
      expect(all.find((one) => one.id === (raw as { waId?: string }).waId)).toMatchObject(expected)
    }
  })

  it('are queued, have two ids, and get further', async () => {
    const queued = await sparkbot.message.sendText({ session, to: ADA, text: 'Hi' })
    expect(queued).toMatchObject({ status: 'queued', to: ada, id: expect.stringMatching(/^[0-9a-f]{24}$/) })
    const read = await sparkbot.message.waitFor({ session, chat: ADA, message: queued.id ?? '', ack: 'read', intervalMs: 2 })
    const { waId = '' } = read.raw as { waId?: string }
    expect([read.id, read.text]).toEqual([queued.id, 'Hi'])
    expect(await sparkbot.message.get({ session, chat: ADA, message: waId })).toMatchObject({
      id: waId,
      text: 'Hi',
      fromMe: true,
      ack: 'read',
    })
  })

  it('of bytes go through the file store, the same ones once', async () => {
    const file = { data: png, mimetype: 'image/png', filename: 'a.png' }
    const one = await sent(sparkbot.message.sendImage({ session, to: ADA, file }))
    const two = await sent(sparkbot.message.sendImage({ session, to: ADA, file }))
    expect((await sparkbot.call('files.list', {})).data).toHaveLength(1)
    for (const { id } of [one, two]) {
      expect(await sparkbot.message.downloadMedia({ session, chat: ADA, message: id })).toMatchObject({ data: png, mimetype: 'image/png' })
    }
  })

  it('that came in are listed, answered, forwarded, and their files got', async () => {
    const base64 = btoa(String.fromCharCode(...png))
    const { id } = await opened.phones.message({
      from: ADA,
      to: ME,
      file: { base64, mimetype: 'image/png', filename: 'b.png' },
      text: 'Look',
    })
    await received('after it')
    const { items } = await sparkbot.message.list({ session, chat: ADA })
    expect(items).toMatchObject([
      { text: 'after it', fromMe: false, from: ada, chat: ada },
      { id, type: 'image', text: 'Look', media: { mimetype: 'image/png', filename: 'b.png', size: png.length } },
    ])
    expect(await sparkbot.message.downloadMedia({ session, chat: ADA, message: id })).toMatchObject({ data: png, filename: 'b.png' })
    const answer = await sent(sparkbot.message.sendText({ session, to: ADA, text: 'Nice', replyTo: id }))
    expect(answer.got).toMatchObject({ text: 'Nice', replyTo: id })
    const forwarded = await sent(sparkbot.message.forward({ session, chat: ADA, message: id, to: BO }), BO)
    expect(forwarded.got).toMatchObject({ type: 'image', forwarded: true })
  })

  it('are changed by either id', async () => {
    const { id, got } = await sent(sparkbot.message.sendText({ session, to: ADA, text: 'Hi' }))
    await sparkbot.message.edit({ session, chat: ADA, message: id, text: 'Ho' })
    await sparkbot.message.react({ session, chat: ADA, message: got?.id ?? '', emoji: '👍' })
    const seen = await soon(
      () => opened.phones.messages({ phone: ADA }),
      ([one]) => one?.reactions !== undefined,
    )
    expect(seen).toMatchObject([{ text: 'Ho', edited: true, reactions: { '12025550100': '👍' } }])
    await sparkbot.message.revoke({ session, chat: ADA, message: id })
    expect(await opened.phones.messages({ phone: ADA })).toMatchObject([{ revoked: true }])
  })

  it('page by page', async () => {
    for (let count = 1; count <= 5; count++) await received(`${count}`)
    const texts: unknown[] = []
    for await (const { text } of sparkbot.message.list({ session, chat: ADA, limit: 2 })) texts.push(text)
    expect(texts).toEqual(['5', '4', '3', '2', '1'])
  })
})

it('chats: archive, mute, pin, unread, seen, typing, delete', async () => {
  await opened.phones.phone({ phone: ME, reads: false })
  await received()
  const chat = ADA
  const look = () => sparkbot.chat.get({ session, chat })
  expect((await sparkbot.chat.list({ session })).items).toMatchObject([{ id: ada, kind: 'person', unread: 1 }])
  await sparkbot.message.markSeen({ session, chat })
  expect(await look()).toMatchObject({ unread: 0, archived: false, pinned: false, muted: false })
  await sparkbot.chat.archive({ session, chat })
  await sparkbot.chat.mute({ session, chat })
  await sparkbot.chat.pin({ session, chat })
  await sparkbot.chat.markUnread({ session, chat })
  expect(await look()).toMatchObject({ archived: true, pinned: true, muted: true, raw: { meta: { isUnread: true } } })
  await sparkbot.chat.unarchive({ session, chat })
  await sparkbot.chat.mute({ session, chat, muted: false })
  await sparkbot.chat.pin({ session, chat, pinned: false })
  expect(await look()).toMatchObject({ archived: false, pinned: false, muted: false })
  await sparkbot.chat.setTyping({ session, chat })
  expect(await opened.phones.presenceOf({ phone: ME, chat })).toMatchObject({ presence: 'typing' })
  await sparkbot.chat.delete({ session, chat })
  expect((await failure(look())).kind).toBe('not_found')
})

it('contacts: look up, check, picture, block', async () => {
  await received()
  await opened.phones.phone({ phone: ADA, picture: { base64: 'AQI=', mimetype: 'image/png' } })
  expect((await sparkbot.contact.list({ session })).items).toMatchObject([{ id: ada, phone: ADA, blocked: false }])
  expect(await sparkbot.contact.check({ session, phone: ADA })).toMatchObject({ exists: true, id: ada })
  expect(await sparkbot.contact.check({ session, phone: '+12025550000' })).toMatchObject({ exists: false })
  expect(await sparkbot.contact.profilePicture({ session, contact: ADA })).toMatchObject({ url: expect.stringContaining('http') })
  await sparkbot.contact.block({ session, contact: ADA })
  expect(await sparkbot.contact.get({ session, contact: ADA })).toMatchObject({ blocked: true })
  await sparkbot.contact.unblock({ session, contact: ADA })
  expect(await sparkbot.contact.get({ session, contact: ADA })).toMatchObject({ blocked: false })
})

describe('groups', () => {
  let group: string
  beforeEach(async () => {
    group = (await sparkbot.group.create({ session, subject: 'Club', participants: [ADA] })).id
  })
  const look = () => opened.phones.groupOf({ group })

  it('have members, admins and settings', async () => {
    await sparkbot.group.addParticipants({ session, group, participants: [BO] })
    await sparkbot.group.promote({ session, group, participants: [ADA] })
    expect(await look()).toMatchObject({ participants: { '12025550143': 'admin', '12025550144': 'member' } })
    await sparkbot.group.demote({ session, group, participants: [ADA] })
    await sparkbot.group.removeParticipants({ session, group, participants: [BO] })
    await sparkbot.group.setSubject({ session, group, subject: 'Other' })
    await sparkbot.group.setDescription({ session, group, description: 'About' })
    await sparkbot.group.setAnnouncement({ session, group, announcement: true })
    await sparkbot.group.setLocked({ session, group, locked: true })
    await sparkbot.group.setPicture({ session, group, file: { data: png, mimetype: 'image/png' } })
    expect(await look()).toMatchObject({ hasPicture: true, participants: { '12025550143': 'member' } })
    expect(await sparkbot.group.get({ session, group })).toMatchObject({
      ...{ id: group, subject: 'Other', description: 'About', announcement: true, locked: true },
      participants: [
        { id: '12025550100@c.us', role: 'owner' },
        { id: ada, role: 'member', phone: ADA },
      ],
    })
    expect((await sparkbot.group.list({ session })).items).toMatchObject([{ id: group, subject: 'Other' }])
    await sparkbot.message.sendText({ session, to: group, text: 'Hi all' })
    expect((await sent(sparkbot.message.sendText({ session, to: group, text: 'Hi all' }))).got).toMatchObject({ text: 'Hi all', to: group })
    await sparkbot.group.leave({ session, group })
    expect((await failure(sparkbot.group.get({ session, group }))).kind).toBe('not_found')
  })

  it('say why a person cannot be added', async () => {
    const add = (person: string) => failure(sparkbot.group.addParticipants({ session, group, participants: [person] }))
    expect(await add('+12025550000')).toMatchObject({ kind: 'invalid_request', code: 'participant:not_found' })
    expect(await add(ADA)).toMatchObject({ kind: 'conflict' })
  })

  it('are joined by their link, or asked for', async () => {
    const { link } = await sparkbot.group.inviteLink({ session, group })
    expect(link).toContain((await look()).invite)
    const { link: other } = await sparkbot.group.revokeInvite({ session, group })
    expect(other).toContain((await look()).invite)
    expect(other).not.toBe(link)
    const theirs = await opened.phones.group({ phone: ADA, subject: 'Theirs', participants: [] })
    expect(await sparkbot.group.join({ session, invite: `https://chat.whatsapp.com/${theirs.invite}` })).toMatchObject({ group: theirs.id })
    await sparkbot.call('groups.update', { deviceId: session, groupWid: group, permissions: { approval: true } })
    for (const phone of [BO, '+12025550145']) await opened.phones.join({ phone, invite: (await look()).invite })
    expect(await sparkbot.group.joinRequests({ session, group })).toMatchObject({ requests: [{ id: bo }, { id: '12025550145@c.us' }] })
    await sparkbot.group.approve({ session, group, participants: [BO] })
    await sparkbot.group.reject({ session, group, participants: ['+12025550145'] })
    expect(await look()).toMatchObject({ requests: [], participants: { '12025550144': 'member' } })
  })
})

it('status, profile and channels', async () => {
  await opened.phones.message({ from: ADA, to: ME, text: 'so that she knows me' })
  await received()
  const { id = '', status } = await sparkbot.status.sendText({ session, text: 'On holiday' })
  expect(status).toBe('queued')
  const { raw } = await sparkbot.message.waitFor({ session, chat: ADA, message: id, ack: 'sent', intervalMs: 2 })
  const posted = async () => (await opened.phones.messages()).find((one) => one.id === (raw as { waId?: string }).waId)
  expect(await posted()).toMatchObject({ to: 'status@broadcast', text: 'On holiday' })
  await sparkbot.status.delete({ session, message: id })
  expect(await posted()).toMatchObject({ revoked: true })
  await sparkbot.status.sendImage({ session, file: { data: png, mimetype: 'image/png' }, caption: 'A' })

  await sparkbot.profile.setName({ session, name: 'My shop' })
  await sparkbot.profile.setAbout({ session, about: 'Open' })
  await sparkbot.profile.setPicture({ session, file: { data: png, mimetype: 'image/png' } })
  expect(await sparkbot.profile.get({ session })).toMatchObject({
    name: 'My shop',
    about: 'Open',
    pictureUrl: expect.stringContaining('http'),
  })

  const { id: channel } = await sparkbot.channel.create({ session, name: 'News', description: 'All' })
  expect(await sparkbot.channel.get({ session, channel })).toMatchObject({ name: 'News', description: 'All' })
  const followed = await opened.phones.channel({ phone: ADA, name: 'Hers' })
  const { invite } = await sparkbot.channel.get({ session, channel: followed.id })
  await sparkbot.call('channels.join', { deviceId: session, url: invite ?? '' })
  expect((await sparkbot.channel.list({ session })).items).toMatchObject([{ id: channel }, { id: followed.id, role: 'subscriber' }])
  await sparkbot.channel.delete({ session, channel })
  expect((await failure(sparkbot.channel.get({ session, channel }))).kind).toBe('not_found')
})

describe('webhooks', () => {
  const url = 'http://hooks.invalid/in/t0ken'

  /** What has been delivered so far. */
  async function told(): Promise<readonly GatewayEvent[]> {
    const caught = opened.hooks.caught()
    const parsed = await Promise.all(caught.map((hook) => parseWebhook(hook, { verify: 'path-token', secrets: ['t0ken'] })))
    return parsed.flat()
  }
  const until = (type: GatewayEvent['type'], fits: (event: GatewayEvent) => boolean = () => true) =>
    soon(
      async () => (await told()).find((event) => event.type === type && fits(event)),
      (event) => event !== undefined,
    )

  it('are made, changed and removed, and leave those of others', async () => {
    await sparkbot.call('webhooks.create', { url: 'https://other.test/x', name: 'Theirs', events: ['channel:in'] })
    const { id } = await sparkbot.webhook.create({ session, url, events: ['message.received'] })
    expect((await failure(sparkbot.webhook.create({ session, url }))).kind).toBe('conflict')
    expect(await sparkbot.webhook.update({ session, webhook: id, events: ['message.ack'] })).toMatchObject({
      id,
      url,
      events: ['message:out:ack'],
    })
    expect((await sparkbot.webhook.list({ session })).items.map((one) => one.url)).toEqual(['https://other.test/x', url])
    await sparkbot.webhook.delete({ session, webhook: id })
    expect((await sparkbot.webhook.list({ session })).items.map((one) => one.url)).toEqual(['https://other.test/x'])
    expect((await failure(sparkbot.webhook.delete({ session, webhook: id }))).kind).toBe('not_found')
  })

  it('tell what happens', async () => {
    await sparkbot.webhook.create({ session, url })
    const { id } = await opened.phones.message({ from: ADA, to: ME, text: 'Hello' })
    expect(await until('message.received')).toMatchObject({
      session,
      data: { message: { id, chat: ada, from: ada, text: 'Hello', fromMe: false } },
    })
    const mine = await sparkbot.message.sendText({ session, to: ADA, text: 'Hi' })
    const { raw } = await sparkbot.message.waitFor({ session, chat: ADA, message: mine.id ?? '', intervalMs: 2 })
    const { waId } = raw as { waId?: string }
    expect(await until('message.sent')).toMatchObject({ data: { message: { id: waId, text: 'Hi', chat: ada } } })
    expect(await until('message.ack', ({ data }) => 'ack' in data && data.ack === 'read')).toMatchObject({
      data: { message: waId, chat: ada },
    })
    await opened.phones.react({ phone: ADA, message: waId ?? '', emoji: '❤️' })
    expect(await until('message.reaction')).toMatchObject({ data: { message: waId, chat: ada, from: ada, emoji: '❤️' } })
    await opened.phones.edit({ phone: ADA, message: id, text: 'Hello!' })
    expect(await until('message.edited')).toMatchObject({ data: { message: id, text: 'Hello!' } })
    await opened.phones.revoke({ phone: ADA, message: id })
    expect(await until('message.revoked')).toMatchObject({ data: { message: id, chat: ada } })
    await sparkbot.chat.archive({ session, chat: ADA })
    expect(await until('chat.archived')).toMatchObject({ data: { chat: ada, archived: true } })
    const group = await opened.phones.group({ phone: ADA, subject: 'Club', participants: [ME] })
    expect(await until('group.updated')).toMatchObject({ data: { group: group.id, subject: 'Club' } })
    await opened.phones.join({ phone: BO, invite: group.invite })
    expect(await until('group.participants')).toMatchObject({ data: { group: group.id, change: 'added', participants: [bo] } })
    await sparkbot.contact.block({ session, contact: BO })
    expect(await until('contact.updated')).toMatchObject({ data: { contact: bo } })
    await opened.phones.message({ from: ADA, to: 'status@broadcast', text: 'My day' })
    expect(await until('status.posted')).toMatchObject({ data: { message: { from: ada, text: 'My day' } } })
    await sparkbot.session.restart({ session })
    expect(await until('session.status', ({ data }) => 'state' in data && data.state === 'connected')).toMatchObject({ session })
  })

  it('tell of a failure by the id of the service, in the other form', async () => {
    await sparkbot.webhook.create({ session, url, events: ['message.failed'] })
    const { id = '' } = await sparkbot.message.sendText({ session, to: ADA, text: 'Hi' })
    const { raw } = await sparkbot.message.waitFor({ session, chat: ADA, message: id, ack: 'sent', intervalMs: 2 })
    await opened.phones.fail({ message: (raw as { waId?: string }).waId ?? '' })
    expect(await until('message.failed')).toMatchObject({ session, data: { message: id, chat: ada } })
    expect(JSON.parse(opened.hooks.caught()[0]?.body ?? '')).toMatchObject([{ event: 'message:out:failed', entityId: id }])
  })

  it('of an unknown word', async () => {
    await sparkbot.webhook.create({ session, url })
    await opened.phones.event({ gateway: 'sparkbot', session, event: 'shop:sold', payload: { much: 5 } })
    expect(await until('unknown')).toMatchObject({ vendorType: 'shop:sold', session, raw: { data: { much: 5 } } })
  })
})

it('what waits in the queue of a number that is away is a conflict to change', async () => {
  await opened.phones.unlink({ gateway: 'sparkbot', session })
  const { id = '' } = await sparkbot.message.sendText({ session, to: ADA, text: 'Hi' })
  const error = await failure(sparkbot.message.edit({ session, chat: ADA, message: id, text: 'Ho' }))
  expect(GatewayError.is(error) && [error.kind, error.retryable]).toEqual(['conflict', true])
})
