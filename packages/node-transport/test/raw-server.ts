import { createServer, type Server, type Socket } from 'node:net'
import type { FetchInit } from '@wamux/core/transport'

/** A server that says exactly what a test wants said, byte by byte. */
export interface RawServer {
  readonly url: string
  readonly port: number
  /** Every connection there was. */
  readonly sockets: readonly Socket[]
  /** Every request that came to its end, as it was written. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

/** @param onConnection gets every connection with its number, from 0 */
export async function rawServer(onConnection: (socket: Socket, number: number) => void, host = '127.0.0.1'): Promise<RawServer> {
  const sockets: Socket[] = []
  const requests: string[] = []
  const server = createServer((socket) => {
    // what the client does to a connection is for the test to see, not for the server to die of
    socket.on('error', () => {})
    socket.setNoDelay(true)
    collectors.set(socket, requests)
    onConnection(socket, sockets.push(socket) - 1)
  })
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const port = portOf(server)
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { url, port, sockets, requests, close }
}

const collectors = new WeakMap<Socket, string[]>()

/** Calls back for every whole request on a connection, with its text. */
export function onRequest(socket: Socket, answer: (request: string, number: number) => void): void {
  let seen = Buffer.alloc(0)
  let number = 0
  socket.on('data', (data) => {
    seen = Buffer.concat([seen, data as Buffer])
    for (;;) {
      const end = endOfRequest(seen)
      if (end < 0) return
      const request = seen.subarray(0, end).toString('latin1')
      seen = seen.subarray(end)
      collectors.get(socket)?.push(request)
      answer(request, number++)
    }
  })
}

/** Where the first request in a text ends, or -1. */
function endOfRequest(data: Buffer): number {
  const head = data.indexOf('\r\n\r\n')
  if (head < 0) return -1
  const text = data.subarray(0, head).toString('latin1')
  if (/\r\ntransfer-encoding: *chunked/i.test(text)) {
    const last = data.indexOf('0\r\n\r\n', head + 2)
    return last < 0 ? -1 : last + 5
  }
  const end = head + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0)
  return data.length < end ? -1 : end
}

/** A plain answer with its length. */
export function reply(body: string, fields: readonly string[] = [], status = '200 OK'): string {
  return [`HTTP/1.1 ${status}`, `content-length: ${Buffer.byteLength(body)}`, ...fields, '', body].join('\r\n')
}

/** A server that answers every request the same way. */
export function answering(text: string | Buffer | ((request: string, number: number) => string | Buffer)): Promise<RawServer> {
  return rawServer((socket) =>
    onRequest(socket, (request, number) => void socket.write(typeof text === 'function' ? text(request, number) : text)),
  )
}

export function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen')
  return address.port
}

/** What a fetch is called with, filled up. */
export function init(part: Partial<FetchInit> = {}): FetchInit {
  return { method: 'GET', headers: {}, signal: new AbortController().signal, redirect: 'manual', duplex: 'half', ...part }
}

/** What a promise was rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise
  } catch (error) {
    return error as Error & { code?: string }
  }
  throw new Error('it did not fail')
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits until something holds, for two seconds at most. */
export async function until(holds: () => boolean): Promise<void> {
  for (let left = 400; !holds(); left--) {
    if (left === 0) throw new Error('it never came to be')
    await pause(5)
  }
}
