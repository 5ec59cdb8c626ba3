import { describe, expect, it } from 'vitest'
import { MessagePoller } from '../../src/events/message-poller.ts'
import { subscribe } from '../../src/events/subscribe.ts'
import { type Clock, GatewayError, type MessageVerbs, type SessionVerbs } from '../../src/index.ts'
import type { GatewayEvent } from '../../src/vocabulary/event.ts'
import { jumpingClock } from '../sample-gateway.ts'
import { names, START, subscription, type World, world } from './subscriptions.ts'

/** The events until enough came. */
async function until(events: AsyncIterable<GatewayEvent>, enough: (all: readonly GatewayEvent[]) => boolean): Promise<GatewayEvent[]> {
  const all: GatewayEvent[] = []
  for await (const event of events) {
    all.push(event)
    if (enough(all)) break
  }
  return all
}

/** What a gateway gives whose messages cannot be read at times. Ends after 2,000 polls, so that a test ends too when something is lost. */
function failingAt(
  one: World,
  fails: (call: number, chat: unknown) => boolean,
  kind: GatewayError['kind'],
  more: { clock?: Clock; since?: number },
) {
  const { list } = one.capabilities.message as Required<MessageVerbs>
  const stop = new AbortController()
  let calls = 0
  const failing: MessageVerbs['list'] = (input, options) => {
    calls += 1
    if (fails(calls, input.chat)) throw new GatewayError('away', { kind })
    return list(input, options)
  }
  const { get } = one.capabilities.session as Required<SessionVerbs>
  let polls = 0
  const counted: SessionVerbs['get'] = (input, options) => {
    polls += 1
    if (polls > 2_000) stop.abort()
    return get(input, options)
  }
  const capabilities = { ...one.capabilities, session: { get: counted }, message: { list: failing } }
  const { clock = jumpingClock(), ...from } = more
  return subscribe(subscription({ ...one, capabilities }, { clock }), { session: 'main', signal: stop.signal, ...from })
}

const typesOf = (events: readonly GatewayEvent[]) => events.map(({ type }) => type)

