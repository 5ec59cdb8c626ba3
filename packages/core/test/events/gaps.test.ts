import { describe, expect, it } from 'vitest'
import { subscribe } from '../../src/events/subscribe.ts'
import { GatewayError } from '../../src/index.ts'
import type { GatewayEvent } from '../../src/vocabulary/event.ts'
import { jumpingClock } from '../sample-gateway.ts'
import { START, subscription, world } from './subscriptions.ts'

/** The events until enough came. */
async function until(events: AsyncIterable<GatewayEvent>, enough: (all: readonly GatewayEvent[]) => boolean): Promise<GatewayEvent[]> {
  const all: GatewayEvent[] = []
  for await (const event of events) {
    all.push(event)
    if (enough(all)) break
  }
  return all
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
