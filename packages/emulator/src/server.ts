import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problem } from './control-routes.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from './emulator.ts'
import { ConnectionLost } from './faults.ts'
import type { Gateways } from './gateways.ts'
import { acceptSockets } from './server-sockets.ts'

export interface ServeOptions extends EmulatorOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default 127.0.0.1: only this machine. */
  readonly host?: string
  /** Largest request body, bytes. Default 16 MiB. */
  readonly maxBodyBytes?: number
}

export interface EmulatorServer {
  /** `http://127.0.0.1:4010` */
  readonly url: string
  readonly gateways: Gateways
  readonly emulator: Emulator
  /** Stops listening, drops open connections and ends all timers. */
  close(): Promise<void>
}

const MAX_BODY_BYTES = 16 * 1024 * 1024

/** Serves an emulator over HTTP; resolves when it listens. */
export async function serveEmulator(options: ServeOptions = {}): Promise<EmulatorServer> {
  const { port = 0, host = '127.0.0.1', maxBodyBytes = MAX_BODY_BYTES } = options
  let url = ''
  const emulator = createEmulator({ deliver: (target, init) => fetch(target, init), ...options, origin: () => url })
  // an import of node:http would load all of undici, which takes longer than everything else until it listens
  const { createServer } = process.getBuiltinModule('node:http')
  const server = createServer((incoming, outgoing) => {
    answer(emulator, incoming, maxBodyBytes)
      .catch((error: unknown) => {
        if (error instanceof ConnectionLost) throw error
        return problem(500, 'internal', error instanceof Error ? error.message : String(error))
      })
      .then((response) => write(response, outgoing, incoming.method === 'HEAD'))
      // a reset, not an end: the caller must not take it for an empty answer
      .catch(() => incoming.socket.resetAndDestroy())
  })
  const sockets = acceptSockets(server, emulator)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  url = `http://${name}:${address.port}`
  return {
    url,
    gateways: emulator.gatewaysAt(url),
    emulator,
    close() {
      emulator.close()
      sockets.close()
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      })
    },
  }
}

async function answer(emulator: Emulator, incoming: IncomingMessage, maxBodyBytes: number): Promise<Response> {
  const body = await read(incoming, maxBodyBytes)
  if (!body) return problem(413, 'too_large', `the body is larger than ${maxBodyBytes} bytes`)
  const { method = 'GET', url = '/', headers } = incoming
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(', ')])
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  return emulator.handle(new Request(new URL(url, 'http://emulator.invalid'), { method, headers: entries, ...(hasBody ? { body } : {}) }))
}

async function read(incoming: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming as AsyncIterable<Buffer>) {
    size += part.length
    // what follows is read and thrown away, so that the answer arrives
    if (size <= maxBytes) parts.push(part)
  }
  return size > maxBytes ? undefined : new Uint8Array(Buffer.concat(parts))
}

async function write(response: Response, outgoing: ServerResponse, headOnly: boolean): Promise<void> {
  const { bytes: body, whole } = await readAnswer(response)
  if (!whole) {
    // as if the rest was lost on the way
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.length * 2 + 1 })
    await new Promise<void>((resolve) => outgoing.write(body, () => resolve()))
    throw new ConnectionLost()
  }
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.length })
  outgoing.end(headOnly ? undefined : body)
}

async function readAnswer({ body }: Response): Promise<{ readonly bytes: Buffer; readonly whole: boolean }> {
  const parts: Uint8Array[] = []
  try {
    for await (const part of body ?? []) parts.push(part)
    return { bytes: Buffer.concat(parts), whole: true }
  } catch {
    return { bytes: Buffer.concat(parts), whole: false }
  }
}
