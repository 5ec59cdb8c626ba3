import type { GatewayId } from '../sessions/session.ts'

type HeaderList = Iterable<readonly [string, string]>

/** A request as it came. */
export interface AskedRequest {
  readonly gateway: GatewayId
  /** ms since the epoch, on the emulator's clock. */
  readonly at: number
  readonly method: string
  /** Path and query below the gateway's mount. */
  readonly target: string
  readonly headers: HeaderList
  readonly body: Uint8Array | undefined
  /** Made by the web page. */
  readonly own: boolean
}

/** A request, and what was answered. */
export interface LoggedRequest extends AskedRequest {
  readonly id: number
  /** Bytes of the body before it was cut. */
  readonly size: number
  /** `undefined` while it is under way. */
  readonly answer: LoggedAnswer | undefined
}

/** An answer as it was sent. */
export interface LoggedAnswer {
  /** 0: the connection broke. */
  readonly status: number
  readonly headers: HeaderList
  readonly body: Uint8Array | undefined
  /** Bytes of the body before it was cut. */
  readonly size: number
  /** From the request to here, ms of real time. */
  readonly ms: number
}

/** Ends a request in the log; without an answer the connection broke. Only the first call counts. */
export type Finish = (answer?: { readonly status: number; readonly headers: HeaderList; readonly body: Uint8Array | undefined }) => void

/** The newest requests to the gateways. */
export interface RequestLog {
  add(request: AskedRequest): Finish
  /** Newest first. */
  list(): readonly LoggedRequest[]
  get(id: number): LoggedRequest | undefined
  /** How many were added and answered so far, which changes with every news. */
  readonly changes: number
  /** How many were ever added. */
  readonly count: number
  clear(): void
}

/** Bounds of what is kept. */
export interface RequestLogLimits {
  readonly requests: number
  /** Of one body. */
  readonly bodyBytes: number
  /** Of all bodies. */
  readonly bytes: number
}

const LIMITS: RequestLogLimits = { requests: 2_000, bodyBytes: 64 * 1024, bytes: 8 * 1024 * 1024 }

/**
 * Keeps references to what the server has in its hands anyway; text is made of it, and secrets hidden, when somebody looks.
 *
 * @param limits how much is kept; the oldest goes first
 */
export function createRequestLog(limits: RequestLogLimits = LIMITS): RequestLog {
  const kept = new Map<number, LoggedRequest>()
  let count = 0
  let changes = 0
  let bytes = 0

  // a copy: a part of a large buffer would keep all of it
  const cut = (body: Uint8Array | undefined) => (body && body.length > limits.bodyBytes ? body.slice(0, limits.bodyBytes) : body)
  const bytesOf = ({ body, answer }: LoggedRequest) => (body?.length ?? 0) + (answer?.body?.length ?? 0)

  function keep(request: LoggedRequest): void {
    changes += 1
    const old = kept.get(request.id)
    bytes += bytesOf(request) - (old ? bytesOf(old) : 0)
    kept.set(request.id, request)
    for (const [id, oldest] of kept) {
      if (kept.size <= limits.requests && bytes <= limits.bytes) break
      kept.delete(id)
      bytes -= bytesOf(oldest)
    }
  }

  return {
    add(asked) {
      count += 1
      const id = count
      const started = performance.now()
      keep({ ...asked, id, body: cut(asked.body), size: asked.body?.length ?? 0, answer: undefined })
      return (answer) => {
        const request = kept.get(id)
        if (!request || request.answer) return
        const { status = 0, headers = [], body } = answer ?? {}
        const ms = Math.round(performance.now() - started)
        keep({ ...request, answer: { status, headers, body: cut(body), size: body?.length ?? 0, ms } })
      }
    },
    list: () => [...kept.values()].reverse(),
    get: (id) => kept.get(id),
    get changes() {
      return changes
    },
    get count() {
      return count
    },
    clear() {
      kept.clear()
      bytes = 0
      changes += 1
    },
  }
}
