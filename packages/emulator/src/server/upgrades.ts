import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket, WebSocketServer } from 'ws'
import type { Emulator } from '../emulator.ts'
import type { AcceptSocket } from '../sockets/web-socket.ts'
import { Answer } from '../wire/answer.ts'
import type { Admit } from './admission.ts'

const MAX_FRAME_BYTES = 1024 * 1024

/** Serves the faces' event sockets through an HTTP server's upgrades. */
export function acceptSockets(server: Server, emulator: Pick<Emulator, 'socketAt'>, admit: Admit): { close(): void } {
  const sockets = new Set<Duplex>()
  let upgrades: Promise<WebSocketServer> | undefined
  // loaded with the first socket: with it come TLS and compression, which takes as long as all else until the server listens
  const loadUpgrades = () => import('ws').then((ws) => new ws.WebSocketServer({ noServer: true, maxPayload: MAX_FRAME_BYTES }))

  server.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    // from here on the socket is no longer the HTTP server's: without a listener an error of it would end the process
    socket.on('error', () => socket.destroy())
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    const target = admit(incoming)
    if (target instanceof Answer) return refuse(socket, target.status === 400 ? '400 Bad Request' : '403 Forbidden')
    const accept = emulator.socketAt(target.path)
    if (!accept) return refuse(socket, '404 Not Found')
    upgrades ??= loadUpgrades()
    void upgrades.then((one) => one.handleUpgrade(incoming, socket, head, (webSocket) => join(webSocket, accept, target.query, incoming)))
  })

  return {
    close() {
      void upgrades?.then((one) => {
        for (const client of one.clients) client.terminate()
        one.close()
      })
      for (const socket of sockets) socket.destroy()
    },
  }
}

function refuse(socket: Duplex, status: string): void {
  // a client that never closes its side would keep the socket
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy())
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
  // ws closes the socket after a broken frame; without a listener the error would end the process
  webSocket.on('error', () => {})
}
