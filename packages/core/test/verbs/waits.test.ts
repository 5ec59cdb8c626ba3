import { describe, expect, it } from 'vitest'
import { createEventBus } from '../../src/events/event-bus.ts'
import type { Ack, GatewayEvent, Message, SessionInfo } from '../../src/index.ts'
import { waitForSession } from '../../src/index.ts'
import { reached, waitForAck } from '../../src/verbs/index.ts'
import { jumpingClock } from '../sample-gateway.ts'

const message = (ack: Ack): Message => ({ session: 'main', id: 'm', chat: '1@c.us', type: 'text', ack, raw: {} })
const getting =
  (...acks: Ack[]) =>
  async () =>
    message(acks.length > 1 ? (acks.shift() as Ack) : (acks[0] as Ack))
const input = { session: 'main', chat: '1@c.us', message: 'm' }

describe('waitForAck', () => {
  it('looks until it is far enough, and further counts', async () => {
    const clock = jumpingClock()
    expect((await waitForAck(getting('pending', 'sent', 'read'), clock)({ ...input, ack: 'delivered' })).ack).toBe('read')
    expect(clock.waits).toEqual([1_000, 1_500])
  })

  it('says how far it got when time is up, and that it failed', async () => {
    const late = waitForAck(getting('sent'), jumpingClock())({ ...input, timeoutMs: 5_000 })
    await expect(late).rejects.toMatchObject({ kind: 'timeout', message: 'Message m is sent, not delivered, after 5 s' })
    await expect(waitForAck(getting('failed'), jumpingClock())(input)).rejects.toMatchObject({ kind: 'conflict' })
    await expect(waitForAck(getting('unknown'), jumpingClock())({ ...input, timeoutMs: 1 })).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('looks at once when an event of the session comes', async () => {
    const eventBus = createEventBus()
    // time stands still: only the event can end the pause
    const clock = { now: () => 0, after: () => () => {} }
    const acks: Ack[] = ['sent', 'delivered']
    const waiting = waitForAck(getting(...acks), clock, eventBus)(input)
    await new Promise((resolve) => setImmediate(resolve))
    eventBus.publish({ session: 'other' } as GatewayEvent)
    eventBus.publish({ session: 'main' } as GatewayEvent)
    expect((await waiting).ack).toBe('delivered')
  })

  it('is ended by its signal, also before it began', async () => {
    const clock = { now: () => 0, after: () => () => {} }
    const end = new AbortController()
    const waiting = waitForAck(getting('sent'), clock)(input, { signal: end.signal })
    await new Promise((resolve) => setImmediate(resolve))
    end.abort()
    await expect(waiting).rejects.toMatchObject({ kind: 'aborted' })
    await expect(waitForAck(getting('sent'), clock)(input, { signal: end.signal })).rejects.toMatchObject({ kind: 'aborted' })
  })
})

it('waitForSession hears of events too', async () => {
  const eventBus = createEventBus()
  const clock = { now: () => 0, after: () => () => {} }
  const states = ['starting', 'connected'] as const
  let at = 0
  const get = async () => ({ session: 'main', state: states[at++] ?? 'unknown' }) as SessionInfo
  const waiting = waitForSession(get, clock, eventBus)({ session: 'main' })
  await new Promise((resolve) => setImmediate(resolve))
  eventBus.publish({ session: 'main' } as GatewayEvent)
  expect((await waiting).state).toBe('connected')
})

it('waitForSession never hints at waiting once more', async () => {
  const waiting = (...nextActions: SessionInfo['nextActions'][number][]) =>
    waitForSession(
      async () => ({ session: 'main', state: 'starting', nextActions }) as unknown as SessionInfo,
      jumpingClock(),
    )({
      session: 'main',
      timeoutMs: 10,
    })
  const error = await waiting('wait').catch((reason: unknown) => reason)
  expect(error).toMatchObject({ kind: 'timeout' })
  expect(error).not.toHaveProperty('hint', expect.anything())
  await expect(waiting('wait', 'restart')).rejects.toMatchObject({ hint: 'Try: restart.' })
})

it('acks have an order', () => {
  expect([reached('read', 'sent'), reached('sent', 'read'), reached('failed', 'sent'), reached('unknown', 'sent')]).toEqual([
    true,
    false,
    false,
    false,
  ])
})
