import { expectLinear } from '@wamux/testkit/growth'
import { describe, expect, it } from 'vitest'
import { completeEvent, type ParsedEvent } from '../../src/events/parsed-event.ts'
import { createIdentities } from '../../src/verbs/identities.ts'
import type { GatewayEvent } from '../../src/vocabulary/event.ts'
import { createWebhookHandler, dedupeKeyOf } from '../../src/webhooks/index.ts'

const C = '4915112345678@c.us'
const L = '222000000000000@lid'
const phone = '+4915112345678'
const both = { id: L, phone, lid: L }

/** An event as plugins parse it. */
function event(type: 'message.ack' | 'message.received', dedupeKey: string, data: object): GatewayEvent {
  const parsed = { type, vendorType: 'x', session: 'main', dedupeKey, data } as unknown as ParsedEvent
  return completeEvent(parsed, { gateway: 'waha', raw: {}, contentId: 'c', receivedAt: 1 }, 0)
}

const received = (chat: string, id: string, person?: object) =>
  event('message.received', `message.received:false_${chat}_${id}`, { message: { chat, id, ...(person ? { person } : {}) } })

/** How often a handler is called for events that come one after the other. */
async function handled(events: readonly GatewayEvent[]): Promise<number> {
  let calls = 0
  const handle = createWebhookHandler({
    parse: async (request) => [events[Number(request.headers instanceof Headers ? 0 : (request.headers.index ?? 0))] as GatewayEvent],
    onEvent: () => {
      calls += 1
    },
  })
  for (const index of events.keys()) await handle({ headers: { index: String(index) }, body: '' })
  return calls
}

describe('a message under the number and under the LID of a person', () => {
  it.each([
    ['the second tells the number', [received(C, 'A'), received(L, 'A', both)], 1],
    ['the first tells the number', [received(L, 'A', both), received(C, 'A')], 1],
    ['another event told the number', [received(L, 'B', both), received(L, 'A'), received(C, 'A')], 2],
    ['nobody told the number', [received(L, 'A'), received(C, 'A')], 2],
    ['another message', [received(L, 'A', both), received(C, 'B')], 2],
    [
      'an ack of it',
      [
        event('message.ack', `ack:true_${L}_A:read`, { message: 'A', person: both }),
        event('message.ack', `ack:true_${C}_A:read`, { message: 'A' }),
      ],
      1,
    ],
    [
      'another ack of it',
      [event('message.ack', `ack:true_${L}_A:read`, { person: both }), event('message.ack', `ack:true_${C}_A:played`, {})],
      2,
    ],
    ['a device of it', [received(L, 'A', both), event('message.received', 'message.received:false_4915112345678@s.whatsapp.net_A', {})], 1],
    // who writes in a group is a part of the id
    ['in a group', [received('1@g.us', `A_${L}`, both), received('1@g.us', `A_${C}`)], 1],
  ])('is handled once when %s', async (_, events, calls) => {
    expect(await handled(events)).toBe(calls)
  })

  it('is told alike by a key of its own, for stores that several servers share', () => {
    const identities = createIdentities()
    identities.learn('main', both)
    expect(dedupeKeyOf(received(L, 'A'), identities)).toBe(received(C, 'A').dedupeKey)
    expect(dedupeKeyOf(received(L, 'A'), undefined)).toContain(L)
  })

  it('is looked for in keys of any length with work that grows as they do', async () => {
    const identities = createIdentities()
    const oneOf = (length: number) => ({ ...received(C, 'A'), dedupeKey: `${'1'.repeat(length)}@x` })
    await expectLinear((one) => dedupeKeyOf(one, identities), oneOf, 500_000)
  })
})