describe('polls of any gateway', () => {
  it('tell that the gateway was out of reach, that it is back, and what came meanwhile', async () => {
    const one = world()
    const clock = jumpingClock()
    const events = subscribe(subscription(one, { clock }), { session: 'main' })
    const seen = await until(events, (all) => {
      if (all.length === 1) {
        for (let count = 0; count < 2; count++) one.failures.push(new GatewayError('away', { kind: 'network' }))
        one.say('late', clock.now() + 1)
      }
      return typesOf(all).includes('message.received')
    })
    expect(typesOf(seen)).toEqual(['session.status', 'connection.lost', 'connection.restored', 'message.received'])
    expect(seen[2]?.data).toMatchObject({ awayMs: expect.any(Number) })
  })

  it('go through all chats with new messages, not only the first fifty', async () => {
    const one = world()
    for (let count = 0; count < 120; count++) one.say(`m${count}`, START + 1, { chat: `49151000${1000 + count}@c.us` })
    const seen = await until(subscribe(subscription(one), { session: 'main', since: START }), (all) => all.length >= 121)
    expect(typesOf(seen).filter((type) => type === 'message.received')).toHaveLength(120)
    expect(typesOf(seen)).not.toContain('connection.gap')
  })

  it('tell a gap where a chat has more messages than are gone through', async () => {
    const one = world()
    for (let count = 0; count < 1_100; count++) one.say(`m${count}`, START + 1)
    const seen = await until(subscribe(subscription(one), { session: 'main', since: START }), (all) =>
      typesOf(all).includes('connection.gap'),
    )
    expect(seen.at(-1)?.data).toMatchObject({ messagesLookedUp: false, reason: expect.stringContaining('1000 messages') })
  })

  it('give what they found, though another chat could not be read in the same poll', async () => {
    for (const kind of ['network', 'timeout', 'rate_limited', 'conflict'] as const) {
      const one = world()
      one.say('a', START + 1, { chat: '49151000001@c.us' })
      one.say('b', START + 2, { chat: '49151000002@c.us' })
      const seen = await until(
        failingAt(one, (call) => call === 2, kind, { since: START }),
        (all) => all.length === 3,
      )
      expect(names(seen).slice(1), kind).toEqual([
        ['message.received', 'a'],
        ['message.received', 'b'],
      ])
    }
  })

  it('give what they found, though the next page of the same chat could not be read', async () => {
    const one = world()
    for (let count = 0; count < 30; count++) one.say(`m${count}`, START + 1 + count)
    const seen = await until(
      failingAt(one, (call) => call === 2, 'server', { since: START }),
      (all) => all.length === 31,
    )
    expect(new Set(names(seen.slice(1)).map(([, id]) => id)).size).toBe(30)
  })

  it('find what came to a chat while it could not be read, also after a long time', async () => {
    const one = world()
    const clock = jumpingClock()
    const until10Minutes = clock.now() + 600_000
    const [broken, other] = ['49151000001@c.us', '49151000002@c.us']
    one.say('missed', clock.now() + 1, { chat: broken })
    one.say('other', clock.now() + 1, { chat: other })
    const events = failingAt(one, (_, chat) => chat === broken && clock.now() < until10Minutes, 'server', { clock })
    const seen = await until(events, (all) => {
      // something comes to the other chat, so that not every chat fails
      one.say(`more${all.length}`, clock.now() + 1, { chat: other })
      return names(all).some(([, id]) => id === 'missed')
    })
    expect(names(seen)).toContainEqual(['message.received', 'missed'])
    expect(seen.filter(({ vendorType }) => vendorType === 'chat.skipped')).toHaveLength(1)
  })

  it('do not count the gateway as lost where its only changed chat can never be read', async () => {
    const one = world()
    one.say('a', START + 1, { chat: '0@c.us' })
    const seen = await until(
      failingAt(one, () => true, 'server', { since: START }),
      (all) => all.length === 2,
    )
    expect(seen.map(({ vendorType }) => vendorType)).toEqual(['poll', 'chat.skipped'])
  })

  it('tell messages with the same id in several chats apart, and their acks', async () => {
    const one = world()
    const chats = ['49151000001@c.us', '49151000002@c.us', '1203@g.us']
    for (const chat of chats) one.say('AA', START + 1, { chat, fromMe: true, ack: 'sent' })
    const seen = await until(
      failingAt(one, () => false, 'server', { since: START }),
      (all) => {
        if (all.length === 4) for (const [index, message] of one.messages.entries()) one.messages[index] = { ...message, ack: 'read' }
        return all.length === 7
      },
    )
    const told = (type: string) =>
      seen
        .filter((event) => event.type === type)
        .map(({ data }) => ('message' in data && typeof data.message === 'object' ? data.message.chat : (data as { chat?: string }).chat))
    expect(told('message.sent').sort()).toEqual([...chats].sort())
    expect(told('message.ack').sort()).toEqual([...chats].sort())
  })

  it('know a message of another source under the other name of its person', async () => {
    const one = world()
    one.say('AA', START + 1, { chat: '49151000001@c.us' })
    const poller = new MessagePoller(one.capabilities as never, 'main')
    const [message] = one.messages
    if (message) poller.add({ ...message, chat: '222000000000000@lid' })
    expect(await poller.poll(START, {})).toEqual([])
  })

  it('tell a gap, once, where the gateway lists no messages', async () => {
    const { capabilities, ...one } = world()
    const { session } = capabilities
    const clock = jumpingClock()
    const events = subscribe(subscription({ ...one, capabilities: { session } as never }, { clock }), { session: 'main' })
    const seen = await until(events, (all) => {
      if (all.length === 2) one.become('failed')
      return all.length === 3
    })
    expect(typesOf(seen)).toEqual(['session.status', 'connection.gap', 'session.status'])
    expect(seen[1]?.data).toMatchObject({ messagesLookedUp: false })
  })
})
