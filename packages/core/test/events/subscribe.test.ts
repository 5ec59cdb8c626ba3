import { describe, expect, it } from 'vitest'
import { createEventBus } from '../../src/events/event-bus.ts'
import { subscribe } from '../../src/events/subscribe.ts'
import { type EventType, GatewayError, type GatewayEvent, type Message, type SubscribeInput } from '../../src/index.ts'
import { paged } from '../../src/verbs/paged.ts'
import { jumpingClock } from '../sample-gateway.ts'
import { names, START, subscription, take, world } from './subscriptions.ts'

describe('by looking', () => {
  it('tells states, new messages and acks, each once, the oldest first', async () => {
    const one = world()
    one.say('old', START - 5_000)
    const seen = await take(5, subscribe(subscription(one), { session: 'main' }), ({ type }, index) => {
      if (index === 0) {
        one.say('b', START + 7_000, { chat: '2@c.us' })
        one.say('a', START + 6_000, { fromMe: true })
      }
      if (index === 2)
        one.messages.splice(
          one.messages.findIndex(({ id }) => id === 'a'),
          1,
          { ...find(one.messages, 'a'), ack: 'read' },
        )
      if (type === 'message.ack') one.become('failed')
    })
    expect(names(seen)).toEqual([
      ['session.status', ''],
      ['message.sent', 'a'],
      ['message.received', 'b'],
      ['message.ack', 'a'],
      ['session.status', ''],
    ])
    expect(seen[3]).toMatchObject({ data: { ack: 'read', chat: '1@c.us' }, gateway: 'sample', session: 'main' })
    expect(seen[4]).toMatchObject({ data: { state: 'failed' } })
    expect(new Set(seen.map(({ dedupeKey }) => dedupeKey)).size).toBe(5)
  })

  it('goes back as far as asked, over pages', async () => {
    const one = world()
    for (let at = 0; at < 65; at++) one.say(`m${at}`, at * 10)
    const seen = await take(66, subscribe(subscription(one), { session: 'main', since: 0 }))
    expect(
      names(seen)
        .slice(1)
        .map(([, id]) => id),
    ).toEqual(Array.from({ length: 65 }, (_, at) => `m${at}`))
  })

  it('tells a message whose way took longer than the pause between two looks, once', async () => {
    const one = world()
    const end = new AbortController()
    const jumping = jumpingClock()
    const clock = {
      ...jumping,
      after(ms: number, callback: () => void) {
        // no look finds it any more
        if (jumping.waits.length > 50) end.abort()
        return jumping.after(ms, callback)
      },
    }
    const input = { session: 'main', intervalMs: 5_000, signal: end.signal }
    const seen = await take(3, subscribe(subscription(one, { clock }), input), (_, index) => {
      if (index === 0) one.say('first', START + 20_000)
      // its time is that of sending, and others were looked at since
      if (index === 1) one.say('late', START + 1_000)
    })
    expect(names(seen).slice(1)).toEqual([
      ['message.received', 'first'],
      ['message.received', 'late'],
    ])
  })

  it('goes on after what passes, with longer pauses, and stops at what does not', async () => {
    const one = world()
    one.failures.push(
      new GatewayError('away', { kind: 'network' }),
      new GatewayError('busy', { kind: 'rate_limited', retryAfterMs: 20_000 }),
    )
    const clock = jumpingClock()
    await take(1, subscribe(subscription(one, { clock }), { session: 'main' }))
    expect(clock.waits).toEqual([10_000, 20_000])
    one.failures.push(new GatewayError('no', { kind: 'auth' }))
    await expect(take(1, subscribe(subscription(one), { session: 'main' }))).rejects.toMatchObject({ kind: 'auth' })
  })

  it('ends when the signal fires', async () => {
    const one = world()
    const end = new AbortController()
    const seen: GatewayEvent[] = []
    for await (const event of subscribe(subscription(one), { session: 'main', signal: end.signal })) {
      seen.push(event)
      end.abort()
    }
    expect(seen).toHaveLength(1)
  })

  it('gives only the types that were asked for, and tells the gateway’s verbs all', async () => {
    const one = world()
    one.say('a', START + 1)
    const eventBus = createEventBus()
    const heard: EventType[] = []
    eventBus.listen(({ type }) => heard.push(type))
    const seen = await take(1, subscribe(subscription(one, { eventBus }), { session: 'main', types: ['message.received'] }))
    expect(names(seen)).toEqual([['message.received', 'a']])
    expect(heard).toEqual(['session.status', 'message.received'])
  })

  it('goes on telling states where messages cannot be looked up, and says why', async () => {
    const one = world()
    const refused = new GatewayError('Enable the store', { kind: 'invalid_request', hint: 'config.noweb.store.enabled' })
    const { capabilities } = one
    const list = () => paged(() => Promise.reject(refused), {})
    const from = subscription(one, { capabilities: { ...capabilities, chat: { list } } as never })
    const seen = await take(3, subscribe(from, { session: 'main' }), (_, index) => {
      if (index === 1) one.become('failed')
    })
    expect(seen.map(({ type, data }) => [type, data])).toEqual([
      ['session.status', { state: 'connected', account: 'ok' }],
      ['connection.gap', { since: START, messagesLookedUp: false, reason: 'Enable the store config.noweb.store.enabled' }],
      ['session.status', { state: 'failed', account: 'ok' }],
    ])
  })

  it('looks at all sessions, and one that fails does not stop the others', async () => {
    const one = world()
    one.say('a', START + 1)
    const { capabilities } = one
    const sessions = ['gone', 'main'].map((session) => ({ session, state: 'connected', account: 'ok', nextActions: [], raw: {} }))
    const list = (input: { session: string }) =>
      input.session === 'gone'
        ? paged(() => Promise.reject(new GatewayError('gone', { kind: 'not_found' })), {})
        : capabilities.chat.list?.(input)
    const from = subscription(one, {
      capabilities: { ...capabilities, session: { list: async () => ({ sessions, raw: {} }) }, chat: { list } } as never,
    })
    const seen = await take(3, subscribe(from, { session: '*' }))
    expect(seen.map(({ type, session }) => [type, session])).toEqual([
      ['session.status', 'gone'],
      ['session.status', 'main'],
      ['message.received', 'main'],
    ])
  })

  it('cannot look at all sessions where they cannot be listed', async () => {
    const error = await take(1, subscribe(subscription(world()), { session: '*' })).catch((reason) => reason)
    expect(error).toMatchObject({ kind: 'unsupported', field: 'session' })
  })

  it('cannot be done by socket where there is none', async () => {
    const events = subscribe(subscription(world()), { session: 'main', via: 'socket' })
    await expect(take(1, events)).rejects.toMatchObject({ kind: 'unsupported', field: 'via' })
    await expect(take(1, subscribe(subscription(world()), {} as SubscribeInput))).rejects.toMatchObject({ field: 'session' })
  })
})

function find(messages: readonly Message[], wanted: string): Message {
  const found = messages.find(({ id }) => id === wanted)
  if (!found) throw new Error(`no ${wanted}`)
  return found
}
