import { createVirtualClock, type VirtualClock } from '../src/clock/virtual-clock.ts'
import { createEmulator, type Emulator } from '../src/emulator.ts'
import { RECIPES } from '../src/page/recipes.ts'
import type { GatewayId } from '../src/sessions/session.ts'
import { at, callerOf } from './caller.ts'

export const ME = '12025550100'
export const BEN = '12025550199'
const SECRET = 'hook-secret'
const SPARKBOT_WORDS = ['message:in:new', 'message:out:new', 'message:out:ack', 'message:reaction', 'number:session', 'group:update']

/** An emulator with a paired session of one gateway, a webhook whose receiver answers 500 half of the time, and much that goes on. */
export interface World {
  readonly emulator: Emulator
  readonly clock: VirtualClock
  readonly session: string
  /** Goes on for a while, and tells everything that can be seen of it. */
  goOn(): Promise<string>
}

export function makeEmulator(seed = 1): { readonly emulator: Emulator; readonly clock: VirtualClock } {
  const clock = createVirtualClock()
  const deliver = async () => new Response('{}', { status: Math.floor(clock.now() / 1_500) % 2 === 0 ? 500 : 200 })
  return { emulator: createEmulator({ seed, clock, deliver }), clock }
}

/** Registers a webhook, and makes and pairs a session. */
export async function pair(emulator: Emulator, clock: VirtualClock, gateway: GatewayId): Promise<string> {
  const call = callerOf(emulator, gateway)
  const url = 'http://hooks.invalid/wamux'
  let session = 'main'
  if (gateway === 'waha') {
    const hook = { url, events: ['*'], hmac: { key: SECRET } }
    await call('POST', '/api/sessions', { name: session, start: true, config: { webhooks: [hook] } })
  }
  if (gateway === 'warest') {
    const opened = call('GET', `/api/v1/session/create?sessionId=${session}`)
    await clock.advance(100)
    await opened
    await call('POST', `/api/v1/session/${session}/config`, { webhookUrl: url, webhookSecret: SECRET })
  }
  if (gateway === 'wawp') {
    const { instanceId, accessToken } = emulator.gateways.wawp.credentials
    session = instanceId
    const query = `?instance_id=${instanceId}&access_token=${accessToken}`
    await call('POST', `/v2/session/start${query}`, {})
    await call('POST', `/v2/webhook/set${query}`, { url, events: ['*'], hmac: SECRET })
  }
  if (gateway === 'sparkbot') {
    session = String(at(await call('POST', '/devices', { alias: 'a' }), 'id'))
    await call('POST', '/webhooks', { url, events: SPARKBOT_WORDS })
  }
  await clock.advance(100)
  await emulator.control.scan({ gateway, session, phone: ME })
  await clock.advance(100)
  return session
}

/** Lets everything happen that phones do, and leaves much of it under way. */
export async function makeBusy({ control }: Emulator, clock: VirtualClock): Promise<void> {
  await control.phone({ phone: BEN, name: 'Ben', about: 'there', picture: { base64: 'iVBORw0K', mimetype: 'image/png' } })
  const { id: group } = await control.group({ phone: BEN, subject: 'Team', participants: [ME, '12025550150'], approval: true })
  const poll = await control.message({ from: BEN, to: group, poll: { question: 'When?', options: ['now', 'later'], multiple: false } })
  await control.message({ from: BEN, to: ME, file: { base64: 'AAAA', mimetype: 'audio/ogg' }, type: 'voice' })
  await clock.advance(200)
  await control.vote({ phone: ME, message: poll.id, options: ['now'] })
  await control.react({ phone: ME, message: poll.id, emoji: '👍' })
  await control.channel({ phone: BEN, name: 'News' })
  await control.label({ phone: ME, name: 'Customer' })
  await control.call({ from: BEN, to: ME })
  await control.presence({ phone: BEN, chat: ME, presence: 'typing' })
  await control.phone({ phone: '12025550151', on: false })
  await control.message({ from: ME, to: '12025550151', text: 'waits for a phone that is off' })
  await control.fault({ operation: 'nothing.like.this', times: 3, probability: 0.5, status: 503 })
  await control.account({ phone: '12025550152', state: 'timelock' })
  await control.account({ phone: '12025550152', state: 'capping', used: 455 })
  await control.fault({ fault: 'cooldown' })
  await control.fault({ fault: 'drip', operation: 'nothing.like.this' })
  await control.fault({ fault: 'webhooks-late', delayMs: 700 })
  await control.fault({ fault: 'webhooks-reordered' })
  await control.message({ from: BEN, to: ME, text: 'on its way' })
}

export async function makeWorld(gateway: GatewayId, seed = 1): Promise<World> {
  const { emulator, clock } = makeEmulator(seed)
  const session = await pair(emulator, clock, gateway)
  await makeBusy(emulator, clock)
  return { emulator, clock, session, goOn: () => goOn(emulator, clock, gateway, session) }
}

/** Sends through the gateway, lets half a minute pass, and tells everything that can be seen. */
export async function goOn(emulator: Emulator, clock: VirtualClock, gateway: GatewayId, session: string): Promise<string> {
  const { control } = emulator
  const { method, path, body } = RECIPES[gateway].send(session, `${BEN}@c.us`, 'after it')
  const query = gateway === 'wawp' ? `?access_token=${emulator.gateways.wawp.credentials.accessToken}` : ''
  const sent = await callerOf(emulator, gateway)(method, path + query, body)
  if (sent.status >= 300) throw new Error(`${gateway} did not send: ${JSON.stringify(sent.body)}`)
  await control.phone({ phone: '12025550151', on: true })
  await control.crash({ gateway, session })
  await clock.advance(30_000)
  const people = await Promise.all([ME, BEN].map((phone) => control.accountOf({ phone })))
  const chats = await Promise.all([BEN, '12025550151'].map((chat) => control.chatOf({ phone: ME, chat })))
  const presence = await control.presenceOf({ phone: ME, of: BEN } as never).catch(String)
  const group = (await control.messages()).map(({ to }) => to).find((to) => to.endsWith('@g.us')) ?? ''
  const seen = {
    sent,
    people,
    chats,
    presence,
    group: await control.groupOf({ group }),
    state: await control.state(),
    deliveries: await control.deliveries(),
    faults: await control.faults(),
    call: await control.call({ from: BEN, to: ME }),
    after: await control.message({ from: BEN, to: ME, text: 'the next id' }),
  }
  return JSON.stringify(seen, undefined, 1)
}
