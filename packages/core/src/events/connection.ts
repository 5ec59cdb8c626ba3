import { GatewayError } from '../errors/gateway-error.ts'
import type { Clock } from '../time/clock.ts'
import type { ConnectionLoss } from '../vocabulary/event.ts'

/** The part of a `WebSocket` that wamux uses. */
export interface WebSocketLike {
  /**
   * Adds a listener.
   *
   * @param type `open`, `message`, `close` or `error`
   * @param listener called with the event
   */
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly data?: unknown; readonly code?: unknown }) => void,
  ): void
  /** Closes the socket. */
  close(): void
}

/** A `WebSocket` class: the platform's, or one of a package. */
export type WebSocketConstructor = new (url: string) => WebSocketLike

/** Most items that wait for the reader. When more come, the connection is dropped, and missed messages are fetched later. */
const QUEUE = 1_000
/** The longest that opening may take, ms. */
const OPENING_MS = 30_000
/** RFC 6455 "policy violation": gateways close the socket with this code for a wrong key. */
const POLICY_VIOLATION = 1008

export interface ConnectionOptions<Item> {
  readonly WebSocket: WebSocketConstructor
  /** It may contain credentials, so no error shows it. */
  readonly url: string
  /** Items of one frame. */
  readonly read: (frame: unknown) => readonly Item[]
  readonly gateway: { readonly id: string; readonly name: string }
  readonly clock: Clock
}

/** One connection, from its opening to its end. */
export interface Connection<Item> {
  readonly opened: Promise<boolean>
  readonly lastHeardAt: number | undefined
  /** True when the gateway refused the credentials: connecting again would fail in the same way. */
  readonly refused: boolean
  /** Why it ended. */
  readonly loss: ConnectionLoss
  /** Fires when it has ended. */
  readonly ended: AbortSignal
  /** The next item; `silent` when none came for `silenceMs`; `undefined` when the connection has ended and no item is left. */
  next(silenceMs: number): Promise<{ readonly item: Item } | 'silent' | undefined>
  /** Adds an item that did not come through the socket. */
  push(item: Item): void
  close(loss?: ConnectionLoss): void
}

export function openConnection<Item>({ WebSocket, url, read, clock, gateway }: ConnectionOptions<Item>): Connection<Item> {
  // read from index `at` on, because removing the first item of a long list moves all others
  let queue: Item[] = []
  let at = 0
  let wake = () => {}
  let lastHeardAt: number | undefined
  let refused = false
  let loss: ConnectionLoss = 'closed'
  const end = new AbortController()
  let socket: WebSocketLike
  try {
    socket = new WebSocket(url)
  } catch (cause) {
    // the message of the platform's error quotes the address
    const code = cause instanceof Error ? cause.name : undefined
    throw new GatewayError(`${gateway.name}: the event socket could not be made`, { kind: 'config', gateway: gateway.id, code })
  }
  const finish = () => {
    end.abort()
    wake()
  }
  const close = (why: ConnectionLoss = 'closed') => {
    if (!end.signal.aborted) loss = why
    finish()
    socket.close()
  }
  const opened = new Promise<boolean>((resolve) => {
    const tooLate = clock.after(OPENING_MS, () => {
      close('silent')
      resolve(false)
    })
    const settle = (open: boolean) => {
      tooLate()
      resolve(open)
    }
    socket.addEventListener('open', () => {
      lastHeardAt = clock.now()
      settle(true)
    })
    socket.addEventListener('close', ({ code }) => {
      refused ||= code === POLICY_VIOLATION
      finish()
      settle(false)
    })
    // a close follows; without a listener some platforms throw
    socket.addEventListener('error', () => settle(false))
  })
  const push = (item: Item) => {
    queue.push(item)
    wake()
  }
  socket.addEventListener('message', ({ data }) => {
    if (end.signal.aborted) return
    lastHeardAt = clock.now()
    // one by one: a long frame as arguments would be too many
    for (const item of read(data)) queue.push(item)
    if (queue.length - at > QUEUE) close('overflow')
    wake()
  })
  return {
    opened,
    get lastHeardAt() {
      return lastHeardAt
    },
    get refused() {
      return refused
    },
    get loss() {
      return loss
    },
    ended: end.signal,
    push,
    close,
    async next(silenceMs) {
      let silent = false
      for (;;) {
        if (at < queue.length) return { item: queue[at++] as Item }
        queue = []
        at = 0
        if (end.signal.aborted) return undefined
        if (silent) return 'silent'
        await new Promise<void>((resolve) => {
          const cancel = clock.after(silenceMs, () => {
            silent = true
            resolve()
          })
          wake = () => {
            cancel()
            resolve()
          }
        })
        wake = () => {}
      }
    },
  }
}
