import { GatewayError } from '../errors/gateway-error.ts'
import type { Clock } from '../time/clock.ts'
import { sleep } from '../time/sleep.ts'

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

export interface SocketOptions<Item> {
  readonly WebSocket: WebSocketConstructor
  /** It may contain credentials, so errors never show it. */
  readonly url: string
  /** Items of one frame. */
  readonly read: (frame: unknown) => readonly Item[]
  /**
   * What was missed while there was no connection.
   *
   * @param since ms since the epoch
   */
  readonly missed: ((since: number) => Promise<readonly Item[]>) | undefined
  readonly since: number | undefined
  readonly gateway: { readonly id: string; readonly name: string }
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal | undefined
}

/** Most items that wait for the reader. When more come, the connection is dropped, and missed messages are fetched later. */
const QUEUE = 1_000
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** A connection that was open for this long counts as a success, ms. After one that broke earlier the pauses keep growing. */
const GOOD_MS = 10_000
/** Failed attempts to open the socket for the first time before it gives up. */
const MOST_FAILURES = 5
/** RFC 6455 "policy violation": gateways close the socket with this code for a wrong key. */
const POLICY_VIOLATION = 1008

/** Events from a socket that is opened again whenever it closes. Ends when the signal fires. */
export async function* socketItems<Item>(options: SocketOptions<Item>): AsyncGenerator<Item> {
  const { clock, random, signal, missed, gateway } = options
  let missedSince = options.since
  let failures = 0
  let everOpen = false
  while (!signal?.aborted) {
    let openedAt: number | undefined
    const connection = connect(options)
    const stop = () => connection.close()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      if (await connection.opened) {
        everOpen = true
        openedAt = clock.now()
        // fetched after the socket is open, so that none is lost; an event that comes both ways is recognised by its key
        if (missedSince !== undefined && missed) yield* await missed(missedSince).catch(() => [])
        yield* connection.items()
      }
    } finally {
      signal?.removeEventListener('abort', stop)
      connection.close()
    }
    if (connection.refused) throw notAllowed(gateway)
    missedSince = connection.lastHeardAt ?? missedSince ?? clock.now()
    failures = openedAt !== undefined && clock.now() - openedAt >= GOOD_MS ? 1 : failures + 1
    if (!everOpen && failures >= MOST_FAILURES) throw notOpened(gateway)
    const most = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS)
    await sleep(clock, most * random(), signal).catch(() => undefined)
  }
}

interface Connection<Item> {
  readonly opened: Promise<boolean>
  readonly lastHeardAt: number | undefined
  /** True when the gateway refused the credentials: another attempt would fail, too. */
  readonly refused: boolean
  items(): AsyncGenerator<Item>
  close(): void
}

function connect<Item>({ WebSocket, url, read, clock, gateway }: SocketOptions<Item>): Connection<Item> {
  // read from `next` on: taking off the first of a long list moves all others
  let queue: Item[] = []
  let next = 0
  let wake = () => {}
  let closed = false
  let lastHeardAt: number | undefined
  let refused = false
  let socket: WebSocketLike
  try {
    socket = new WebSocket(url)
  } catch (cause) {
    // the message of the platform's error quotes the address
    const code = cause instanceof Error ? cause.name : undefined
    throw new GatewayError(`${gateway.name}: the event socket could not be made`, { kind: 'config', gateway: gateway.id, code })
  }
  const end = () => {
    closed = true
    wake()
  }
  const opened = new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => {
      lastHeardAt = clock.now()
      resolve(true)
    })
    socket.addEventListener('close', ({ code }) => {
      refused ||= code === POLICY_VIOLATION
      end()
      resolve(false)
    })
    // a close follows; without a listener some platforms throw
    socket.addEventListener('error', () => resolve(false))
  })
  socket.addEventListener('message', ({ data }) => {
    if (closed) return
    lastHeardAt = clock.now()
    // one by one: a long frame as arguments would be too many
    for (const item of read(data)) queue.push(item)
    if (queue.length - next > QUEUE) close()
    wake()
  })
  const close = () => {
    end()
    socket.close()
  }
  return {
    opened,
    get lastHeardAt() {
      return lastHeardAt
    },
    get refused() {
      return refused
    },
    close,
    async *items() {
      for (;;) {
        const item = queue[next++]
        if (item !== undefined) {
          yield item
          continue
        }
        queue = []
        next = 0
        if (closed) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

const NOT_OPENED = 'WAMUX_SOCKET_NOT_OPENED'

/** True for the error of a socket that never opened. */
export function isSocketUnopened(error: unknown): boolean {
  return GatewayError.is(error) && error.code === NOT_OPENED
}

function notAllowed({ id, name }: { readonly id: string; readonly name: string }): GatewayError {
  const hint = 'Are the credentials right, and may they listen to this session?'
  return new GatewayError(`${name}: the event socket was closed: not allowed`, { kind: 'auth', gateway: id, hint, reached: 'yes' })
}

function notOpened({ id, name }: { readonly id: string; readonly name: string }): GatewayError {
  const hint = 'Is its address right, does it have a socket, and are the credentials accepted there?'
  return new GatewayError(`${name}: the event socket could not be opened`, {
    kind: 'network',
    code: NOT_OPENED,
    gateway: id,
    hint,
    retryable: true,
  })
}
