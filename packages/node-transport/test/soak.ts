/**
 * Many requests in one process, to see that nothing is left behind: `node --expose-gc --conditions=@wamux/source soak.ts [requests]`.
 * Prints `{ rssGrowthMb, heapGrowthMb, sockets, timers }` as one line of JSON; the process then has to end by itself. Every tenth request
 * is aborted, every tenth answer is compressed, every tenth is read as a stream.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { createNodeFetch } from '../src/index.ts'

const CONCURRENCY = 32
const ANSWER = JSON.stringify({ id: 'true_491700000000@c.us_3EB0A1B2C3D4E5F6', body: 'x'.repeat(180) })

if (process.argv[2] === 'serve') serve()
else await soak(Number(process.argv[2] ?? 100_000))

function serve(): void {
  const packed = gzipSync(ANSWER)
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url === '/slow') return
      const body = request.url === '/gzip' ? packed : ANSWER
      const coding = body === packed ? { 'content-encoding': 'gzip' } : {}
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length, ...coding })
      response.end(body)
    })
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(typeof address === 'object' && address ? address.port : 0)
  })
  process.on('disconnect', () => process.exit())
}

async function soak(requests: number): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: ['--conditions=@wamux/source'] })
  const [port] = await once(child, 'message')
  const request = createNodeFetch()
  const url = `http://127.0.0.1:${port}`
  await many(requests / 5, (number) => one(request, url, number))
  const [rss, heap] = used()
  await many(requests, (number) => one(request, url, number))
  const [rssAfter, heapAfter] = used()
  await request.close()
  // a closed socket leaves the list one turn later
  await new Promise((resolve) => setImmediate(resolve))
  const resources = process.getActiveResourcesInfo()
  const sockets = resources.filter((name) => /^(TCP|TLS).*Wrap$/.test(name)).length
  const timers = resources.filter((name) => name === 'Timeout').length
  console.log(JSON.stringify({ rssGrowthMb: megabytes(rssAfter - rss), heapGrowthMb: megabytes(heapAfter - heap), sockets, timers }))
  child.disconnect()
}

async function one(request: ReturnType<typeof createNodeFetch>, url: string, number: number): Promise<void> {
  const controller = new AbortController()
  const kind = number % 10
  const path = kind === 0 ? '/slow' : kind === 1 ? '/gzip' : '/'
  const headers = { 'content-type': 'application/json' }
  const call = { method: 'POST', headers, body: '{"a":1}', signal: controller.signal, redirect: 'manual', duplex: 'half' } as const
  const answering = request(url + path, call)
  if (kind === 0) {
    setImmediate(() => controller.abort())
    await answering.catch(() => {})
    return
  }
  const answer = await answering
  const text = kind === 2 ? await new Response(answer.body).text() : String(await answer.readAll(10_000))
  if (JSON.parse(text).body.length !== 180) throw new Error('another answer came')
}

async function many(times: number, call: (number: number) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async () => {
    while (next < times) await call(next++)
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
}

function used(): [number, number] {
  for (let time = 0; time < 5; time++) globalThis.gc?.()
  const { rss, heapUsed } = process.memoryUsage()
  return [rss, heapUsed]
}

function megabytes(bytes: number): number {
  return Math.round((bytes / 1024 / 1024) * 10) / 10
}
