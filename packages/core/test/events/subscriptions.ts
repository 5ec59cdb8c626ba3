import type { WebSocketConstructor, WebSocketLike } from '../../src/events/connection.ts'
import { createEventBus } from '../../src/events/event-bus.ts'
import type { Subscription } from '../../src/events/subscribe.ts'
import type { Capabilities, EventSocket, GatewayEvent, Message } from '../../src/index.ts'
import { paged } from '../../src/verbs/paged.ts'
import { jumpingClock, manifest } from '../sample-gateway.ts'

export const START = 1_000

/** A gateway whose session and chats can be changed. */
export interface World {
  readonly capabilities: Required<Pick<Capabilities, 'session' | 'chat' | 'message'>>
  readonly messages: Message[]
  /** What the next calls fail with. */
  readonly failures: Error[]
  readonly calls: string[]
  say(id: string, at: number, more?: Partial<Message>): void
  become(next: 'connected' | 'failed'): void
}

export function world(): World {
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
  const capabilities: object = {
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
    capabilities: capabilities as World['capabilities'],
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

export function subscription(from: World, more: Partial<Subscription<object>> = {}): Subscription<object> {
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

export async function take(
  count: number,
  of: AsyncIterable<GatewayEvent>,
  between: (event: GatewayEvent, index: number) => void = () => {},
): Promise<GatewayEvent[]> {
  const events: GatewayEvent[] = []
  if (count === 0) return events
  for await (const event of of) {
    between(event, events.push(event) - 1)
    if (events.length === count) break
  }
  return events
}

export const names = (events: readonly GatewayEvent[]): (readonly [string, string | undefined])[] =>
  events.map(({ type, data }) => [type, 'message' in data ? (typeof data.message === 'object' ? data.message.id : data.message) : ''])

export const socket: EventSocket<object> = {
  url: (_, baseUrl, { session }) => `${baseUrl.replace('http', 'ws')}/ws?key=canary-7f3e&session=${session}`,
  read(body) {
    const { id, at = START + 1 } = body as { id?: string; at?: number }
    if (id === undefined) throw new TypeError('another frame')
    const message: Message = { session: 'main', id, chat: '1@c.us', type: 'text', ack: 'sent', fromMe: false, at, raw: body }
    return [{ type: 'message.received', vendorType: 'message', session: 'main', id: `evt_${id}`, at, data: { message } }]
  },
}

/** A socket that is played with. */
export interface PlayedSocket extends WebSocketLike {
  readonly url: string
  readonly closed: boolean
  fire(type: string, data?: unknown, code?: number): void
}

export interface Sockets {
  readonly made: PlayedSocket[]
  readonly Fake: WebSocketConstructor
  /** What each new socket does. @param callback `count`: how many were made */
  each(callback: (socket: PlayedSocket, count: number) => void): void
}

/** Sockets that are played with. */
export function sockets(): Sockets {
  const made: PlayedSocket[] = []
  class Fake implements PlayedSocket {
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
  let onMade: ((socket: PlayedSocket, count: number) => void) | undefined
  return {
    made,
    Fake,
    each(callback) {
      onMade = (one, count) => queueMicrotask(() => callback(one, count))
    },
  }
}
