/**
 * How the node transport compares with native fetch, to tune it by: `node --conditions=@wamux/source quick-bench.ts [rounds]`.
 * POST of 66 bytes of JSON, 230 bytes of JSON answered and parsed, 32 at a time; the server is another process, pinned to another
 * core where `taskset` is there. CPU is user + system of this process. Quote ratios: the machine is what it is.
 */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { Agent, createServer, request as openRequest } from 'node:http'
import { fileURLToPath } from 'node:url'
import { createTransport, type Fetch, type FetchInit } from '@wamux/core/transport'
import { createNodeFetch } from '../src/index.ts'

const CONCURRENCY = 32
const BODY = JSON.stringify({ session: 'default', chatId: '491700000000@c.us', text: 'hello' }).padEnd(66)
const ANSWER = JSON.stringify({ id: 'true_491700000000@c.us_3EB0A1B2C3D4E5F6', timestamp: 1_700_000_000, ack: 0, body: 'x'.repeat(129) })
const HEADERS = { accept: 'application/json', 'x-api-key': 'a-key-of-some-length', 'content-type': 'application/json' }

if (process.argv[2] === 'serve') serve()
else await compare(Number(process.argv[2] ?? 8))

function serve(): void {
  const server = createServer((request, response) => {
    request.resume()
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': ANSWER.length })
      response.end(ANSWER)
    })
  })
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.stdout.write(`${typeof address === 'object' && address ? address.port : 0}\n`)
  })
}

async function compare(rounds: number): Promise<void> {
  const pinned = spawnSync('taskset', ['-cp', '0', String(process.pid)]).status === 0
  const self = fileURLToPath(import.meta.url)
  const command = [process.execPath, '--conditions=@wamux/source', self, 'serve']
  const [program = '', ...args] = pinned ? ['taskset', '-c', '1', ...command] : command
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(server.stdout, 'data')) as [Buffer]
  const port = Number(line.toString())
  const url = `http://127.0.0.1:${port}/api/sendText`
  const nodeFetch = createNodeFetch()
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const cases: Record<string, () => Promise<unknown>> = {
    'node:http alone': () => bare(agent, port),
    'node transport, readAll': async () => JSON.parse(String(await (await nodeFetch(url, init())).readAll(1e6))),
    'node transport, text': async () => JSON.parse(await (await nodeFetch(url, init())).text()),
    'core on node transport': through(nodeFetch, url),
    'native fetch': async () => (await fetch(url, init() as RequestInit)).json(),
    'core on native fetch': through(undefined, url),
  }
  const figures = new Map<string, { cpu: number; rate: number }[]>()
  for (const call of Object.values(cases)) await measure(call, 3_000)
  for (let round = 0; round < rounds; round++) {
    for (const [name, call] of Object.entries(cases)) {
      figures.set(name, [...(figures.get(name) ?? []), await measure(call, name.includes('native') ? 3_000 : 12_000)])
    }
  }
  server.kill()
  agent.destroy()
  await nodeFetch.close()
  const native = best(figures.get('native fetch') ?? [])
  for (const [name, runs] of figures) {
    const { cpu, rate } = best(runs)
    const ratios = `CPU x${(cpu / native.cpu).toFixed(2)}  rate x${(rate / native.rate).toFixed(1)}`
    console.log(`${name.padEnd(26)} ${cpu.toFixed(1).padStart(7)} us/req ${rate.toFixed(0).padStart(7)} req/s  ${ratios}`)
  }
}

function init(): FetchInit {
  return { method: 'POST', headers: HEADERS, body: BODY, signal: new AbortController().signal, redirect: 'manual', duplex: 'half' }
}

function through(fetch: Fetch | undefined, url: string): () => Promise<unknown> {
  const transport = createTransport(fetch ? { fetch } : {})
  return async () => {
    const deadline = transport.begin({})
    const { response } = await transport.attempt({ method: 'POST', url, headers: HEADERS, body: BODY }, deadline)
    deadline.close()
    return JSON.parse(String(response?.body))
  }
}

function bare(agent: Agent, port: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { ...HEADERS, 'content-length': BODY.length }
    const request = openRequest({ agent, host: '127.0.0.1', port, method: 'POST', path: '/api/sendText', headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
    })
    request.on('error', reject)
    request.end(BODY)
  })
}

async function measure(call: () => Promise<unknown>, times: number): Promise<{ cpu: number; rate: number }> {
  const before = process.cpuUsage()
  const start = performance.now()
  let left = times
  const worker = async () => {
    while (left-- > 0) await call()
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, worker))
  const { user, system } = process.cpuUsage(before)
  return { cpu: (user + system) / times, rate: (times / (performance.now() - start)) * 1_000 }
}

// the least disturbed run: whatever else the machine does only ever adds
function best(runs: readonly { cpu: number; rate: number }[]): { cpu: number; rate: number } {
  return { cpu: Math.min(...runs.map(({ cpu }) => cpu)), rate: Math.max(...runs.map(({ rate }) => rate)) }
}
