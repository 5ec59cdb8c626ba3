import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Connection, ConnectionPool, PoolUser } from '../connection/connection-pool.ts'
import { abortedSent, abortedUnsent, BODY_IDLE_TIMEOUT, broken, HEADERS_TIMEOUT, NodeFetchError, notSent } from '../node-fetch-error.ts'
import type { Settings } from '../options.ts'
import { findHeader } from '../response/raw-headers.ts'
import type { Ticker, Timed } from '../ticker.ts'

/** What all requests of one transport share. */
export interface RequestContext {
  readonly settings: Settings
  readonly ticker: Ticker
}

/** The head of an answer has come. `whole` is its body, when that came along. */
export type OnHead = (running: RunningRequest, response: IncomingMessage, whole: Buffer | undefined) => void

const owner = Symbol('wamux request')
type Owned = { [owner]?: RunningRequest }
const NOTHING = Buffer.alloc(0)

/** One request from its start to the last byte of its answer. Its listeners are shared functions: a closure each would cost more. */
export class RunningRequest implements PoolUser, Timed {
  request: ClientRequest | undefined
  connection: Connection | undefined
  /** True while the caller waits for bytes of the body, or has not asked for it yet. The idle timeout counts only then. */
  bodyWanted = true
  /** Why it was ended before its end. */
  failure: { readonly error: unknown } | undefined
  /** Told when the body fails. */
  onBodyFailure: ((error: unknown) => void) | undefined
  /** Told when the request ends, however it does: a body that is being sent is stopped. */
  onEnd: (() => void) | undefined
  readonly #context: RequestContext
  readonly #pool: ConnectionPool
  readonly #signal: AbortSignal | undefined
  readonly #onHead: OnHead
  readonly #refused: (error: unknown) => void
  #response: IncomingMessage | undefined
  #resolved = false
  #done = false
  #ticksLeft = Number.POSITIVE_INFINITY
  #bytesSeen = -1

  constructor(
    context: RequestContext,
    pool: ConnectionPool,
    signal: AbortSignal | undefined,
    onHead: OnHead,
    refused: (error: unknown) => void,
  ) {
    this.#context = context
    this.#pool = pool
    this.#signal = signal
    this.#onHead = onHead
    this.#refused = refused
  }

  get done(): boolean {
    return this.#done
  }

  /** Listens to the request that node:http made. */
  watch(request: ClientRequest): void {
    ;(request as Owned)[owner] = this
    request.on('response', onResponse)
    request.on('error', onRequestError)
    request.on('close', onRequestClose)
    this.#signal?.addEventListener('abort', this)
    const { headersTimeoutMs } = this.#context.settings
    if (headersTimeoutMs > 0) this.#expect(headersTimeoutMs)
  }

  /** The signal fired. */
  handleEvent(): void {
    const reason = this.#signal?.reason
    this.fail(this.#begun() ? abortedSent(reason) : abortedUnsent(reason))
  }

  refuse(error: Error): void {
    this.fail(error)
  }

  keepAliveHint(): number | undefined {
    const value = this.#response && findHeader(this.#response.rawHeaders, 'keep-alive')
    const seconds = value ? /\btimeout=(\d+)/.exec(value)?.[1] : undefined
    return seconds === undefined ? undefined : Number(seconds)
  }

  tick(): void {
    if (this.#resolved) {
      const seen = this.connection?.socket.bytesRead ?? -1
      if (!this.bodyWanted || seen !== this.#bytesSeen) {
        this.#bytesSeen = seen
        this.#ticksLeft = this.#context.ticker.ticks(this.#context.settings.bodyIdleTimeoutMs)
      } else if (--this.#ticksLeft <= 0) {
        const { bodyIdleTimeoutMs } = this.#context.settings
        this.fail(new NodeFetchError(`no more of the answer came for ${bodyIdleTimeoutMs} ms`, BODY_IDLE_TIMEOUT))
      }
      return
    }
    // a body that is still going out keeps the server from answering
    if (!this.request?.writableFinished || --this.#ticksLeft > 0) return
    this.fail(new NodeFetchError(`no answer began within ${this.#context.settings.headersTimeoutMs} ms`, HEADERS_TIMEOUT))
  }

  /** Ends it as a failure, at once: the connection is destroyed, the caller told. */
  fail(error: unknown): void {
    if (this.#done) return
    const { connection, request } = this
    this.failure = { error }
    this.#finish()
    if (!connection) this.#pool.abandon(this)
    request?.destroy()
    this.#response?.destroy()
    if (this.#resolved) this.onBodyFailure?.(error)
    else this.#refused(error)
  }

  /** Ends it as a failure of what the system or a body that is sent reports. */
  failWith(cause: unknown): void {
    this.fail(this.#begun() ? broken(cause) : notSent(cause))
  }

  /** @internal */
  receive(response: IncomingMessage): void {
    this.#response = response
    // by then the bytes that arrived with the head are parsed, and a free socket is back in the pool before the next request looks for one
    process.nextTick(settle, this)
  }

  /** @internal */
  closed(): void {
    if (!this.#response) this.failWith(new Error('closed without an answer'))
  }

  /** @internal */
  errored(cause: Error): void {
    // the response is complete: bytes after it are ignored
    if (!this.#response?.complete) this.failWith(cause)
  }

  /** @internal */
  settle(): void {
    const response = this.#response
    if (this.#done || !response) return
    this.#resolved = true
    if (response.complete) {
      const whole = (response.read() as Buffer | null) ?? NOTHING
      this.received()
      this.#onHead(this, response, whole)
      return
    }
    ;(response as Owned)[owner] = this
    response.on('end', onResponseEnd)
    response.on('error', onResponseError)
    response.on('close', onResponseClose)
    const { bodyIdleTimeoutMs } = this.#context.settings
    this.#context.ticker.remove(this)
    if (bodyIdleTimeoutMs > 0) this.#expect(bodyIdleTimeoutMs)
    this.#onHead(this, response, undefined)
  }

  /** @internal the last byte has come */
  received(): void {
    if (this.#done) return
    const { request } = this
    this.#finish()
    // the server responded before it had read the whole request: the connection cannot be used for another one
    if (!request?.writableFinished) request?.destroy()
  }

  // a socket is assigned when it is ready to write, and counts what the system took of it, never less
  #begun(): boolean {
    const { connection } = this
    return connection !== undefined && connection.socket.bytesWritten !== connection.written
  }

  #expect(ms: number): void {
    this.#ticksLeft = this.#context.ticker.ticks(ms)
    this.#context.ticker.add(this)
  }

  #finish(): void {
    this.#done = true
    this.#context.ticker.remove(this)
    this.#signal?.removeEventListener('abort', this)
    this.onEnd?.()
  }
}

function settle(running: RunningRequest): void {
  running.settle()
}

function onResponse(this: ClientRequest, response: IncomingMessage): void {
  ;(this as Owned)[owner]?.receive(response)
}

function onRequestError(this: ClientRequest, error: Error): void {
  ;(this as Owned)[owner]?.errored(error)
}

function onRequestClose(this: ClientRequest): void {
  ;(this as Owned)[owner]?.closed()
}

function onResponseEnd(this: IncomingMessage): void {
  ;(this as Owned)[owner]?.received()
}

function onResponseError(this: IncomingMessage, error: Error): void {
  ;(this as Owned)[owner]?.failWith(error)
}

function onResponseClose(this: IncomingMessage): void {
  ;(this as Owned)[owner]?.failWith(new Error('it ended too early'))
}
