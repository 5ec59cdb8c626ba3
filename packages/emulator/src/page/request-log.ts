import type { GatewayId } from '../sessions/session.ts'
import type { Answer } from '../wire/answer.ts'
import type { PlainRequest } from '../wire/request.ts'

/** A request as it came. */
export interface AskedRequest extends Pick<PlainRequest, 'method' | 'headers' | 'body'> {
  readonly gateway: GatewayId
  /** Absent for what is in none. */
  readonly namespace?: string
  /** ms since the epoch, on the emulator's clock. */
  readonly at: number
  /** Path and query below the gateway's mount. */
  readonly target: string
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
  readonly headers: Readonly<Record<string, string>>
  /** A text, or the bytes of what is none or was cut. */
  readonly body: string | Uint8Array | undefined
  /** Bytes of the body before it was cut. */
  readonly size: number
  /** From the request to here, ms of real time. */
  readonly ms: number
}

/** Ends a request in the log; without an answer the connection broke. Only the first call counts. */
export type Finish = (answer?: FinishedAnswer) => void

/** An answer whose body is not a stream. */
export type FinishedAnswer = Pick<Answer, 'status' | 'headers'> & { readonly body: string | Uint8Array | undefined }

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

/** What is kept of a request; the answer is written into it. */
type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] }

/**
 * Keeps references to what the server has in its hands anyway; text is made of it, and secrets hidden, when somebody looks.
 *
 * @param limits how much is kept; the oldest goes first
 */
export function createRequestLog(limits: RequestLogLimits = LIMITS): RequestLog {
  /** By id, oldest first; ids follow each other without a gap. */
  let kept: Entry[] = []
  /** How many at the beginning of `kept` are dropped already: they are cut off many at a time. */
  let dropped = 0
  let count = 0
  let changes = 0
  let bytes = 0

  const newest = () => kept.slice(dropped)

  function find(id: number): Entry | undefined {
    const first = kept[dropped]
    return first && id >= first.id ? kept[dropped + id - first.id] : undefined
  }

  function changed(by: number): void {
    changes += 1
    bytes += by
    for (let oldest = kept[dropped]; oldest; oldest = kept[dropped]) {
      if (kept.length - dropped <= limits.requests && bytes <= limits.bytes) break
      bytes -= lengthOf(oldest.body) + lengthOf(oldest.answer?.body)
      dropped += 1
    }
    if (dropped > limits.requests) {
      kept = newest()
      dropped = 0
    }
  }

  return {
    add(asked) {
      count += 1
      const started = performance.now()
      const body = cut(asked.body, limits.bodyBytes)
      const entry: Entry = { ...asked, id: count, body, size: asked.body?.length ?? 0, answer: undefined }
      kept.push(entry)
      changed(lengthOf(body))
      return (answer) => {
        if (entry.answer || find(entry.id) !== entry) return
        const { status = 0, headers = {}, body: whole } = answer ?? {}
        const shown = cut(whole, limits.bodyBytes)
        const ms = Math.round(performance.now() - started)
        entry.answer = { status, headers, body: shown, size: sizeOf(whole), ms }
        changed(lengthOf(shown))
      }
    },
    list: () => newest().reverse(),
    get: find,
    get changes() {
      return changes
    },
    get count() {
      return count
    },
    clear() {
      kept = []
      dropped = 0
      bytes = 0
      changes += 1
    },
  }
}

function lengthOf(body: string | Uint8Array | undefined): number {
  return body?.length ?? 0
}

function sizeOf(body: string | Uint8Array | undefined): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.length ?? 0)
}

/** The beginning of a body, as a copy: a part of a large buffer or text would keep all of it. */
function cut<Body extends string | Uint8Array>(body: Body | undefined, most: number): Body | Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined || body.length <= most) return body
  return typeof body === 'string' ? new TextEncoder().encode(body.slice(0, most)).slice(0, most) : new Uint8Array(body.slice(0, most))
}
