import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { GatewayEvent } from '@wamux/core'
import { createWebhookHandler, nodeListener } from '@wamux/core/webhooks'
import { createWaha, parseWebhook, type WahaGateway } from '@wamux/waha'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connectControl, type EmulatorControl } from '../src/index.ts'
import { type EmulatorServer, serveEmulator } from '../src/server/serve.ts'

const SECRET = 'a secret of both sides'
const OTHER = '12025550143'
const session = 'default'

let server: EmulatorServer
let waha: WahaGateway
let control: EmulatorControl
let phone: string

beforeEach(async () => {
  server = await serveEmulator({ timings: { starting: 5, connecting: 5, server: 5, device: 10, read: 20 } })
  const { baseUrl, credentials } = server.gateways.waha
  waha = createWaha({ baseUrl, ...credentials })
  control = connectControl(server.url)
  await waha.session.create({ session, start: true })
  await waha.session.waitFor({ session, state: 'pairing', intervalMs: 5 })
  phone = (await control.scan({ gateway: 'waha', session })).phone ?? ''
  await waha.session.waitFor({ session, intervalMs: 5 })
})

afterEach(() => server.close())

/** A receiver of webhooks on this machine. */
async function receive() {
  const events: GatewayEvent[] = []
  let wake = () => {}
  const handle = createWebhookHandler({
    parse: (request) => parseWebhook(request, { secrets: [SECRET] }),
    onEvent: (event) => {
      events.push(event)
      wake()
    },
  })
  const receiver = createServer(nodeListener(handle))
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
    events,
    async until(type: GatewayEvent['type']): Promise<GatewayEvent> {
      for (;;) {
        const found = events.find((event) => event.type === type)
        if (found) return found
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    close: () => new Promise((resolve) => receiver.close(resolve)),
  }
}

test('signed webhooks go out by themselves; what comes twice is told once', async () => {
  const hook = await receive()
  await waha.webhook.create({ session, url: hook.url, secret: SECRET })
  await waha.session.waitFor({ session, intervalMs: 5 })
  await control.webhooks({ copies: 2 })
  await control.message({ from: OTHER, to: phone, text: 'Hello' })
  expect(await hook.until('message.received')).toMatchObject({
    gateway: 'waha',
    session,
    data: { message: { text: 'Hello', chat: `${OTHER}@c.us` } },
  })
  const sent = async () => (await control.deliveries({ gateway: 'waha', event: 'message' })).filter(({ state }) => state === 'delivered')
  while ((await sent()).length < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(hook.events.filter(({ type }) => type === 'message.received')).toHaveLength(1)
  await hook.close()
})

test('events come through the socket', async () => {
  const end = new AbortController()
  const events = waha.events.subscribe({ session, via: 'socket', WebSocket: WebSocket as never, signal: end.signal })
  // what is written before the socket is open is not told, so it is written until something is
  const writing = setInterval(() => void control.message({ from: OTHER, to: phone, text: 'by socket' }), 200)
  let heard: GatewayEvent | undefined
  for await (const event of events) {
    if (event.type !== 'message.received') continue
    heard = event
    end.abort()
  }
  clearInterval(writing)
  expect(heard).toMatchObject({ data: { message: { text: 'by socket' } } })
})

test('an answer that is lost on the wire is an unknown outcome, and the message went out once', async () => {
  await control.fault({ gateway: 'waha', operation: 'messages.sendText', lose: true, effect: true })
  await expect(waha.message.sendText({ session, to: `+${OTHER}`, text: 'once' })).rejects.toMatchObject({ kind: 'unknown_outcome' })
  expect(await control.messages()).toHaveLength(1)
})

test('files are fetched from where the emulator serves them', async () => {
  await control.message({ from: OTHER, to: phone, text: 'look', file: { base64: 'AQID', mimetype: 'image/png', filename: 'a.png' } })
  const find = async () => (await waha.message.list({ session, chat: `+${OTHER}`, limit: 5 })).items.find(({ text }) => text === 'look')
  let message = await find()
  while (!message) message = await find()
  const { data, mimetype } = await waha.message.downloadMedia({ session, chat: `+${OTHER}`, message: message.id })
  expect([[...data], mimetype]).toEqual([[1, 2, 3], 'image/png'])
})
