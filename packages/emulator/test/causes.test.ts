import { type EventType, eventTypes, type GatewayEvent } from '@wamux/core'
import type { WebhookRequest } from '@wamux/core/webhooks'
import { parseWebhook as sparkbot } from '@wamux/sparkbot'
import { parseWebhook as waha } from '@wamux/waha'
import { parseWebhook as warest } from '@wamux/warest'
import { parseWebhook as wawp } from '@wamux/wawp'
import { describe, expect, test } from 'vitest'
import { CAUSES } from '../src/causes/causes.ts'
import { createEmulator } from '../src/emulator.ts'
import type { GatewayId } from '../src/sessions/session.ts'

const ME = '12025550143'
const BEN = '12025550199'
const URL = 'http://hooks.invalid/hook'
const SECRET = 'hook-secret'

type Parse = (request: WebhookRequest) => Promise<readonly GatewayEvent[]>

const PARSERS: Readonly<Record<GatewayId, Parse>> = {
  waha: (request) => waha(request, { secrets: [SECRET] }),
  wawp: (request) => wawp(request, { secrets: [SECRET], signature: 'hmac-sha256' }),
  warest: (request) => warest(request, { secrets: [SECRET] }),
  sparkbot: (request) => sparkbot(request, { verify: 'none' }),
}

/** All words that SparkBot and Wawp may be asked for. */
const SPARKBOT_WORDS = [
  ...['in:new', 'out:new', 'out:sent', 'out:ack', 'out:failed', 'update', 'reaction'].map((one) => `message:${one}`),
  ...['status:update', 'channel:in', 'number:session', 'group:update', 'chat:update', 'contact:update'],
]

/** A paired session of a gateway, whose webhooks are collected. */
async function open(gateway: GatewayId, device = 0) {
  const requests: WebhookRequest[] = []
  const emulator = createEmulator({
    timings: { starting: 0, connecting: 0, server: 0, device, read: 0 },
    deliver: async (url, init) => {
      requests.push({ url, headers: new Headers(init.headers), body: String(init.body) })
      return new Response(null, { status: 200 })
    },
  })
  const { baseUrl, credentials } = emulator.gateways[gateway]
  const keys = credentials as Readonly<Record<string, string>>
  const ask = async (method: string, path: string, body?: unknown) => {
    const address = new globalThis.URL(`${baseUrl}${path}`)
    const headers = {
      'content-type': 'application/json',
      'x-api-key': keys.apiKey ?? '',
      'x-warest-api-key': keys.apiKey ?? '',
      token: keys.apiKey ?? '',
    }
    if (gateway === 'wawp')
      for (const [name, value] of [
        ['instance_id', keys.instanceId],
        ['access_token', keys.accessToken],
      ] as const)
        address.searchParams.set(name, value ?? '')
    return (await emulator.fetch(address, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }))
      .json()
      .catch(() => ({}))
  }
  let session = 'main'
  const hook = { url: URL, events: ['*', 'engine.event'], hmac: { key: SECRET } }
  if (gateway === 'waha') await ask('POST', '/api/sessions', { name: session, start: true, config: { webhooks: [hook] } })
  if (gateway === 'warest') {
    await ask('GET', `/api/v1/session/create?sessionId=${session}`)
    await ask('POST', `/api/v1/session/${session}/config`, { webhookUrl: URL, webhookSecret: SECRET })
  }
  if (gateway === 'wawp') {
    session = keys.instanceId ?? ''
    await ask('POST', '/v2/session/start', {})
    await ask('POST', '/v2/webhook/set', { url: URL, events: ['*', 'engine.event'], hmac: SECRET })
  }
  if (gateway === 'sparkbot') {
    session = ((await ask('POST', '/devices', { alias: 'a' })) as { id: string }).id
    await ask('POST', '/webhooks', { url: URL, events: SPARKBOT_WORDS })
  }
  await emulator.control.scan({ gateway, session, phone: ME })
  await eventsOf(gateway, requests, (events) => events.some((one) => one.type === 'session.status' && one.data.state === 'connected'))
  requests.length = 0
  return { emulator, session, requests }
}

/** Deliveries are signed first: waits until they tell what is looked for, or nothing comes any more. */
async function eventsOf(gateway: GatewayId, requests: readonly WebhookRequest[], enough: (events: readonly GatewayEvent[]) => boolean) {
  let events: readonly GatewayEvent[] = []
  for (let turn = 0; turn < 500 && !enough(events); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 2))
    events = (await Promise.all(requests.map(PARSERS[gateway]))).flat()
  }
  return events
}

const any = expect.any(String)
const Ben = `${BEN}@c.us`
const aboutBen = { chat: Ben, phone: `+${BEN}` }
const message = (more: object) => ({ message: expect.objectContaining({ type: 'text', ...more }) })
const group = expect.stringMatching(/@g\.us$/)
const call = { call: any, from: Ben, phone: `+${BEN}`, video: false }

