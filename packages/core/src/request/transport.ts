import type { CallOptions } from '../schema/call-options.ts'
import type { HttpMethod } from '../schema/operations.ts'
import { type Clock, systemClock } from '../time/clock.ts'
import type { RawResponse, ResponseHeaders } from './response.ts'
import type { RetryOptions } from './retry-policy.ts'

/** The part of `fetch` that wamux uses. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>

/** What wamux passes to `fetch`. */
export interface FetchInit {
  /** HTTP method. */
  readonly method: string
  /** Fields by name in lower case, credentials included. */
  readonly headers: Record<string, string>
  /** Already encoded. */
  readonly body?: string | Uint8Array<ArrayBuffer> | FormData | Blob | ReadableStream | URLSearchParams | undefined
  /** Fires when the deadline is over or the caller aborts. */
  readonly signal: AbortSignal
  /** Redirects are not followed: the next address would get the credentials. */
  readonly redirect: 'manual'
  /** Platforms require it when the body is a stream. */
  readonly duplex: 'half'
}

/** The part of a `Response` that wamux uses. */
export interface FetchResponse {
  /** HTTP status. */
  readonly status: number
  /** Response headers. */
  readonly headers: ResponseHeaders
  /** The body as a stream; `null` when there is none. */
  readonly body: ReadableStream<Uint8Array> | null
  /** Reads the body as text. */
  text(): Promise<string>
  /** Reads the body as bytes. */
  arrayBuffer(): Promise<ArrayBuffer>
  /**
   * Optional: reads the body to its end. A transport implements it when it can do so faster than through a stream.
   *
   * @param limit largest size, bytes
   * @param bytes true: gives bytes, also for a text
   * @throws {Error} code `WAMUX_BODY_TOO_LARGE`: the body is larger than `limit`
   */
  readAll?(limit: number, bytes?: boolean): Promise<Uint8Array | string>
}

/** How requests are sent. */
export interface TransportOptions {
  /** What sends requests. Default: the platform's `fetch`, looked up for each call. */
  readonly fetch?: Fetch | typeof globalThis.fetch
  /** Source of time. Default: the system's. */
  readonly clock?: Clock
  /** Gives numbers from 0 to 1, for random pauses between attempts. Default: Math.random. */
  readonly random?: () => number
  /**
   * Longest duration of a call, over all its attempts and to the last byte of the response, ms. 0 and Infinity: no limit. Default: the
   * plugin's, otherwise 30 000.
   */
  readonly timeoutMs?: number | undefined
  /** How failed requests are repeated. */
  readonly retry?: RetryOptions
  /** Largest response body after decompression, bytes. Default 32 MiB. */
  readonly maxBodyBytes?: number
}

/** A request as it goes over the network. */
export interface WireRequest {
  /** HTTP method. */
  readonly method: HttpMethod
  /** Complete URL. It may contain credentials. */
  readonly url: string
  /** Fields by name in lower case, credentials included. */
  readonly headers: Record<string, string>
  /** Already encoded. */
  readonly body?: FetchInit['body']
  /** True: the response is a file, so its body is not decoded as text. */
  readonly bytes?: boolean | undefined
}

/** The result of one attempt: a response read to its end, or why there is none. */
export type Attempt =
  | {
      readonly response: RawResponse
      readonly notSent?: undefined
    }
  | {
      readonly response?: undefined
      /** What `fetch` rejected with. */
      readonly cause?: unknown
      /** True when the head of a response had arrived. */
      readonly begun: boolean
      /** True when the deadline or the caller ended the attempt. */
      readonly stopped: boolean
      /** True when the call was over before the attempt was made. */
      readonly notSent?: true
    }

/** The time limit of one call, over all its attempts and pauses. */
export interface Deadline {
  /** Fires when time is over or the caller aborts. */
  readonly signal: AbortSignal
  /** True when time is over, false when the caller aborted. */
  readonly expired: boolean
  /** Resolves soon after the signal fired, for a `fetch` that ignores the signal. */
  readonly ended: Promise<Attempt>
  /** When time is over, ms since the epoch. */
  readonly endsAt: number
  /** Stops the timer; to be called when the call has ended. */
  close(): void
}

