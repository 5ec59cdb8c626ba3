import type { AnswerHeaders, RawAnswer } from './answer.ts'
import { type Clock, sleep, systemClock } from './clock.ts'
import { connectFailure } from './connect-failure.ts'
import type { HttpMethod, Safety } from './operations.ts'
import { type Failure, mayRepeat, type RetryOptions, retryDelay } from './retry.ts'

/** `fetch`, as much of it as wamux needs. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchAnswer>

export interface FetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData | Blob | ReadableStream | URLSearchParams
  readonly signal: AbortSignal
  readonly redirect: 'manual'
  readonly duplex?: 'half'
}

/** What a fetch answers: a `Response`, or as much of one. */
export interface FetchAnswer {
  readonly status: number
  readonly headers: AnswerHeaders
  readonly body: ReadableStream<Uint8Array> | null
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
}

export interface TransportOptions {
  /** Defaults to the platform's fetch. */
  readonly fetch?: Fetch | typeof globalThis.fetch
  readonly clock?: Clock
  /** Between 0 and 1, for jitter. Defaults to Math.random. */
  readonly random?: () => number
  /** From the call to the last byte of the answer over all attempts, ms. 0 switches it off. Default 30 000. */
  readonly timeoutMs?: number
  readonly retry?: RetryOptions
  /** Largest body that is read, bytes, after decompression. Default 32 MiB. */
  readonly maxBodyBytes?: number
}

export interface WireRequest {
  readonly method: HttpMethod
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: FetchInit['body']
}

/** Options of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Overrides the gateway's deadline, ms. */
  readonly timeoutMs?: number
  /** Overrides the gateway's attempts. */
  readonly attempts?: number
}

/** Judges an answer: what is wrong with it, or nothing. */
export type Judge = (answer: RawAnswer) => Failure | undefined

export type Sent =
  | { readonly answer: RawAnswer; readonly failure?: Failure; readonly attempts: number }
  | { readonly answer?: never; readonly failure: Failure; readonly cause: unknown; readonly attempts: number }

export interface Transport {
  readonly clock: Clock
  /** Performs a request with deadline and retries. Never throws for what the network does: the failure is part of what it gives. */
  send(request: WireRequest, safety: Safety | (() => Promise<Safety>), judge: Judge, options?: CallOptions): Promise<Sent>
}

export const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_MAX_BODY_BYTES = 32 * 1024 * 1024

export function createTransport(options: TransportOptions = {}): Transport {
  const clock = options.clock ?? systemClock
  const random = options.random ?? Math.random
  const retry = options.retry ?? {}
  const maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES
  // looked up per call, so that a later patched global fetch is the one in use
  const perform = (options.fetch ?? ((url: string, init: FetchInit) => fetch(url, init as RequestInit))) as Fetch

  async function attempt(request: WireRequest, signal: AbortSignal): Promise<{ answer: RawAnswer } | { failure: Failure; cause: unknown }> {
    let begun = false
    try {
      const init = { method: request.method, headers: request.headers, signal, redirect: 'manual' } as const
      const streaming = request.body instanceof ReadableStream ? { duplex: 'half' as const } : {}
      const response = await perform(request.url, request.body === undefined ? init : { ...init, ...streaming, body: request.body })
      begun = true
      return { answer: { status: response.status, headers: response.headers, body: await readBody(response, maxBodyBytes) } }
    } catch (cause) {
      if (cause instanceof BodyTooLarge) return { failure: { kind: 'bad_response', reached: 'maybe' }, cause }
      const reached = !begun && connectFailure(cause) ? 'no' : 'maybe'
      return { failure: { kind: 'network', reached }, cause }
    }
  }

  async function send(request: WireRequest, safety: Safety | (() => Promise<Safety>), judge: Judge, call: CallOptions = {}): Promise<Sent> {
    const deadline = openDeadline(clock, call.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS, call.signal)
    const limit = request.body instanceof ReadableStream ? 1 : (call.attempts ?? retry.attempts ?? 3)
    try {
      for (let attempts = 1; ; attempts++) {
        if (deadline.signal.aborted) return stopped(deadline, 'no', attempts - 1)
        const result = await Promise.race([attempt(request, deadline.signal), deadline.ended])
        const failure = 'answer' in result ? judge(result.answer) : result.failure
        if (!failure) return { ...(result as { answer: RawAnswer }), attempts }
        if (!('answer' in result) && deadline.signal.aborted) return stopped(deadline, failure.reached, attempts, result.cause)
        const ended: Sent = 'answer' in result ? { answer: result.answer, failure, attempts } : { ...result, attempts }
        if (attempts >= limit) return ended
        const meaning = typeof safety === 'function' ? await safety() : safety
        if (!mayRepeat(meaning, failure)) return ended
        const pause = retryDelay(attempts, failure, retry, random)
        if (pause === undefined || deadline.leaves(clock.now()) <= pause) return ended
        try {
          await sleep(clock, pause, deadline.signal)
        } catch {
          return ended
        }
      }
    } finally {
      deadline.close()
    }
  }

  return { clock, send }
}

