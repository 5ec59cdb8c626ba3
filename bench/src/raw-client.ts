import { connect } from 'node:net'

/** A connection that asks the same again and again, one at a time. */
export interface Connection {
  /** Asks once. @returns the status, when the answer has come to its end */
  ask(): Promise<number>
  close(): void
}

const HEAD_END = '\r\n\r\n'

/** Opens a connection. It does as little as can be, so that the server is what a measurement waits for. */
export function connectTo(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Connection> {
  const { hostname, port, host, pathname } = new URL(url)
  const lines = Object.entries({ host, ...headers, 'content-length': Buffer.byteLength(body) }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const request = Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
  return new Promise((resolve, reject) => {
    let waiting: { resolve(status: number): void; reject(error: Error): void } | undefined
    let text = ''
    const socket = connect(Number(port), hostname, () => {
      resolve({
        ask: () =>
          new Promise((answered, failed) => {
            waiting = { resolve: answered, reject: failed }
            socket.write(request)
          }),
        close: () => socket.destroy(),
      })
    })
    socket.setNoDelay(true)
    socket.on('data', (part) => {
      text += part.toString('latin1')
      if (!isWhole(text)) return
      const status = Number(text.slice(9, 12))
      text = ''
      waiting?.resolve(status)
    })
    const fail = (error: Error) => {
      reject(error)
      waiting?.reject(error)
    }
    socket.on('error', fail).on('close', () => fail(new Error('the server closed the connection')))
  })
}

function isWhole(text: string): boolean {
  const end = text.indexOf(HEAD_END)
  if (end === -1) return false
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1]
  // without a length the body comes in chunks, of which the last is empty
  return length === undefined ? text.endsWith(`\r\n0${HEAD_END}`) : text.length >= end + HEAD_END.length + Number(length)
}
