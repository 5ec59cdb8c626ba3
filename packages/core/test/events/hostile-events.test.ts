import { describe, expect, it } from 'vitest'
import type { WebSocketLike } from '../../src/events/connection.ts'
import { createEventBus } from '../../src/events/event-bus.ts'
import { type SocketOptions, socketItems } from '../../src/events/socket.ts'
import { subscribe } from '../../src/events/subscribe.ts'
import { GatewayError, type SubscribeInput } from '../../src/index.ts'
import { memoryDedupe } from '../../src/webhooks/index.ts'
import { jumpingClock, manifest } from '../sample-gateway.ts'

type Listener = (event: { data?: unknown; code?: unknown }) => void

/** A socket that does what a script says as soon as somebody listens. */
function socketThat(script: (tell: (type: string, event?: { data?: unknown; code?: unknown }) => void) => void) {
  const made: number[] = []
  class Scripted implements WebSocketLike {
    readonly #listeners = new Map<string, Listener[]>()

    constructor(_url: string) {
      made.push(made.length)
      setTimeout(() => script((type, event = {}) => this.#tell(type, event)))
    }

    addEventListener(type: string, listener: Listener): void {
      this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener])
    }

    close(): void {
      this.#tell('close', {})
    }

    #tell(type: string, event: { data?: unknown; code?: unknown }): void {
      for (const listener of this.#listeners.get(type) ?? []) listener(event)
    }
  }
  return { WebSocket: Scripted, made }
}

function options(WebSocket: SocketOptions<number>['WebSocket'], more: Partial<SocketOptions<number>> = {}): SocketOptions<number> {
  const read = (frame: unknown) => frame as number[]
  const gateway = { id: 'sample', name: 'Sample' }
  return {
    WebSocket,
    url: 'ws://h',
    read,
    missed: undefined,
    since: undefined,
    gateway,
    clock: jumpingClock(),
    random: () => 1,
    signal: undefined,
    ...more,
  }
}

describe('a socket', () => {
  it('with a frame of 150,000 items gives them all', async () => {
    const frame = Array.from({ length: 150_000 }, (_, at) => at + 1)
    const { WebSocket } = socketThat((tell) => {
      tell('open')
      tell('message', { data: frame })
    })
    const end = new AbortController()
    let count = 0
    for await (const item of socketItems(options(WebSocket, { signal: end.signal }))) {
      count += 1
      expect(item).toBe(count)
      if (count === frame.length) end.abort()
    }
    expect(count).toBe(frame.length)
  })

  it('that opens and closes at once is tried less and less often', async () => {
    const { WebSocket, made } = socketThat((tell) => {
      tell('open')
      tell('close')
    })
    const clock = jumpingClock()
    const end = new AbortController()
    const items = socketItems(options(WebSocket, { clock, signal: end.signal }))
    const reading = items.next()
    while (made.length < 6) await new Promise((resolve) => setTimeout(resolve, 5))
    end.abort()
    await reading
    expect(clock.waits.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000])
  })

  it('that was open for long is tried again soon', async () => {
    const clock = jumpingClock()
    const { WebSocket, made } = socketThat((tell) => {
      tell('open')
      clock.after(20_000, () => tell('close'))
    })
    const end = new AbortController()
    const reading = socketItems(options(WebSocket, { clock, signal: end.signal })).next()
    while (made.length < 5) await new Promise((resolve) => setTimeout(resolve, 5))
    end.abort()
    await reading
    expect(clock.waits.filter((ms) => ms !== 20_000).slice(0, 3)).toEqual([1_000, 1_000, 1_000])
  })
})

describe('a subscription that looks', () => {
  const subscription = (get: () => Promise<never>, clock = jumpingClock()) => ({
    manifest,
    config: {},
    baseUrl: 'http://gateway.invalid',
    capabilities: { session: { get } } as never,
    socket: undefined,
    eventBus: createEventBus(),
    clock,
    random: () => 0.5,
  })

  it.each([Number.NaN, 0, -1, Number.NEGATIVE_INFINITY, '5'])('refuses an interval of %s', async (intervalMs) => {
    const input = { session: 'main', intervalMs } as SubscribeInput
    const events = subscribe(
      subscription(async () => undefined as never),
      input,
    )
    await expect(events.next()).rejects.toMatchObject({ kind: 'invalid_request', field: 'intervalMs' })
  })

  it.each([1e9, 1e15, Number.MAX_VALUE, Number.POSITIVE_INFINITY])('waits an hour when it is asked to wait %d ms', async (retryAfterMs) => {
    const waits: number[] = []
    const after = (ms: number) => {
      waits.push(ms)
      return () => {}
    }
    const clock = { now: () => 1_000, after }
    const end = new AbortController()
    const get = async () => {
      throw new GatewayError('slow down', { kind: 'rate_limited', retryAfterMs })
    }
    const reading = subscribe(subscription(get, clock as never), { session: 'main', signal: end.signal }).next()
    await new Promise((resolve) => setTimeout(resolve, 5))
    end.abort()
    await reading
    expect(waits).toEqual([3_600_000])
  })

  it.each(['', '..', 'a/b', 7, undefined])('refuses the session %s', async (session) => {
    const events = subscribe(
      subscription(async () => undefined as never),
      { session } as SubscribeInput,
    )
    await expect(events.next()).rejects.toMatchObject({ kind: 'invalid_request', field: 'session' })
  })
})

it.each([Number.NaN, 0, -1])('a memory of %d events is refused', (size) => {
  expect(() => memoryDedupe({ size })).toThrow(expect.objectContaining({ kind: 'config', field: 'size' }))
})
