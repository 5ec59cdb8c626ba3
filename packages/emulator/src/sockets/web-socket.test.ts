import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket as RealWebSocket } from 'ws'
import { createAdmission } from '../server/admission.ts'
import { acceptSockets } from '../server/upgrades.ts'
import { createWebSocketClass, type FindSocket, type Peer } from './web-socket.ts'

/** A socket that greets, echoes and refuses those without a key. */
function greeter() {
  const peers = new Set<Peer>()
  const find: FindSocket = (path) => {
    if (path !== '/waha/ws') return undefined
    return (peer, query) => {
      if (query.get('x-api-key') !== 'right') {
        peer.close(1008, 'Unauthorized')
        return { closed() {} }
      }
      peers.add(peer)
      peer.send('welcome')
      return { message: (text) => peer.send(`you said ${text}`), closed: () => peers.delete(peer) }
    }
  }
  return { find, peers }
}

interface Told {
  readonly data?: unknown
  readonly code?: number
  readonly reason?: string
}

interface Socket {
  addEventListener(type: string, listener: (event: Told) => void): void
  send(text: string): void
  close(): void
}

/** What a socket tells, and how to wait for so much of it. */
function listen(socket: Socket) {
  const told: string[] = []
  let wake = () => {}
  for (const type of ['open', 'message', 'close', 'error']) {
    socket.addEventListener(type, (event) => {
      told.push(type === 'message' ? String(event.data) : type === 'close' ? `close ${event.code} ${event.reason}` : type)
      wake()
    })
  }
  const until = async (count: number) => {
    while (told.length < count)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    return told
  }
  return { told, until }
}

const forms: [string, () => Promise<{ open(path: string): Socket; peers: Set<Peer>; end(): void }>][] = [
  [
    'in process',
    async () => {
      const { find, peers } = greeter()
      const WebSocket = createWebSocketClass(() => find)
      return { open: (path) => new WebSocket(`ws://emulator.invalid${path}`), peers, end() {} }
    },
  ],
  [
    'served',
    async () => {
      const { find, peers } = greeter()
      const server = createServer()
      const sockets = acceptSockets(server, { socketAt: find }, createAdmission({ host: '127.0.0.1', allowHosts: [] }))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      const end = () => {
        sockets.close()
        server.close()
      }
      return { open: (path) => new RealWebSocket(`ws://127.0.0.1:${port}${path}`) as unknown as Socket, peers, end }
    },
  ],
]

test.each(forms)('a socket %s: greeting, words both ways, close', async (_name, open) => {
  const { open: connect, peers, end } = await open()
  const socket = connect('/waha/ws?x-api-key=right')
  const { until } = listen(socket)
  expect(await until(2)).toEqual(['open', 'welcome'])
  socket.send('hello')
  expect((await until(3))[2]).toBe('you said hello')
  for (const peer of peers) peer.send('news')
  expect((await until(4))[3]).toBe('news')
  socket.close()
  expect((await until(5))[4]).toMatch(/^close 100[05]/)
  expect(peers.size).toBe(0)
  end()
})

test.each(forms)('a socket %s: refused with a reason, or not there at all', async (_name, open) => {
  const { open: connect, end } = await open()
  expect((await listen(connect('/waha/ws')).until(2)).at(-1)).toBe('close 1008 Unauthorized')
  const nobody = await listen(connect('/waha/other')).until(2)
  expect([nobody[0], nobody[1]?.slice(0, 10)]).toEqual(['error', 'close 1006'])
  end()
})

test('an address that is none, and words before it is open', () => {
  const WebSocket = createWebSocketClass(() => greeter().find)
  expect(() => new WebSocket('http://emulator.invalid/waha/ws')).toThrow(SyntaxError)
  expect(() => new WebSocket('ws://emulator.invalid/waha/ws').send('early')).toThrow('not open yet')
})
