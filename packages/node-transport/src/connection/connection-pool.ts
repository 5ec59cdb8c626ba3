import type { ClientRequest } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '@wamux/core/transport'
import { builtin } from '../builtins.ts'
import { CONNECT_TIMEOUT, NodeFetchError, notSent } from '../node-fetch-error.ts'
import type { Ticker, Timed } from '../ticker.ts'
import type { Destination, Dialer } from './dial.ts'

const Agent: typeof import('node:http').Agent = builtin('node:http').Agent

/** A connection that is ready for requests, one at a time. */
export interface Connection {
  readonly socket: Socket
  /** The request that uses it. */
  user: PoolUser | undefined
  /** How many requests it was given. */
  uses: number
  /** Bytes written before it was given away: more of them mean that the request has begun to leave. */
  written: number
  /** Bytes read when it was last put back. More of them belong to no response. */
  read: number
  idleSince: number
  /** How long it may be unused, ms. */
  idleMs: number
}

/** A request, as the pool sees it. */
export interface PoolUser {
  request: ClientRequest | undefined
  connection: Connection | undefined
  /** It gets no connection. The error says that it was not sent. */
  refuse(error: Error): void
  /** The seconds of the answer's `keep-alive: timeout=`, if there are any. */
  keepAliveHint(): number | undefined
}

export interface PoolOptions {
  readonly destination: Destination
  readonly dialer: Dialer
  readonly ticker: Ticker
  readonly clock: Clock
  readonly connectTimeoutMs: number
  readonly keepAliveMs: number
  readonly maxSockets: number
}

/**
 * The keep-alive agent of one origin. It passes a request to a socket only when that is connected, so that "not sent" is certain, and it
 * never opens more connections than allowed. Node's own agent does neither: it assigns requests to sockets that still connect, and does
 * not count connections while a tunnel or a TLS handshake is set up.
 */
export class ConnectionPool extends Agent {
  readonly protocol: string
  readonly defaultPort: number
  readonly #options: PoolOptions
  readonly #waiting: PoolUser[] = []
  readonly #attempts: Set<Attempt> = new Set()
  // the connection used last is taken first, so that the others time out when there is little to do
  readonly #idle: Connection[] = []
  readonly #open: Set<Connection> = new Set()
  #session: Buffer | undefined
  #closed: (() => void) | undefined

  constructor(options: PoolOptions) {
    super({ keepAlive: true })
    this.#options = options
    this.protocol = options.destination.secure ? 'https:' : 'http:'
    this.defaultPort = options.destination.secure ? 443 : 80
  }

  /** True when no request is in progress or waits, and no connection is open. */
  get empty(): boolean {
    return this.#open.size === 0 && this.#attempts.size === 0 && this.#waiting.length === 0
  }

  /** Called by node:http for every request. */
  addRequest(request: ClientRequest, options: { user: PoolUser }): void {
    const { user } = options
    user.request = request
    const connection = this.#takeIdle()
    if (connection) this.#give(connection, user)
    else {
      this.#waiting.push(user)
      this.#grow()
    }
  }

  /** Removes a request that was aborted, and stops connecting for it. */
  abandon(user: PoolUser): void {
    const place = this.#waiting.indexOf(user)
    if (place >= 0) this.#waiting.splice(place, 1)
    this.#cancelSurplus()
  }

