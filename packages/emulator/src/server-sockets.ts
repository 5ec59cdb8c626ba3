import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Emulator } from './emulator.ts'
import type { AcceptSocket } from './sockets.ts'

const MAX_FRAME_BYTES = 1024 * 1024

/** Lets the faces' event sockets be reached through a server. */
export function acceptSockets(server: Server, emulator: Pick<Emulator, 'socketAt'>): { close(): void } {
  let upgrades: Promise<WebSocketServer> | undefined
  // loaded with the first socket: with it come TLS and compression, which takes as long as all else until the server listens
  const loadUpgrades = () => import('ws').then((ws) => new ws.WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES }))

  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(incoming.url ?? '/', 'http://emulator.invalid')
    const accept = emulator.socketAt(url.pathname)
    if (!accept) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    upgrades ??= loadUpgrades()
    void upgrades.then((one) =>
      one.handleUpgrade(incoming, socket, head, (webSocket) => join(webSocket, accept, url.searchParams, incoming)),
    )
  })

  return {
    close() {
      void upgrades?.then((one) => {
        for (const client of one.clients) client.terminate()
        one.close()
      })
    },
  }
}

function join(webSocket: WebSocket, accept: AcceptSocket, query: URLSearchParams, { headers }: IncomingMessage): void {
  const entries = Object.entries(headers).map(([name, value]): [string, string] => [name, [value].flat().join(', ')])
  const peer = {
    send: (text: string) => webSocket.send(text),
    close: (code: number, reason: string) => webSocket.close(code, reason),
  }
  const handler = accept(peer, query, new Headers(entries))
  webSocket.on('message', (data) => handler.message?.(String(data)))
  webSocket.on('close', () => handler.closed())
  // a broken frame closes the socket; there is nobody else to tell
  webSocket.on('error', () => {})
}
