/// <reference types="node" />
import { createServer, type Socket } from 'node:net'
import type { Fault, FaultyConnection } from '../faults/fault.ts'
import { accepted } from '../faults/responses.ts'
import { type ReadSoFar, readRequest } from './http-reader.ts'

/** A server with one fault. */
export interface FaultServer {
  /** Base URL. */
  readonly url: string
  /** Connections that were made. */
  readonly connections: number
  /** Requests of which at least one byte was read. */
  readonly requests: number
  /** How often the server performed what a request asked for. */
  readonly effects: number
  /** The last whole request. */
  readonly heard: string
  /** Whether it has ever left a client waiting for an end that does not come. */
  readonly stalled: boolean
  /** The URL to use for a request: one where nothing listens, as long as the fault refuses connections. */
  reach(url: string): string
  /** Makes a first request on a keep-alive connection, then does to the connection what the fault does between two requests. */
  warmUp(request: (url: string) => Promise<unknown>): Promise<void>
  /** Closes all connections and forgets what it counted; resolves when clients have noticed. */
  reset(): Promise<void>
  close(): Promise<void>
}

// nothing listens on this port, and fetch does not refuse it; a port that was only free could be taken a moment later
const NOBODY = 'http://127.0.0.1:2'
// the first byte of OPTIONS, which no gateway uses
const WARM_UP = 'O'.charCodeAt(0)
const SOME_BYTES = 10

/**
 * Starts a server on loopback that fails in the way of one fault.
 *
 * @param onStall called when the server will send nothing more: the client can only wait for its own deadline
 */
export async function startFaultServer(fault: Fault, onStall: () => void = () => undefined): Promise<FaultServer> {
  const sockets = new Set<Socket>()
  const none = { connections: 0, requests: 0, effects: 0, tries: 0, heard: '' }
  let count = { ...none }
  let stalled = false

  const server = createServer({ noDelay: true }, (socket) => {
    count.connections++
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // an error of the connection matters to the client only
    socket.on('error', () => undefined)
    if (fault.moment === 'accepted') {
      // without a listener nothing is read
      void act(socket, '', true)
      return
    }
    serve(socket)
  })

  function serve(socket: Socket): void {
    let seen = Buffer.alloc(0)
    let begun = false
    let faulty = false
    let acted = false
    socket.on('data', (data) => {
      seen = Buffer.concat([seen, data as Buffer])
      advance()
    })

    function advance(): void {
      while (seen.length > 0) {
        if (!begun) begin()
        const read = readRequest(seen)
        if (faulty && !acted && isTime(fault, seen, read)) {
          acted = true
          if (fault.effect && fault.moment === 'request') count.effects++
          void act(socket, textOf(seen), false)
        }
        if (read.whole === undefined) return
        count.heard = textOf(seen.subarray(0, read.whole))
        if (!faulty) answerWell(socket, seen[0] === WARM_UP)
        seen = seen.subarray(read.whole)
        begun = false
      }
    }

    function begin(): void {
      begun = true
      acted = false
      const warmUp = seen[0] === WARM_UP
      if (!warmUp) count.requests++
      faulty = !warmUp && fault.moment !== 'connecting' && count.requests <= (fault.times ?? Number.POSITIVE_INFINITY)
    }
  }

  function answerWell(socket: Socket, warmUp: boolean): void {
    if (!warmUp) count.effects++
    const behind = warmUp ? (fault.behind ?? '') : ''
    if (socket.writable) socket.write(accepted() + behind)
  }

  async function act(socket: Socket, heard: string, unread: boolean): Promise<void> {
    await fault.act(connectionOf(socket, heard, unread))
  }

  function connectionOf(socket: Socket, heard: string, unread: boolean): FaultyConnection {
    return {
      heard,
      get open() {
        return socket.writable
      },
      async write(...pieces) {
        for (const piece of pieces) {
          if (!socket.writable) return
          socket.write(piece)
          await nextTurn()
        }
      },
      reset: () => void socket.resetAndDestroy(),
      close: () => void (unread ? socket.destroy() : socket.end()),
      async drain() {
        await nextTurn()
        socket.end()
      },
      stall: () => {
        stalled = true
        if (!unread) socket.pause()
        const counted = count
        // unless the next case has begun in the meantime
        void nextTurn().then(() => counted === count && onStall())
      },
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  return {
    url,
    get connections() {
      return count.connections
    },
    get requests() {
      return count.requests
    },
    get effects() {
      return count.effects
    },
    get heard() {
      return count.heard
    },
    get stalled() {
      return stalled
    },
    reach(wanted) {
      count.tries++
      const refused = fault.moment === 'connecting' && count.tries <= (fault.times ?? Number.POSITIVE_INFINITY)
      return refused ? wanted.replace(url, NOBODY) : wanted
    },
    async warmUp(request) {
      await request(url)
      for (const socket of sockets) await fault.between?.(connectionOf(socket, '', false))
      await nextTurn()
    },
    reset() {
      for (const socket of sockets) socket.destroy()
      count = { ...none, heard: count.heard }
      return nextTurn()
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of sockets) socket.destroy()
      return closed
    },
  }
}

function isTime({ moment }: Fault, seen: Buffer, { head, body, length, whole }: ReadSoFar): boolean {
  if (moment === 'in the head') return seen.length >= SOME_BYTES
  if (moment === 'after the head') return head !== undefined
  if (moment === 'in the body') return head !== undefined && body >= (length ?? 2) / 2
  return whole !== undefined
}

// long enough to contain all credentials
function textOf(bytes: Buffer): string {
  return bytes.toString('latin1', 0, 2_000)
}

// both sides live in one process: after two rounds of its event loop whatever was written has been read, however busy it is
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(() => setImmediate(() => setTimeout(() => setImmediate(resolve), 1)), 1))
}
