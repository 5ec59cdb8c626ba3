/** The loopback server, a process of its own. It tells its port, and how many connections it has seen when it is asked. */
import { createServer } from 'node:http'
import { ANSWER } from './payload.ts'

export interface ServerReport {
  readonly port?: number
  /** Connections accepted so far. */
  readonly accepted?: number
  /** Connections open now. */
  readonly open?: number
}

let accepted = 0
const server = createServer((request, response) => {
  request.resume().on('end', () => {
    // an answer that never comes, for calls that are given up
    if (request.headers['x-bench'] === 'stall') return
    const status = request.headers['x-bench'] === 'refuse' ? 422 : 200
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': ANSWER.length })
    response.end(ANSWER)
  })
})
server.on('connection', () => accepted++)
server.keepAliveTimeout = 60_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) tell({ port: address.port })
})
process.on('message', () => server.getConnections((_, open) => tell({ accepted, open })))
process.on('disconnect', () => process.exit())

function tell(report: ServerReport): void {
  process.send?.(report)
}