/** What an event of each type has to tell, whatever the gateway. */
const EXPECTED: Readonly<Partial<Record<EventType, object>>> = {
  'session.status': { state: 'connected' },
  'session.challenge': { challenge: 'qr' },
  'message.received': message({ chat: Ben, from: Ben, fromMe: false, text: 'Hi', phone: `+${BEN}` }),
  'message.sent': message({ chat: Ben, fromMe: true, text: 'Hi' }),
  'message.ack': { message: any, ack: 'read', chat: Ben },
  'message.failed': { message: any },
  'message.reaction': { message: any, emoji: 'Hi', from: Ben, ...aboutBen },
  'message.edited': { message: any, text: 'Hi', chat: Ben },
  'message.revoked': { message: any, chat: Ben },
  'message.undecryptable': { message: any, ...aboutBen },
  'poll.vote': { message: any, options: ['Today'], from: Ben },
  'event.response': { from: Ben, response: expect.stringMatching(/^going$/i), phone: `+${BEN}` },
  'group.joined': { group },
  'group.left': { group },
  'group.updated': { group, subject: 'Hi' },
  'group.participants': { group, change: 'added', participants: [any] },
  'group.join_request': { group, change: 'created', from: expect.stringMatching(/@lid$/), phone: `+${BEN}`, method: 'invite_link' },
  'chat.updated': { chat: Ben },
  'chat.archived': { chat: Ben, archived: true },
  'contact.updated': { contact: Ben, name: 'Hi' },
  'presence.updated': { chat: Ben, from: Ben, presence: 'typing' },
  'label.upserted': { label: any, name: 'Hi' },
  'label.deleted': { label: any },
  'label.assigned': { label: any, chat: Ben },
  'label.unassigned': { label: any, chat: Ben },
  'call.received': call,
  'call.accepted': call,
  'call.rejected': call,
  'call.missed': call,
  'call.ended': call,
  'channel.message': message({ chat: expect.stringMatching(/@newsletter$/), text: 'Hi' }),
  'status.posted': message({ chat: 'status@broadcast', text: 'Hi', from: Ben }),
  unknown: {},
}

describe.each(Object.keys(CAUSES) as GatewayId[])('%s', (gateway) => {
  test.each(CAUSES[gateway])('%s is caused, and read back from the webhook', async (type) => {
    const { emulator, session, requests } = await open(gateway)
    await emulator.control.cause({ gateway, session, type, from: BEN, text: 'Hi' })
    const isIt = (event: GatewayEvent) =>
      // of the acks that a message gets one after the other, the last one
      event.type === type && event.session === session && (event.type !== 'message.ack' || event.data.ack === 'read')
    const found = (await eventsOf(gateway, requests, (events) => events.some(isIt))).filter(isIt)
    const told = requests.map(({ body }) => body)
    expect(found.length, `${told}`).toBeGreaterThan(0)
    expect(found.at(-1)?.data, String(told.at(-1))).toMatchObject(EXPECTED[type] as object)
    emulator.close()
  })
})

// a phone that is slow to get its messages must not make what happens to them go unheard
const AT_A_MESSAGE: readonly EventType[] = ['message.reaction', 'message.edited', 'message.revoked', 'poll.vote', 'chat.archived']
describe.each(Object.keys(CAUSES) as GatewayId[])('%s, where messages are on their way for an hour', (gateway) => {
  test.each(CAUSES[gateway].filter((type) => AT_A_MESSAGE.includes(type)))('%s is told', async (type) => {
    const { emulator, session, requests } = await open(gateway, 3_600_000)
    await emulator.control.cause({ gateway, session, type, from: BEN, text: 'Hi' })
    const events = await eventsOf(gateway, requests, (all) => all.some((event) => event.type === type))
    expect(events.map((event) => event.type)).toContain(type)
    emulator.close()
  })
})

test('every type of event is caused at some gateway, but for those that wamux itself reports', () => {
  const caused = new Set(Object.values(CAUSES).flat())
  expect(eventTypes.filter((type) => !caused.has(type))).toEqual(['connection.lost', 'connection.restored', 'connection.gap'])
})

test('a type that a gateway does not tell is refused, with those that it tells', async () => {
  const { emulator, session } = await open('sparkbot')
  const refused = emulator.control.cause({ gateway: 'sparkbot', session, type: 'call.received' })
  await expect(refused).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('message.received') })
  expect((await emulator.control.causes()).warest).toContain('call.missed')
  emulator.close()
})

test('join requests, group calls and what becomes of a call are told', async () => {
  const { emulator, session, requests } = await open('waha')
  const { control } = emulator
  const made = await control.group({ phone: ME, subject: 'Friends', participants: ['12025550101'], approval: true })
  for (const answer of ['reject', 'withdraw'] as const) {
    await control.join({ phone: BEN, invite: made.invite })
    await control.request({ phone: BEN, group: made.id, admin: ME, answer })
  }
  const { id } = await control.call({ from: BEN, to: ME, video: true, group: made.id })
  await control.answer({ phone: ME, call: id, state: 'missed' })
  const events = await eventsOf('waha', requests, (all) => all.filter(({ type }) => /^call|request$/.test(type)).length >= 6)
  const changes = events.flatMap((event) => (event.type === 'group.join_request' ? [event.data.change] : []))
  expect([...changes].sort()).toEqual(['created', 'created', 'rejected', 'revoked'])
  const calls = events.filter(({ type }) => type.startsWith('call.'))
  expect(calls.map(({ type }) => type)).toEqual(['call.received', 'call.rejected'])
  expect(calls[0]?.data).toMatchObject({ call: id, video: true, groupCall: true, group: made.id, from: Ben })
  expect(session).toBe('main')
  emulator.close()
})
