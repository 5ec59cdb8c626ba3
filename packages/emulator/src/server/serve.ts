import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problem } from '../control/routes.ts'
import { assembleEmulator, type Emulator, type EmulatorOptions } from '../emulator.ts'
import { ConnectionLost } from '../faults/connection-lost.ts'
import type { Gateways } from '../gateways.ts'
import type { Finish } from '../page/request-log.ts'
import { Answer } from '../wire/answer.ts'
import { type PlainRequest, ReceivedHeaders } from '../wire/request.ts'
import { type Admit, createAdmission } from './admission.ts'
import { createMediaFetch } from './media-fetch.ts'
import { createSite, type Site } from './site.ts'
import { acceptSockets } from './upgrades.ts'
import { createWebhookFetch } from './webhook-fetch.ts'

/** Options of {@link serveEmulator}. */
export interface ServeOptions extends EmulatorOptions {
  /** TCP port. Default 0: any free one. */
  readonly port?: number
  /** Address to listen on. Default 127.0.0.1: this machine only. */
  readonly host?: string
  /**
   * Further names by which clients may reach the server, without port: `emulator` of a container network. Requests whose `Host` is neither a
   * loopback name nor `host` nor one of these are refused with 403, as are requests of web pages from another origin. Default: none.
   */
  readonly allowHosts?: readonly string[]
  /**
   * Receivers to which webhooks may go beside loopback addresses: `host` or `host:port`, `*` for all. A delivery to any other address fails
   * and says so in `control.deliveries()`. With a `deliver` of your own it is yours to decide. Default: none.
   */
  readonly allowWebhooksTo?: readonly string[]
  /**
   * Where files may be fetched from that a gateway is told to send by their address: `host` or `host:port`, also on this machine; `*` for
   * all public addresses, and never for private ones. What is not allowed is not there for the gateway. Files that the emulator serves
   * itself are always. With a `fetchFile` of your own it is yours to decide. Default: none; files at other addresses are made up.
   */
  readonly allowMediaFrom?: readonly string[]
  /** YAML text of the scenario that it begins with. Default: none. */
  readonly scenario?: string
  /** Largest request body, bytes. Default 16 MiB. */
  readonly maxBodyBytes?: number
}

/** A served emulator. */
export interface EmulatorServer {
  /** Its origin: `http://127.0.0.1:4010`. */
  readonly url: string
  /** Base URLs and credentials of the gateways. */
  readonly gateways: Gateways
  /** The emulator behind it. */
  readonly emulator: Emulator
  /** Stops listening, drops open connections and ends all timers. */
  close(): Promise<void>
}

const MAX_BODY_BYTES = 16 * 1024 * 1024
// a snapshot has all files in it, as base64 text
const MAX_SNAPSHOT_BYTES = 256 * 1024 * 1024

/**
 * Serves an emulator over HTTP.
 *
 * @param options address, limits, and the options of {@link createEmulator}
 * @returns resolves when it listens
 * @throws {EmulatorError} `invalid`: the scenario is not in order
 */
export async function serveEmulator(options: ServeOptions = {}): Promise<EmulatorServer> {
  const {
    port = 0,
    host = '127.0.0.1',
    maxBodyBytes = MAX_BODY_BYTES,
    allowHosts = [],
    allowWebhooksTo = [],
    allowMediaFrom = [],
    scenario,
  } = options
  let url = ''
  const [deliver, fetchFile] = [createWebhookFetch(allowWebhooksTo), createMediaFetch(allowMediaFrom)]
  const assembled = assembleEmulator({ deliver, ...(fetchFile ? { fetchFile } : {}), ...options, origin: () => url })
  const { emulator } = assembled
  const site = createSite(assembled, () => url)
  const admit = createAdmission({ host, allowHosts })
  // an import of node:http would load all of undici, which takes longer than everything else until it listens
  const { createServer } = process.getBuiltinModule('node:http')
  const server = createServer((incoming, outgoing) => {
    void serveOne(site, incoming, outgoing, admit, maxBodyBytes)
  })
  const sockets = acceptSockets(server, emulator, admit)
  const close = () => {
    emulator.close()
    site.close()
    sockets.close()
    return new Promise<void>((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()))
      server.closeAllConnections()
    })
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  url = `http://${name}:${address.port}`
  if (scenario !== undefined) {
    try {
      await emulator.control.scenario({ yaml: scenario })
    } catch (error) {
      await close()
      throw error
    }
  }
  return { url, gateways: emulator.gatewaysAt(url), emulator, close }
}

