import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { subscribe } from '../../src/events/subscribe.ts'
import { GatewayError } from '../../src/index.ts'
import { names, START, socket, sockets, subscription, take, world } from './subscriptions.ts'

describe('by socket', () => {
  it('tells what comes, also what it cannot read', async () => {
    const { Fake, each, made } = sockets()
    each((one) => {
      one.fire('open')
      one.fire('message', JSON.stringify({ id: 'a' }))
      one.fire('message', '{')
      one.fire('message', '{}')
      one.fire('message', JSON.stringify({ id: 'a' }))
      one.fire('message', JSON.stringify({ id: 'b' }))
    })
    const seen = await take(
      3,
      subscribe(subscription(world(), { socket }), { session: 'main', WebSocket: Fake, types: ['message.received', 'unknown'] }),
    )
    expect(names(seen)).toEqual([
      ['message.received', 'a'],
      ['unknown', ''],
      ['unknown', ''],
    ])
    expect(seen[0]).toMatchObject({ id: 'evt_a', raw: { id: 'a' } })
    expect(made).toHaveLength(1)
    expect(made[0]?.closed).toBe(true)
  })

  it('opens again, and looks up what was missed', async () => {
    const one = world()
    const { Fake, each } = sockets()
    each((connection, count) => {
      connection.fire('open')
      if (count === 1) {
        connection.fire('message', JSON.stringify({ id: 'a', at: START + 10 }))
        one.say('a', START + 10)
        one.say('missed', START + 20)
        connection.close()
      } else connection.fire('message', JSON.stringify({ id: 'later', at: START + 5_000 }))
    })
    const seen = await take(7, subscribe(subscription(one, { socket }), { session: 'main', WebSocket: Fake }))
    expect(names(seen)).toEqual([
      ['message.received', 'a'],
      ['connection.lost', ''],
      ['connection.restored', ''],
      ['session.status', ''],
      ['message.received', 'missed'],
      ['connection.gap', ''],
      ['message.received', 'later'],
    ])
    expect(seen[1]?.data).toEqual({ reason: 'closed' })
    expect(seen[2]?.data).toEqual({ awayMs: 500 })
    expect(seen[5]).toMatchObject({
      session: 'main',
      vendorType: 'connection',
      data: { since: START, until: START + 500, messagesLookedUp: true },
    })
    expect(new Set(seen.map(({ dedupeKey }) => dedupeKey)).size).toBe(7)
  })

  it('tries again when what was missed cannot be looked up yet, and tells the gap once it could', async () => {
    const one = world()
    const { Fake, each } = sockets()
    const down = () => new GatewayError('starting', { kind: 'server', retryable: true })
    each((connection, count) => {
      connection.fire('open')
      if (count > 1) return
      one.say('missed', START + 20)
      one.failures.push(down(), down())
      connection.close()
    })
    const types = ['connection.lost', 'connection.gap', 'message.received'] as const
    const seen = await take(3, subscribe(subscription(one, { socket }), { session: 'main', WebSocket: Fake, types }))
    expect(names(seen).map(([type, id]) => `${type} ${id}`)).toEqual(['connection.lost ', 'message.received missed', 'connection.gap '])
    expect(one.calls.filter((name) => name === 'get')).toHaveLength(3)
  })

  it('says that messages could not be looked up where the gateway keeps none', async () => {
    const one = world()
    const { Fake, each } = sockets()
    each((connection, count) => {
      connection.fire('open')
      if (count > 1) return
      one.become('connected')
      connection.close()
    })
    const { capabilities } = one
    const bare = { session: capabilities.session }
    const from = subscription(one, { socket, capabilities: bare as never })
    const [gap] = await take(1, subscribe(from, { session: 'main', WebSocket: Fake, types: ['connection.gap'] }))
    expect(gap?.data).toMatchObject({ messagesLookedUp: false })
  })

  it('opens anew when the gateway has what a silent connection did not tell', async () => {
    const one = world()
    const { Fake, each, made } = sockets()
    let now = START
    const timers: { readonly ms: number; readonly run: () => void }[] = []
    const clock = {
      now: () => now,
      after(ms: number, run: () => void) {
        const timer = { ms, run }
        timers.push(timer)
        return () => void timers.splice(timers.indexOf(timer) >>> 0, 1)
      },
    }
    const pass = async (ms: number) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      now += ms
      for (const timer of timers.filter((timer) => timer.ms <= ms)) {
        timers.splice(timers.indexOf(timer), 1)
        timer.run()
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    each((connection) => connection.fire('open'))
    const types = ['connection.lost', 'connection.restored', 'connection.gap', 'message.received'] as const
    const seen = take(4, subscribe(subscription(one, { socket, clock }), { session: 'main', WebSocket: Fake, types }))
    await pass(60_000)
    // nothing new at the gateway: only a quiet account
    expect(made.map(({ closed }) => closed)).toEqual([false])
    one.say('untold', now + 1)
    await pass(60_000)
    expect(made[0]?.closed).toBe(true)
    await pass(1_000)
    expect((await seen).map(({ type, data }) => [type, 'reason' in data ? data.reason : ''])).toEqual([
      ['message.received', ''],
      ['connection.lost', 'silent'],
      ['connection.restored', ''],
      ['connection.gap', ''],
    ])
    expect(made).toHaveLength(2)
  })

  it('drops the connection when nobody takes the events, and looks the rest up', async () => {
    const one = world()
    const { Fake, each, made } = sockets()
    each((connection, count) => {
      connection.fire('open')
      if (count > 1) return
      for (let at = 0; at < 1_100; at++) {
        one.say(`m${at}`, START + at)
        connection.fire('message', JSON.stringify({ id: `m${at}`, at: START + at }))
      }
    })
    const input = { session: 'main', WebSocket: Fake, types: ['message.received'] } as const
    const seen = await take(1_100, subscribe(subscription(one, { socket }), input))
    expect(new Set(names(seen).map(([, id]) => id)).size).toBe(1_100)
    expect(made).toHaveLength(2)
  })

  it('gives up when it never opens, and does not show the address', async () => {
    const { Fake, each, made } = sockets()
    each((connection) => connection.fire('error'))
    const input = { session: 'main', WebSocket: Fake, via: 'socket' } as const
    const error = await take(1, subscribe(subscription(world(), { socket }), input)).catch((reason) => reason)
    expect(error).toMatchObject({ kind: 'network', gateway: 'sample' })
    expect(JSON.stringify(error) + error.stack).not.toContain('canary-7f3e')
    expect(made).toHaveLength(5)
  })

  it('does not come again when it was closed because of who asks', async () => {
    const { Fake, each, made } = sockets()
    each((connection) => {
      connection.fire('open')
      connection.fire('close', undefined, 1008)
    })
    const error = await take(1, subscribe(subscription(world(), { socket }), { session: 'main', WebSocket: Fake })).catch(
      (reason) => reason,
    )
    expect(error).toMatchObject({ kind: 'auth', gateway: 'sample' })
    expect(JSON.stringify(error) + error.stack).not.toContain('canary-7f3e')
    expect(made).toHaveLength(1)
  })

  it('looks instead when it never opens and nobody asked for a socket', async () => {
    const one = world()
    one.say('a', START + 1)
    const { Fake, each } = sockets()
    each((connection) => connection.fire('error'))
    const seen = await take(3, subscribe(subscription(one, { socket }), { session: 'main', WebSocket: Fake }))
    expect(names(seen)).toEqual([
      ['connection.gap', ''],
      ['session.status', ''],
      ['message.received', 'a'],
    ])
    expect(seen[0]?.data).toMatchObject({ messagesLookedUp: true, reason: expect.stringContaining('cannot be opened') })
  })

  describe('where there is no WebSocket, as in Node 20', () => {
    beforeEach(() => void vi.stubGlobal('WebSocket', undefined))
    afterEach(() => void vi.unstubAllGlobals())

    it('tells that it looks instead, and what that does not find', async () => {
      const one = world()
      one.say('a', START + 1)
      const seen = await take(3, subscribe(subscription(one, { socket }), { session: 'main' }))
      expect(names(seen).map(([type]) => type)).toEqual(['connection.gap', 'session.status', 'message.received'])
      expect(seen[0]?.data).toMatchObject({ reason: expect.stringMatching(/no WebSocket here.*package ws.*messages and their acks/) })
    })

    it('says nothing to whoever asked for polls, and refuses to wait for what polls never find', async () => {
      const [first] = await take(1, subscribe(subscription(world(), { socket }), { session: 'main', via: 'poll' }))
      expect(first?.type).toBe('session.status')
      const reactions = subscribe(subscription(world(), { socket }), { session: 'main', types: ['message.reaction'] })
      await expect(take(1, reactions)).rejects.toMatchObject({ kind: 'config', field: 'WebSocket' })
    })
  })

  it('ends when the signal fires, and closes', async () => {
    const { Fake, each, made } = sockets()
    const end = new AbortController()
    each((connection) => {
      connection.fire('open')
      end.abort()
    })
    expect(await take(1, subscribe(subscription(world(), { socket }), { session: 'main', WebSocket: Fake, signal: end.signal }))).toEqual(
      [],
    )
    expect(made[0]?.closed).toBe(true)
  })
})