interface Deadline {
  readonly signal: AbortSignal
  readonly expired: boolean
  /** Settles when the signal fires, for a fetch that does not listen to it. */
  readonly ended: Promise<{ failure: Failure; cause: unknown }>
  /** Milliseconds left. */
  leaves(now: number): number
  close(): void
}

function openDeadline(clock: Clock, timeoutMs: number, outer: AbortSignal | undefined): Deadline {
  const controller = new AbortController()
  const ends = timeoutMs > 0 ? clock.now() + timeoutMs : Number.POSITIVE_INFINITY
  let expired = false
  const cancel =
    timeoutMs > 0
      ? clock.after(timeoutMs, () => {
          expired = true
          controller.abort()
        })
      : undefined
  const onAbort = () => controller.abort()
  const ended = new Promise<{ failure: Failure; cause: unknown }>((resolve) => {
    const lost = () => resolve({ failure: { kind: 'network', reached: 'maybe' }, cause: undefined })
    controller.signal.addEventListener('abort', lost, { once: true })
  })
  if (outer?.aborted) controller.abort()
  else outer?.addEventListener('abort', onAbort, { once: true })
  return {
    signal: controller.signal,
    ended,
    get expired() {
      return expired
    },
    leaves: (now) => ends - now,
    close() {
      cancel?.()
      outer?.removeEventListener('abort', onAbort)
    },
  }
}

function stopped(deadline: Deadline, reached: Failure['reached'], attempts: number, cause?: unknown): Sent {
  return { failure: { kind: deadline.expired ? 'timeout' : 'aborted', reached }, cause, attempts }
}

class BodyTooLarge extends Error {
  override readonly name: string = 'BodyTooLarge'
}

async function readBody(response: FetchAnswer, limit: number): Promise<Uint8Array | string> {
  const length = Number(response.headers.get('content-length') ?? Number.NaN)
  if (length > limit) {
    discard(response.body)
    throw new BodyTooLarge(`the answer has ${length} bytes, more than the ${limit} allowed`)
  }
  // a declared, uncompressed length is what arrives at most; only then the quick way is safe
  if (length >= 0 && !response.headers.get('content-encoding')) return readKnown(response)
  if (!response.body) return readKnown(response)
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > limit) {
      // not awaited: a stream may never finish cancelling
      reader.cancel().catch(() => undefined)
      throw new BodyTooLarge(`the answer has more than the ${limit} bytes allowed`)
    }
    chunks.push(value)
  }
  return joined(chunks, size)
}

// frees the connection; not awaited, as a stream may never finish cancelling
function discard(body: ReadableStream<Uint8Array> | null): void {
  body?.cancel().catch(() => undefined)
}

async function readKnown(response: FetchAnswer): Promise<Uint8Array | string> {
  const textual = /json|^text\//i.test(response.headers.get('content-type') ?? '')
  return textual ? response.text() : new Uint8Array(await response.arrayBuffer())
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  if (chunks.length === 1 && chunks[0]) return chunks[0]
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