async function serveOne(site: Site, incoming: IncomingMessage, outgoing: ServerResponse, admit: Admit, maxBodyBytes: number) {
  let finish: Finish | undefined
  try {
    const request = await requestOf(incoming, admit, maxBodyBytes)
    const refused = request instanceof Answer
    finish = refused ? undefined : site.log(request)
    const answer = refused ? request : await site.answer(request).catch(failed)
    await write(answer, outgoing, incoming.method === 'HEAD', finish)
  } catch {
    finish?.()
    // reset, so that the caller does not take it for an empty answer
    incoming.socket.resetAndDestroy()
  }
}

function failed(error: unknown): Answer {
  if (error instanceof ConnectionLost) throw error
  return problem(500, 'internal', error instanceof Error ? error.message : String(error))
}

/** The request, read to its end, or the answer that refuses it. */
async function requestOf(incoming: IncomingMessage, admit: Admit, maxBodyBytes: number): Promise<PlainRequest | Answer> {
  const target = admit(incoming)
  const largest = !(target instanceof Answer) && target.path.endsWith('/_emulator/restore') ? MAX_SNAPSHOT_BYTES : maxBodyBytes
  const body = await read(incoming, largest)
  if (target instanceof Answer) return target
  if (!body) return problem(413, 'too_large', `the body is larger than ${largest} bytes`)
  const { method = 'GET', headers } = incoming
  // no Request can have them, and so no program's fetch
  if (method === 'TRACE' || method === 'CONNECT') return problem(405, 'invalid', `${method} is not supported`)
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  return { ...target, method, headers: new ReceivedHeaders(headers), body: hasBody ? body : undefined }
}

/** Reads a body; `undefined` when it is too large. Rejects when the client is gone before its end. */
function read(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer<ArrayBuffer>[] = []
    let size = 0
    incoming.on('data', (part: Buffer<ArrayBuffer>) => {
      size += part.length
      // the rest is read and dropped: a client that still sends would not read the answer
      if (size <= maxBytes) parts.push(part)
    })
    incoming.on('end', () => {
      const [first = NOTHING] = parts
      resolve(size > maxBytes ? undefined : parts.length > 1 ? Buffer.concat(parts) : first)
    })
    incoming.on('error', reject)
    incoming.on('close', () => {
      if (!incoming.complete) reject(new ConnectionLost())
    })
  })
}

const NOTHING = new Uint8Array()

async function write(answer: Answer, outgoing: ServerResponse, headOnly: boolean, finish: Finish | undefined): Promise<void> {
  const { status, headers, body = '', broken } = answer
  if (body instanceof ReadableStream) {
    finish?.({ status, headers, body: undefined })
    return stream(status, headers, body, outgoing, headOnly)
  }
  finish?.({ status, headers, body })
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  if (broken) {
    // announces more bytes than it sends, then breaks the connection
    outgoing.writeHead(status, { ...headers, 'content-length': length * 2 + 1 })
    await new Promise<void>((resolve) => outgoing.write(body, () => resolve()))
    throw broken
  }
  outgoing.writeHead(status, { ...headers, 'content-length': length })
  // with a text as body, headers and body leave in one piece
  outgoing.end(headOnly ? undefined : body)
}

/** Waits until there is room for more, or nobody reads it any more. */
function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done).off('close', done)
      resolve()
    }
    outgoing.on('drain', done).on('close', done)
  })
}

/** Sends events as they come, until one of both sides ends it. */
async function stream(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
  headOnly: boolean,
): Promise<void> {
  outgoing.writeHead(status, headers)
  if (headOnly) {
    await body.cancel()
    outgoing.end()
    return
  }
  const reader = body.getReader()
  outgoing.flushHeaders()
  outgoing.once('close', () => void reader.cancel())
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!outgoing.write(part.value)) await drained(outgoing)
  }
  outgoing.end()
}