/** Sends requests and measures their time. */
export interface Transport {
  /** Source of time. */
  readonly clock: Clock
  /** Gives numbers from 0 to 1. */
  readonly random: () => number
  /** How failed requests are repeated. */
  readonly retry: RetryOptions
  /**
   * Starts the time limit of one call.
   *
   * @param call its options
   */
  begin(call: CallOptions): Deadline
  /**
   * Sends a request once. Never throws: a network error is part of the result.
   *
   * @param request what to send
   * @param deadline ends the attempt
   */
  attempt(request: WireRequest, deadline: Deadline): Promise<Attempt>
}

const DEFAULT_TIMEOUT_MS = 30_000
const DEFAULT_MAX_BODY_BYTES = 2 ** 25

/**
 * Makes a transport.
 *
 * @param options how to send; everything has a default
 * @returns the transport
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const { clock = systemClock, random = Math.random, retry = {}, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options
  // looked up for each call, because programs and test tools may replace the global fetch later
  const doFetch = (options.fetch ?? ((url: string, init: FetchInit) => fetch(url, init as RequestInit))) as Fetch

  async function tryOnce({ method, url, headers, body, bytes }: WireRequest, { signal }: Deadline): Promise<Attempt> {
    let begun = false
    try {
      const response = await doFetch(url, { method, headers, body, signal, redirect: 'manual', duplex: 'half' })
      begun = true
      return { response: { status: response.status, headers: response.headers, body: await readBody(response, maxBodyBytes, bytes) } }
    } catch (cause) {
      return { cause, begun, stopped: signal.aborted }
    }
  }

  function begin({ timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS, attempts = 0, signal: outer }: CallOptions): Deadline {
    const fits = [timeoutMs, attempts].every((one) => typeof one === 'number' && one >= 0) && (!outer || outer.addEventListener)
    // 0 and Infinity: no limit. `1 / 0` is Infinity in fewer bytes, and every client loads this file
    const limit = (fits && timeoutMs) || 1 / 0
    const controller = new AbortController()
    const { signal } = controller
    let end = async () => {}
    const ended = new Promise<Attempt>((resolve) => {
      end = async () => {
        controller.abort()
        // A fetch that obeys the signal rejects within a few microtasks, and its result says whether the head of a response had arrived.
        // Waiting for nine microtasks lets that result come first; a fetch that ignores the signal does not delay the call.
        for (let turn = 0; turn < 9; turn++) await null
        resolve({ begun: false, stopped: true })
      }
    })
    const cancel = clock.after(limit, () => {
      deadline.expired = true
      end()
    })
    const deadline = {
      signal,
      ended,
      expired: false,
      endsAt: clock.now() + limit,
      close() {
        cancel()
        outer?.removeEventListener?.('abort', end)
      },
    }
    // an option that does not fit ends the call at once; the retry loop, which is loaded then, reports it as `invalid_request`
    if (!fits || outer?.aborted) end()
    else outer?.addEventListener('abort', end)
    return deadline
  }

  return {
    clock,
    random,
    retry,
    begin,
    attempt: (request, deadline) => Promise.race([tryOnce(request, deadline), deadline.ended]),
  }
}

// HTTP delivers at most the declared length; without one, or with compression, the bytes are counted while they are read
async function readBody(response: FetchResponse, limit: number, bytes: boolean | undefined): Promise<Uint8Array | string> {
  // before `body` is touched: some transports build a stream when it is read
  if (response.readAll) return response.readAll(limit, bytes)
  const { headers, body } = response
  const length = headers.get('content-length')
  if (body && (!length || !(+length <= limit) || headers.get('content-encoding'))) {
    const { readLimited } = await import('./read-limited.ts')
    return readLimited(body, limit, +(length as string))
  }
  return !bytes && /json|^text/i.test(headers.get('content-type') ?? '') ? response.text() : new Uint8Array(await response.arrayBuffer())
}
