/**
 * The loopback server, a process of its own. It tells its port, and how many connections it has seen when it is asked. It reads no more
 * of HTTP than the contenders write: a whole HTTP server would be slower than the quickest of them, and they would all wait for it.
 */
import { createServer, type Socket } from 'node:net'
import { ANSWER } from './payload.ts'

export interface ServerReport {
  readonly port?: number
  /** Connections accepted so far. */
  readonly accepted?: number
  /** Connections open now. */
  readonly open?: number
}

const HEAD_END = '\r\n\r\n'
const answers = { accept: answerOf('200 OK'), refuse: answerOf('422 Unprocessable Entity') }

let accepted = 0
const server = createServer({ noDelay: true }, (socket) => {
  accepted++
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => {
    text = answerAll(socket, text + chunk)
  })
  // a client that goes away is no failure of the server
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) tell({ port: address.port })
})
process.on('message', () => server.getConnections((_, open) => tell({ accepted, open })))
process.on('disconnect', () => process.exit())

/** Answers the requests that are complete. @returns what is left */
function answerAll(socket: Socket, text: string): string {
  let from = 0
  for (;;) {
    const headEnd = text.indexOf(HEAD_END, from)
    if (headEnd < 0) return text.slice(from)
    const head = text.slice(from, headEnd)
    const bodyFrom = headEnd + HEAD_END.length
    const end = bodyEnd(text, head, bodyFrom)
    if (end === undefined || end > text.length) return text.slice(from)
    from = end
    const wish = /\r\nx-bench: *(\w+)/i.exec(head)?.[1]
    // an answer that never comes, for calls that are given up
    if (wish !== 'stall') socket.write(wish === 'refuse' ? answers.refuse : answers.accept)
  }
}

function bodyEnd(text: string, head: string, from: number): number | undefined {
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
    const last = text.indexOf(`0${HEAD_END}`, from)
    return last < 0 ? undefined : last + 1 + HEAD_END.length
  }
  return from + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
}

function answerOf(status: string): Buffer {
  const head = `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${ANSWER.length}\r\nconnection: keep-alive`
  return Buffer.concat([Buffer.from(head + HEAD_END, 'latin1'), Buffer.from(ANSWER)])
}

function tell(report: ServerReport): void {
  process.send?.(report)
}
