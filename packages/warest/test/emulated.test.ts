import { type GatewayEvent, systemClock } from '@wamux/core'
import { createEmulator } from '@wamux/emulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createWarest, parseWebhook, type WarestGateway } from '../src/index.ts'

/** A busy machine takes its time. */
const PATIENCE = { timeout: 15_000 }

const session = 'main'
const secret = 'topsecret1'
const ME = '+6281234567890'
const BOB = '+6282222222222'
const bob = '6282222222222@c.us'
const person = { id: bob, phone: '+6282222222222' }

let emulator: ReturnType<typeof createEmulator>
let warest: WarestGateway
let events: GatewayEvent[]
let problems: unknown[]

beforeEach(async () => {
  const heard: GatewayEvent[] = []
  const failed: unknown[] = []
  events = heard
  problems = failed
  // deliveries are read in the order in which they came, however long the check of a signature takes
  let queue = Promise.resolve()
  emulator = createEmulator({
    timings: { starting: 0, connecting: 0, server: 0, device: 0, read: 10 },
    deliver: async (url, { headers, body }) => {
      const request = { url, headers: headers as Record<string, string>, body: String(body) }
      queue = queue.then(() =>
        parseWebhook(request, { secrets: ['older1', secret], clock: systemClock }).then(
          (told) => void heard.push(...told),
          (error) => void failed.push(error),
        ),
      )
      await queue
      return new Response(null, { status: 204 })
    },
  })
  const { baseUrl, credentials } = emulator.gateways.warest
  warest = createWarest({ baseUrl, ...credentials, fetch: emulator.fetch } as Parameters<typeof createWarest>[0])
  await warest.session.create({ session })
  await emulator.control.scan({ gateway: 'warest', session, phone: ME })
  await warest.webhook.create({ session, url: 'http://hook.test/in', secret })
})

afterEach(() => emulator.close())

const hear = async (...types: GatewayEvent['type'][]) => {
  await vi.waitFor(() => expect(events.map(({ type }) => type)).toEqual(types), PATIENCE)
  expect(problems).toEqual([])
  return events
}

describe('WARest on the emulator', () => {
  it('hears of messages as the verbs show them', async () => {
    await emulator.control.message({ from: BOB, to: ME, text: 'Hello' })
    const [event] = await hear('message.received')
    const { items } = await warest.message.list({ session, chat: BOB })
    const listed = items.map(({ raw: _, at, ...message }) => message)
    expect(event?.type === 'message.received' && event.data.message).toMatchObject(listed[0] ?? {})
    expect(listed).toEqual([
      {
        ...{ session, id: expect.any(String), key: listed[0]?.id, chat: bob, from: bob, fromMe: false, type: 'text', text: 'Hello' },
        ...{ ack: 'unknown', phone: person.phone, person },
      },
    ])
  })

  it('names a message by the id that came with the event', async () => {
    const sent = await warest.message.sendText({ session, to: BOB, text: 'first' })
    const { id: replied } = await emulator.control.message({ from: BOB, to: ME, text: 'answer', replyTo: sent.id ?? '' })
    await emulator.control.react({ phone: BOB, message: sent.id ?? '', emoji: '👍' })
    await emulator.control.edit({ phone: BOB, message: replied, text: 'changed' })
    await emulator.control.revoke({ phone: BOB, message: replied })
    const told = await hear('message.received', 'message.reaction', 'message.edited', 'message.revoked')
    expect(told.map(({ data }) => data)).toMatchObject([
      { message: { id: replied, replyTo: sent.id } },
      { message: sent.id, chat: bob, from: bob, emoji: '👍' },
      { message: replied, chat: bob, text: 'changed' },
      { message: replied, chat: bob },
    ])
    await warest.message.edit({ session, chat: BOB, message: sent.id ?? '', text: 'second' })
    expect(await warest.message.get({ session, chat: BOB, message: sent.id ?? '' })).toMatchObject({ text: 'second' })
  })

  it('hears of a file that it can fetch', async () => {
    const file = { base64: 'iVBORw==', mimetype: 'image/png', filename: 'a.png' }
    await emulator.control.message({ from: BOB, to: ME, file, text: 'Sea' })
    const [event] = await hear('message.received')
    const media = event?.type === 'message.received' ? event.data.message.media : undefined
    expect(media).toMatchObject({ mimetype: 'image/png', filename: 'a.png', size: 4 })
    const response = await emulator.fetch(media?.url ?? '')
    expect((await response.arrayBuffer()).byteLength).toBe(4)
  })

  it('hears of groups, presence and calls', async () => {
    const { id } = await warest.group.create({ session, subject: 'Team', participants: [BOB] })
    await hear('group.participants', 'group.joined', 'group.participants', 'group.joined')
    await warest.group.setSubject({ session, group: id, subject: 'Crew' })
    await warest.group.promote({ session, group: id, participants: [BOB] })
    await warest.group.removeParticipants({ session, group: id, participants: [BOB] })
    await emulator.control.call({ from: BOB, to: ME })
    const told = await hear(
      'group.participants',
      'group.joined',
      'group.participants',
      'group.joined',
      'group.updated',
      'group.participants',
      'group.participants',
      'group.left',
      'call.received',
    )
    expect(told.slice(4).map(({ data }) => data)).toEqual([
      { group: id, subject: 'Crew' },
      { group: id, change: 'promoted', participants: [bob], persons: [person] },
      { group: id, change: 'removed', participants: [bob], persons: [person] },
      { group: id },
      { call: expect.any(String), from: bob, phone: person.phone, person, video: false, groupCall: false },
    ])
    expect(new Set(told.map(({ dedupeKey }) => dedupeKey)).size).toBe(told.length)
  })

  it('hears that the session came back, once the webhook was set again', async () => {
    await emulator.control.unlink({ gateway: 'warest', session })
    const told = await hear('session.status', 'session.status', 'session.status', 'session.status', 'session.challenge')
    expect(told.map(({ data }) => data)).toMatchObject([
      { state: 'logged_out' },
      { state: 'starting' },
      { state: 'connecting' },
      { state: 'pairing', challenge: 'qr' },
      { challenge: 'qr', value: (await warest.session.qr({ session })).value },
    ])
    await warest.session.restart({ session })
    await warest.webhook.update({ session, webhook: 'http://hook.test/in' })
    const before = events.length
    await emulator.control.scan({ gateway: 'warest', session, phone: ME })
    await vi.waitFor(() => expect(events.at(-1)?.data).toEqual({ state: 'connected', account: 'ok' }), PATIENCE)
    expect(events.length).toBeGreaterThan(before)
    expect(problems).toEqual([])
  })

  it('keeps one webhook, and takes it away', async () => {
    await expect(warest.webhook.create({ session, url: 'http://other.test/' })).rejects.toMatchObject({ kind: 'conflict' })
    expect((await warest.webhook.list({ session })).items).toMatchObject([{ url: 'http://hook.test/in' }])
    await warest.webhook.delete({ session, webhook: 'http://hook.test/in' })
    expect((await warest.webhook.list({ session })).items).toEqual([])
    await emulator.control.message({ from: BOB, to: ME, text: 'Hello' })
    expect(await emulator.control.deliveries()).toEqual([])
  })
})
