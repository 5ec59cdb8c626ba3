import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request that came. */
export interface Came {
  readonly method: string
  readonly url: string
  readonly body: string
}

/** An answer of a made-up gateway. */
export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | object | Uint8Array
}

/** A gateway on loopback that answers as a test wants it. */
export interface EchoServer {
  readonly url: string
  readonly came: Came[]
  answer: (request: Came) => Answer
  close(): Promise<void>
}

export async function serveEcho(): Promise<EchoServer> {
  const came: Came[] = []
  const server: Server = createServer(async (request, response) => {
    const one = { method: request.method ?? '', url: request.url ?? '', body: await bodyOf(request) }
    came.push(one)
    const { status = 200, headers = {}, body = {} } = echo.answer(one)
    const json = typeof body === 'object' && !(body instanceof Uint8Array)
    response.writeHead(status, { 'content-type': json ? 'application/json' : 'text/plain', ...headers })
    response.end(json ? JSON.stringify(body) : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const echo: EchoServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    came,
    answer: () => ({}),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return echo
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
