import type { CallOptions } from '../schema/call-options.ts'
import type { HttpMethod } from '../schema/operations.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import type { RawResponse, ResponseHeaders } from './response.ts'
import type { RetryOptions } from './retry-policy.ts'

/** `fetch`, as much of it as wamux needs. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

export interface FetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData | Blob | ReadableStream | URLSearchParams | undefined
  readonly signal: AbortSignal
  readonly redirect: 'manual'
  /** Platforms ask for it when the body is a stream. */
  readonly duplex: 'half'
}

/** What a fetch answers: a `Response`, or as much of one. */
export interface FetchResponse {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly body: ReadableStream<Uint8Array> | null
  text(): Promise<string>
  arrayBuffer(): Promise<ArrayBuffer>
  /** A transport that can, reads to the end by itself. Throws code `WAMUX_BODY_TOO_LARGE` when there is more. @param limit bytes @param bytes no text, whatever the type says */
  readAll?(limit: number, bytes?: boolean): Promise<Uint8Array | string>
}

export interface TransportOptions {
  /** Defaults to the platform's fetch. */
  readonly fetch?: Fetch | typeof globalThis.fetch
  readonly clock?: Clock
  /** Between 0 and 1, for jitter. Defaults to Math.random. */
  readonly random?: () => number
  /** From the call to the last byte of the answer over all attempts, ms. 0 and Infinity switch it off. Default 30 000. */
  readonly timeoutMs?: number | undefined
  readonly retry?: RetryOptions
  /** Largest body that is read, bytes, after decompression. Default 32 MiB. */
  readonly maxBodyBytes?: number
}

export interface WireRequest {
  readonly method: HttpMethod
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: FetchInit['body']
  /** The answer is a file: its body is not to be read as text. */
  readonly bytes?: boolean | undefined
}

/** What one try gave: an answer read to its end, or what stopped it. */
export type Attempt =
  | { readonly response: RawResponse; readonly notSent?: undefined }
  /** @property begun the head of an answer was there already; @property stopped the deadline or the caller ended it */
  /** @property notSent it was over before anything was tried */
  | { readonly response?: undefined; readonly cause: unknown; readonly begun: boolean; readonly stopped: boolean; readonly notSent?: true }

/** One call's time: over all its attempts and pauses. */
export interface Deadline {
  readonly signal: AbortSignal
  /** True when time ran out, false when the caller aborted. */
  readonly expired: boolean
  /** Settles when the signal fires, for a fetch that does not listen to it. */
  readonly ended: Promise<Attempt>
  /** When it ends, ms since the epoch. */
  readonly endsAt: number
  close(): void
}

export interface Transport {
  readonly clock: Clock
  readonly random: () => number
  readonly retry: RetryOptions
  /** Starts the clock of one call. */
  begin(call: CallOptions): Deadline
  /** Tries once. Never throws: what the network does is part of what it gives. */
  attempt(request: WireRequest, deadline: Deadline): Promise<Attempt>
}

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_MAX_BODY_BYTES = 2 ** 25

export function createTransport(options: TransportOptions = {}): Transport {
  const { clock = systemClock, random = Math.random, retry = {}, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options
  // looked up per call, so that a later patched global fetch is the one in use
  const perform = (options.fetch ?? ((url: string, init: FetchInit) => fetch(url, init as RequestInit))) as Fetch

  async function tryOnce({ method, url, headers, body, bytes }: WireRequest, { signal }: Deadline): Promise<Attempt> {
    let begun = false
    try {
      const response = await perform(url, { method, headers, body, signal, redirect: 'manual', duplex: 'half' })
      begun = true
      return { response: { status: response.status, headers: response.headers, body: await readBody(response, maxBodyBytes, bytes) } }
    } catch (cause) {
      return { cause, begun, stopped: signal.aborted }
    }
  }

  return {
    clock,
    random,
    retry,
    begin: ({ timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS, signal }) => openDeadline(clock, timeoutMs, signal),
    attempt: (request, deadline) => Promise.race([tryOnce(request, deadline), deadline.ended]),
  }
}

function openDeadline(clock: Clock, timeoutMs: number, outer: AbortSignal | undefined): Deadline {
  // 0 switches it off
  const limit = timeoutMs || Number.POSITIVE_INFINITY
  const controller = new AbortController()
  const { signal } = controller
  let end = async () => {}
  const ended = new Promise<Attempt>((resolve) => {
    end = async () => {
      controller.abort()
      // a fetch that listens gets to say how far it came
      for (let turn = 0; turn < 9; turn++) await null
      resolve({ cause: undefined, begun: false, stopped: true })
    }
  })
  const close = () => {
    cancel()
    outer?.removeEventListener('abort', end)
  }
  const deadline = { signal, ended, expired: false, endsAt: clock.now() + limit, close }
  const expire = () => {
    deadline.expired = true
    end()
  }
  const cancel = clock.after(limit, expire)
  // what is no time is refused as soon as there is code for it
  if (outer?.aborted || !(timeoutMs >= 0)) end()
  else outer?.addEventListener('abort', end)
  return deadline
}

// a declared, uncompressed length is what arrives at most; everything else is read under a cap
async function readBody(response: FetchResponse, limit: number, bytes: boolean | undefined): Promise<Uint8Array | string> {
  // first of all: merely asking for the body makes some transports build a stream
  if (response.readAll) return response.readAll(limit, bytes)
  const { headers, body } = response
  const length = headers.get('content-length')
  if (body && (!length || !(+length <= limit) || headers.get('content-encoding'))) {
    const { readLimited } = await import('./read-limited.ts')
    return readLimited(body, limit, Number(length))
  }
  return !bytes && /json|^text/i.test(headers.get('content-type') ?? '') ? response.text() : new Uint8Array(await response.arrayBuffer())
}
