import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Something that answers requests, on loopback. */
export interface Served {
  /** `http://127.0.0.1:4010` */
  readonly url: string
  close(): Promise<void>
}

/** Serves a function of the fetch kind over HTTP, so that n8n's own HTTP stack reaches it. */
export async function serve(handle: (request: Request) => Promise<Response>): Promise<Served> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const response = await handle(await requestOf(incoming))
      const body = Buffer.from(await response.arrayBuffer())
      outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.length }).end(body)
    } catch (error) {
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const parts: Buffer[] = []
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part)
  const { method = 'GET', url = '/', headers } = incoming
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(', ')])
  const body = Buffer.concat(parts)
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.length > 0
  return new Request(new URL(url, 'http://gateway.test'), { method, headers: entries, ...(hasBody ? { body } : {}) })
}
