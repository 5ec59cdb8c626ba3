import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { ResponseHeaders } from '@wamux/core/transport'
import { BODY_TOO_LARGE, broken, NodeFetchError } from '../node-fetch-error.ts'
import type { NodeFetchResponse } from '../options.ts'
import type { RunningRequest } from '../request/running-request.ts'
import { codingsOf, decompressed } from './decompress.ts'
import { RawHeaders } from './raw-headers.ts'
import { webBody } from './web-body.ts'

const TEXTUAL = /json|^text\//i
const NO_CODINGS: readonly string[] = []

/** A response that reads its body directly from the connection when all of it is asked for, and makes a web stream only on demand. */
export class NodeResponse implements NodeFetchResponse {
  readonly status: number
  readonly headers: ResponseHeaders
  readonly #running: RunningRequest
  readonly #message: IncomingMessage
  readonly #whole: Buffer | undefined
  readonly #codings: readonly string[]
  readonly #bodyless: boolean
  readonly #limit: number
  #body: ReadableStream<Uint8Array> | undefined
  #used = false

  constructor(
    running: RunningRequest,
    message: IncomingMessage,
    whole: Buffer | undefined,
    options: { method: string; limit: number; decompress: boolean },
  ) {
    const status = message.statusCode ?? 0
    this.status = status
    this.headers = new RawHeaders(message.rawHeaders)
    this.#running = running
    this.#message = message
    this.#whole = whole
    this.#limit = options.limit
    this.#bodyless = options.method === 'HEAD' || status === 204 || status === 205 || status === 304
    this.#codings = options.decompress && !this.#bodyless ? codingsOf(this.headers.get('content-encoding')) : NO_CODINGS
    // the caller gets none of it, and the connection can be used again
    if (this.#bodyless && !whole) message.resume()
  }

  get body(): ReadableStream<Uint8Array> | null {
    if (this.#bodyless) return null
    this.#body ??= webBody(
      {
        open: () => this.#open(),
        wanted: (now) => {
          this.#running.bodyWanted = now
        },
        cancel: () => this.#running.fail(undefined),
        explain: (error) => this.#explain(error),
        failed: () => this.#running.failure !== undefined,
      },
      this.#limit,
      () => tooLarge(this.#limit),
    )
    return this.#body
  }

  text(): Promise<string> {
    return this.#read(this.#limit, textOf)
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#read(this.#limit, (body) => bytesOf(body).buffer)
  }

  readAll(limit: number, bytes?: boolean): Promise<Uint8Array | string> {
    const textual = !bytes && TEXTUAL.test(this.headers.get('content-type') ?? '')
    return this.#read<Uint8Array | string>(Math.min(limit, this.#limit), textual ? textOf : bytesOf)
  }

  #read<Result>(limit: number, convert: (body: Buffer) => Result): Promise<Result> {
    try {
      const whole = this.#bodyless ? Buffer.alloc(0) : this.#whole
      if (!whole || this.#codings.length > 0) return this.#collect(limit).then(convert)
      this.#take()
      if (whole.length > limit) throw tooLarge(limit)
      return Promise.resolve(convert(whole))
    } catch (error) {
      return Promise.reject(error)
    }
  }

  #collect(limit: number): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const stop = (error: unknown) => {
        this.#running.onBodyFailure = undefined
        this.#running.fail(error)
        reject(error)
      }
      const declared = Number(this.headers.get('content-length') ?? 0)
      const source = this.#open()
      if (declared > limit) {
        source.on('error', ignore)
        source.destroy()
        return stop(tooLarge(limit))
      }
      this.#running.bodyWanted = true
      this.#running.onBodyFailure = reject
      const chunks: Buffer[] = []
      let size = 0
      source.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= limit) return void chunks.push(chunk)
        stop(tooLarge(limit))
        source.destroy()
      })
      source.on('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)))
      source.on('error', (error) => stop(this.#explain(error)))
    })
  }

  #open(): Readable {
    this.#take()
    return decompressed(this.#whole ?? this.#message, this.#codings)
  }

  #take(): void {
    if (this.#used) throw new TypeError('the body was read already')
    this.#used = true
  }

  #explain(error: unknown): unknown {
    if (this.#running.failure) return this.#running.failure.error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // zlib's own: Z_DATA_ERROR, ERR__ERROR_FORMAT_…
    if (!/^Z_|^ERR_+(?:ERROR|BROTLI)/.test(code)) return broken(error)
    return new NodeFetchError('the answer cannot be decompressed', code)
  }
}

function ignore(): void {}

function tooLarge(limit: number): NodeFetchError {
  return new NodeFetchError(`the answer has more than the ${limit} bytes allowed`, BODY_TOO_LARGE)
}

function textOf(body: Buffer): string {
  const text = body.toString('utf8')
  // a byte order mark is no part of the text, as in fetch
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
}

// a copy: the original is a piece of a larger block that it would keep alive
function bytesOf(body: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(body)
}
