import { describe, expect, it } from 'vitest'
import type { WebSocketLike } from '../../src/events/connection.ts'
import { createEventBus } from '../../src/events/event-bus.ts'
import { type Subscription, subscribe } from '../../src/events/subscribe.ts'
import { type EventSocket, type EventType, GatewayError, type GatewayEvent, type Message, type SubscribeInput } from '../../src/index.ts'
import { paged } from '../../src/verbs/paged.ts'
import { jumpingClock, manifest } from '../sample-gateway.ts'

const START = 1_000

/** A gateway whose session and chats can be changed. */
function world() {
  const messages: Message[] = []
  const failures: Error[] = []
  const calls: string[] = []
  let state: 'connected' | 'failed' = 'connected'
  const answer = async <Value>(name: string, value: () => Value): Promise<Value> => {
    calls.push(name)
    const failure = failures.shift()
    if (failure) throw failure
    return value()
  }
  const capabilities = {
    session: {
      get: ({ session }: { session: string }) =>
        answer('get', () => ({ session, state, account: 'ok', nextActions: [], raw: {} }) as const),
    },
    chat: {
      list: (input: { session: string; limit?: number }) =>
        paged(
          () =>
            answer('chats', () => {
              const ids = [...new Set(messages.map(({ chat }) => chat))]
              const at = (id: string) => Math.max(...messages.filter(({ chat }) => chat === id).map((one) => one.at ?? 0))
              return { items: ids.map((id) => ({ session: 'main', id, kind: 'person', at: at(id), raw: {} }) as const), raw: {} }
            }),
          input,
        ),
    },
    message: {
      list: (input: { chat: unknown; cursor?: string; limit?: number }) =>
        paged(
          ({ cursor }) =>
            answer('messages', () => {
              const all = messages.filter(({ chat }) => chat === input.chat).reverse()
              const from = Number(cursor ?? 0)
              const items = all.slice(from, from + (input.limit ?? 20))
              return { items, raw: {}, ...(from + items.length < all.length ? { next: String(from + items.length) } : {}) }
            }),
          input,
        ),
    },
  }
  return {
    capabilities,
    messages,
    failures,
    calls,
    say(id: string, at: number, more: Partial<Message> = {}) {
      messages.push({ session: 'main', id, chat: '1@c.us', type: 'text', ack: 'sent', fromMe: false, at, raw: { id }, ...more })
    },
    become(next: typeof state) {
      state = next
    },
  }
}

function subscription(from: ReturnType<typeof world>, more: Partial<Subscription<object>> = {}): Subscription<object> {
  const { capabilities } = from
  const clock = jumpingClock()
  return {
    manifest,
    config: {},
    baseUrl: 'http://gateway.invalid',
    capabilities: capabilities as never,
    socket: undefined,
    eventBus: createEventBus(),
    clock,
    random: () => 0.5,
    ...more,
  }
}

async function take(count: number, of: AsyncIterable<GatewayEvent>, between: (event: GatewayEvent, index: number) => void = () => {}) {
  const events: GatewayEvent[] = []
  if (count === 0) return events
  for await (const event of of) {
    between(event, events.push(event) - 1)
    if (events.length === count) break
  }
  return events
}

const names = (events: readonly GatewayEvent[]) =>
  events.map(({ type, data }) => [type, 'message' in data ? (typeof data.message === 'object' ? data.message.id : data.message) : ''])

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
        : capabilities.chat.list(input)
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

const socket: EventSocket<object> = {
  url: (_, baseUrl, { session }) => `${baseUrl.replace('http', 'ws')}/ws?key=canary-7f3e&session=${session}`,
  read(body) {
    const { id, at = START + 1 } = body as { id?: string; at?: number }
    if (id === undefined) throw new TypeError('another frame')
    const message: Message = { session: 'main', id, chat: '1@c.us', type: 'text', ack: 'sent', fromMe: false, at, raw: body }
    return [{ type: 'message.received', vendorType: 'message', session: 'main', id: `evt_${id}`, at, data: { message } }]
  },
}

/** Sockets that are played with. */
function sockets() {
  const made: (WebSocketLike & { readonly url: string; fire(type: string, data?: unknown, code?: number): void; closed: boolean })[] = []
  class Fake implements WebSocketLike {
    readonly url: string
    closed = false
    readonly #listeners: Record<string, ((event: { data?: unknown; code?: unknown }) => void)[]> = {}
    constructor(url: string) {
      this.url = url
      made.push(this)
      onMade?.(this, made.length)
    }
    addEventListener(type: string, listener: (event: { data?: unknown; code?: unknown }) => void) {
      this.#listeners[type] = [...(this.#listeners[type] ?? []), listener]
    }
    close() {
      if (this.closed) return
      this.closed = true
      this.fire('close')
    }
    fire(type: string, data?: unknown, code?: number) {
      for (const listener of this.#listeners[type] ?? []) listener({ data, code })
    }
  }
  let onMade: ((socket: Fake, count: number) => void) | undefined
  return {
    made,
    Fake,
    each(callback: (socket: Fake, count: number) => void) {
      onMade = (one, count) => queueMicrotask(() => callback(one, count))
    },
  }
}

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
    const seen = await take(2, subscribe(subscription(one, { socket }), { session: 'main', WebSocket: Fake }))
    expect(names(seen)).toEqual([
      ['session.status', ''],
      ['message.received', 'a'],
    ])
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

function find(messages: readonly Message[], wanted: string): Message {
  const found = messages.find(({ id }) => id === wanted)
  if (!found) throw new Error(`no ${wanted}`)
  return found
}
