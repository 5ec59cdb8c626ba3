import type { EventType, GatewayEvent, WebSocketConstructor } from '@wamux/core'
import { openTestGateway } from '@wamux/emulator'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createWaha, parseWebhook, type WahaConfig, type WahaGateway } from '../src/index.ts'
import { failure } from './fixtures/scripted.ts'

const PHONE = '12025550143'
const session = 'main'

let opened: ReturnType<typeof openTestGateway>
let waha: WahaGateway
let end: AbortController

beforeEach(async () => {
  opened = openTestGateway('waha')
  waha = createWaha(opened.config as unknown as WahaConfig)
  end = new AbortController()
  await waha.session.create({ session })
  await waha.session.waitFor({ session, state: 'pairing', intervalMs: 1 })
  await opened.scan(session)
  await waha.session.waitFor({ session, intervalMs: 1 })
})

afterEach(() => {
  end.abort()
  opened.close()
})

/** Events as they come, until so many of a type were there; it acts once the socket is open. */
async function hear(type: EventType, count: number, act: () => Promise<unknown>): Promise<GatewayEvent[]> {
  const { WebSocket } = opened.emulator
  class Acting extends WebSocket {
    constructor(url: string | URL) {
      super(url)
      this.addEventListener('open', () => setTimeout(act, 5))
    }
  }
  const heard: GatewayEvent[] = []
  for await (const event of waha.events.subscribe({ session, signal: end.signal, WebSocket: Acting as WebSocketConstructor })) {
    heard.push(event)
    if (heard.filter((one) => one.type === type).length === count) break
  }
  return heard
}

it('what the socket sends is told once, under one word', async () => {
  const { me } = await waha.session.get({ session })
  const events = await hear('message.received', 2, async () => {
    for (const text of ['one', 'two']) await opened.phones.message({ from: PHONE, to: me?.phone ?? '', text })
  })
  expect(events.map((event) => (event.type === 'message.received' ? event.data.message.text : event.type))).toEqual(['one', 'two'])
  expect(events[0]).toMatchObject({ session, gateway: 'waha', vendorType: 'message' })
})

it('acks of what was sent come too, and the webhook has the same keys', async () => {
  await waha.webhook.create({ session, url: opened.hooks.url, secret: 'hook-secret' })
  await waha.session.waitFor({ session, intervalMs: 1 })
  const events = await hear('message.ack', 3, () => waha.message.sendText({ session, to: PHONE, text: 'Hi' }))
  expect(events.flatMap((event) => (event.type === 'message.ack' ? [event.data.ack] : []))).toEqual(['sent', 'delivered', 'read'])
  await vi.waitFor(async () => {
    const hooked = await Promise.all(opened.hooks.caught().map((one) => parseWebhook(one, { secrets: ['hook-secret'] })))
    const keys = hooked.flat().map(({ dedupeKey }) => dedupeKey)
    expect(keys).toEqual(expect.arrayContaining(events.map(({ dedupeKey }) => dedupeKey)))
  })
})

it('a wrong key is refused, and stays out of the error', async () => {
  const stranger = createWaha({ ...(opened.config as unknown as WahaConfig), apiKey: 'wrong-canary' })
  const { WebSocket } = opened.emulator
  const first = stranger.events
    .subscribe({ session, signal: end.signal, WebSocket: WebSocket as WebSocketConstructor })
    [Symbol.asyncIterator]()
  const error = await failure(first.next())
  expect(error).toMatchObject({ kind: 'auth', gateway: 'waha' })
  expect(JSON.stringify(error) + error.stack).not.toContain('wrong-canary')
})

it('all sessions are heard over one socket', async () => {
  await waha.session.create({ session: 'second' })
  const { WebSocket } = opened.emulator
  const heard: string[] = []
  class Acting extends WebSocket {
    constructor(url: string | URL) {
      super(url)
      this.addEventListener('open', () =>
        setTimeout(() => waha.session.stop({ session: 'second' }).then(() => waha.session.stop({ session })), 5),
      )
    }
  }
  const events = waha.events.subscribe({
    session: '*',
    signal: end.signal,
    WebSocket: Acting as WebSocketConstructor,
    types: ['session.status'],
  })
  for await (const event of events) {
    if (event.type === 'session.status' && event.data.state === 'stopped') heard.push(event.session)
    if (heard.length === 2) break
  }
  expect(heard).toEqual(['second', session])
})