  /** Closes what is unused now and the rest when it becomes so. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#closed = resolve
      for (const { socket } of this.#idle.splice(0)) socket.destroy()
      this.#cancelSurplus()
      this.#settleClose()
    })
  }

  #takeIdle(): Connection | undefined {
    for (;;) {
      const connection = this.#idle.pop()
      if (!connection) return undefined
      const { socket } = connection
      const unused = this.#options.clock.now() - connection.idleSince
      // the system's clock may have been set back
      const fresh = unused >= 0 && unused < connection.idleMs
      // unexpected bytes would be read as the response of the next request
      if (fresh && !socket.destroyed && socket.writable && !socket.readableEnded && socket.bytesRead === connection.read) return connection
      socket.destroy()
    }
  }

  #give(connection: Connection, user: PoolUser): void {
    const { socket } = connection
    const { request } = user
    if (!request) return
    connection.user = user
    connection.written = socket.bytesWritten
    user.connection = connection
    request.reusedSocket = connection.uses++ > 0
    socket.ref()
    request.onSocket(socket)
  }

  #putBack(connection: Connection): void {
    const { socket, user } = connection
    if (!user) return
    const hint = user.keepAliveHint()
    user.connection = undefined
    connection.user = undefined
    // a second less than the server says, as Node's agent does: its clock may have started earlier
    connection.idleMs = hint === undefined ? this.#options.keepAliveMs : Math.min(this.#options.keepAliveMs, hint * 1_000 - 1_000)
    const next = connection.idleMs > 0 && socket.writable ? this.#waiting.shift() : undefined
    if (next) this.#give(connection, next)
    else if (this.#closed || connection.idleMs <= 0 || !socket.writable) socket.destroy()
    else {
      this.#rest(connection)
      if (this.#idle.length === this.#open.size) this.#cancelSurplus()
    }
  }

  #rest(connection: Connection): void {
    const { socket } = connection
    connection.idleSince = this.#options.clock.now()
    connection.read = socket.bytesRead
    // an unused connection keeps no process running
    socket.unref()
    this.#idle.push(connection)
  }

  #grow(): void {
    const room = () => this.#open.size + this.#attempts.size < Math.max(1, this.#options.maxSockets)
    while (this.#waiting.length > this.#attempts.size && room()) this.#dial()
  }

  #dial(): void {
    const { connectTimeoutMs, destination, dialer, ticker } = this.#options
    const attempt = new Attempt(ticker, connectTimeoutMs, (error) => {
      this.#attempts.delete(attempt)
      this.#failed(error)
    })
    this.#attempts.add(attempt)
    attempt.cancelDial = dialer.dial(destination, this.#session, (error, socket) => {
      attempt.end()
      this.#attempts.delete(attempt)
      if (socket) this.#connected(socket)
      else this.#failed(notSent(error, `no connection to ${destination.authority}`))
    })
  }

  #connected(socket: Socket): void {
    const connection: Connection = {
      socket,
      user: undefined,
      uses: 0,
      written: 0,
      read: 0,
      idleSince: 0,
      idleMs: this.#options.keepAliveMs,
    }
    this.#open.add(connection)
    socket.on('free', () => this.#putBack(connection))
    socket.on('timeout', () => {
      if (!connection.user) socket.destroy()
    })
    socket.once('close', () => this.#gone(connection))
    if (this.#options.destination.secure) {
      // resumed by the next connection
      socket.on('session', (session: Buffer) => {
        this.#session = session
      })
    }
    const user = this.#waiting.shift()
    if (user) this.#give(connection, user)
    else if (this.#closed) socket.destroy()
    else {
      // otherwise the end of the stream would not be noticed
      socket.resume()
      this.#rest(connection)
    }
  }

  #gone(connection: Connection): void {
    this.#open.delete(connection)
    const place = this.#idle.indexOf(connection)
    if (place >= 0) this.#idle.splice(place, 1)
    this.#grow()
    this.#settleClose()
  }

  #failed(error: Error): void {
    this.#waiting.shift()?.refuse(error)
    this.#grow()
    this.#settleClose()
  }

  // no request waits for this connection any more, and a connection attempt would keep the process running
  #cancelSurplus(): void {
    const attempts = [...this.#attempts].reverse()
    for (const attempt of attempts) {
      if (this.#attempts.size <= this.#waiting.length) return
      this.#attempts.delete(attempt)
      attempt.cancel()
    }
    this.#settleClose()
  }

  #settleClose(): void {
    if (this.#closed && this.empty) this.#closed()
  }
}

/** One attempt to connect, with its deadline. */
class Attempt implements Timed {
  cancelDial: (() => void) | undefined
  readonly #ticker: Ticker
  readonly #expired: (error: Error) => void
  readonly #timeoutMs: number
  #ticksLeft: number

  constructor(ticker: Ticker, timeoutMs: number, expired: (error: Error) => void) {
    this.#ticker = ticker
    this.#expired = expired
    this.#timeoutMs = timeoutMs
    this.#ticksLeft = ticker.ticks(timeoutMs)
    ticker.add(this)
  }

  tick(): void {
    if (--this.#ticksLeft > 0) return
    this.cancel()
    this.#expired(new NodeFetchError(`no connection within ${this.#timeoutMs} ms`, CONNECT_TIMEOUT))
  }

  cancel(): void {
    this.end()
    this.cancelDial?.()
  }

  end(): void {
    this.#ticker.remove(this)
  }
}
