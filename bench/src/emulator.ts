/**
 * Requests a second of the emulator and of Prism, which plays any OpenAPI document, on one operation of WAHA's document in one run:
 * `pnpm --filter @wamux/bench emulator`. Both are programs of their own; the client, too, sits in its own process, and asks both over
 * connections of one kind. A server that answers at once shows how much the client can do. Prism is installed apart, once; where it does
 * not install, that is said and nothing is compared.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median } from './figures.ts'
import { type Connection, connectTo } from './raw-client.ts'

const PRISM = '5.14.2'
const ROUNDS = Number(/--rounds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 15)
const ROUND_MS = 1_000
const AT_ONCE = 16
const PATH = '/api/sendText'
const BODY = JSON.stringify({ session: 'default', chatId: '12025550101@c.us', text: 'Hello from the benchmark' })
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Reads the body and answers always the same. */
const CEILING = `require('node:http').createServer((incoming, outgoing) => {
  const parts = []
  incoming.on('data', (part) => parts.push(part)).on('end', () => {
    const body = JSON.stringify(JSON.parse(Buffer.concat(parts)))
    outgoing.writeHead(201, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
  })
}).listen(Number(process.argv[1]), '127.0.0.1')`

interface Contender {
  readonly name: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly child: ChildProcess
}

const prism = installPrism()
if (prism === undefined) console.log('SKIPPED: Prism does not install here, so nothing is compared')
else await compare(prism)

/** @returns the file of Prism's command */
function installPrism(): string | undefined {
  const folder = join(root, 'node_modules', '.cache', 'wamux-prism')
  const file = join(folder, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js')
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: { '@stoplight/prism-cli': PRISM } }))
  try {
    execFileSync('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: 'inherit' })
  } catch {
    return undefined
  }
  return file
}

async function compare(file: string): Promise<void> {
  const contenders = [await startEmulator(), await startPrism(file), await startCeiling()]
  const rates = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  const costs = new Map(contenders.map(({ name }) => [name, [] as number[]]))
  const ratios: number[] = []
  try {
    // the first round is a warm-up
    for (const one of contenders) await rate(one)
    for (let round = 0; round < ROUNDS; round++) {
      const order = round % 2 === 0 ? contenders : contenders.toReversed()
      for (const one of order) {
        const before = cpuSeconds(one.child)
        const found = await rate(one)
        rates.get(one.name)?.push(found.rate)
        costs.get(one.name)?.push(((cpuSeconds(one.child) - before) * 1e6) / found.count)
      }
      ratios.push(ratioOf(rates, contenders, (all) => all.at(-1) ?? 0))
    }
  } finally {
    for (const { child } of contenders) child.kill()
  }
  const width = Math.max(...contenders.map(({ name }) => name.length))
  const rows = [...rates].map(([name, all]) => {
    const perSecond = Math.round(median(all)).toLocaleString('en')
    return `| ${name.padEnd(width)} | ${perSecond.padStart(10)} | ${median(costs.get(name) ?? [])
      .toFixed(0)
      .padStart(14)} |`
  })
  const byCpu = 1 / ratioOf(costs, contenders, median)
  const date = new Date().toISOString().slice(0, 10)
  const text = [
    `- ${date}, Node ${process.versions.node}, \`POST ${PATH}\`, ${AT_ONCE} requests at a time, ${ROUNDS} rounds of ${ROUND_MS} ms, in turns, load ${(loadavg()[0] ?? 0).toFixed(1)}`,
    '',
    `| ${' '.repeat(width)} | requests/s | CPU µs/request |`,
    `| ${'-'.repeat(width)} | ---------: | -------------: |`,
    ...rows,
    '',
    `The emulator answers ${median(ratios).toFixed(1)} times as many as Prism (wanted: at least 10), for a CPU time ${byCpu.toFixed(1)} times smaller.`,
  ].join('\n')
  console.log(text)
  if (!process.argv.includes('--no-readme')) keep(text)
}

/** What the first has of the second. */
function ratioOf(
  figures: ReadonlyMap<string, readonly number[]>,
  [emulator, other]: readonly Contender[],
  pick: (all: readonly number[]) => number,
): number {
  const of = (one: Contender | undefined) => pick(figures.get(one?.name ?? '') ?? [])
  return of(emulator) / (of(other) || 1)
}

/** A bare server of `node:http`. */
async function startCeiling(): Promise<Contender> {
  const port = await freePort()
  const child = spawn(process.execPath, ['-e', CEILING, String(port)], { stdio: 'ignore' })
  return ready({ name: 'node:http alone', url: `http://127.0.0.1:${port}${PATH}`, headers: { 'content-type': 'application/json' }, child })
}

async function startEmulator(): Promise<Contender> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(root, 'apps/cli/dist/bin.js'), 'emulate', '--port', String(port)], { stdio: 'ignore' })
  const origin = `http://127.0.0.1:${port}`
  const headers = { 'x-api-key': 'emulator-waha-key', 'content-type': 'application/json' }
  const post = (path: string, body: object) => fetch(origin + path, { method: 'POST', headers, body: JSON.stringify(body) })
  await until(() => post('/waha/api/sessions', { name: 'default', start: true }), 'wamux emulate')
  // a phone can scan once the session shows its code
  await until(() => post('/_emulator/scan', { gateway: 'waha', session: 'default', phone: '12025550100' }), 'the scan')
  return ready({ name: 'wamux emulate', url: `${origin}/waha${PATH}`, headers, child })
}

async function startPrism(file: string): Promise<Contender> {
  const port = await freePort()
  const document = join(root, 'packages/waha/openapi/waha.openapi.yaml')
  // as it comes: its log goes nowhere
  const args = [file, 'mock', document, '--host', '127.0.0.1', '--port', String(port)]
  const child = spawn(process.execPath, args, { stdio: 'ignore', cwd: join(root, 'node_modules', '.cache', 'wamux-prism') })
  return ready({
    name: `Prism ${PRISM}`,
    url: `http://127.0.0.1:${port}${PATH}`,
    headers: { 'x-api-key': 'any', 'content-type': 'application/json' },
    child,
  })
}

async function ready(one: Contender): Promise<Contender> {
  await until(() => fetch(one.url, { method: 'POST', headers: one.headers, body: BODY }), one.name)
  return one
}

/** Asks again until the answer is a success. */
async function until(ask: () => Promise<Response>, what: string): Promise<void> {
  for (let left = 200; ; left--) {
    const answer = await ask().catch(() => undefined)
    const text = await answer?.text()
    if (answer?.ok) return
    if (left === 0) throw new Error(`${what} does not answer: ${answer?.status} ${text}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** CPU time that a program has used; Linux only, 0 elsewhere. */
function cpuSeconds({ pid }: ChildProcess): number {
  const file = `/proc/${pid}/stat`
  if (!existsSync(file)) return 0
  const fields = readFileSync(file, 'utf8').split(') ')[1]?.split(' ') ?? []
  // user and system time, in ticks of 10 ms
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** One round, over connections that are open already when it begins. */
async function rate({ url, headers }: Contender): Promise<{ count: number; rate: number }> {
  const connections = await Promise.all(Array.from({ length: AT_ONCE }, () => connectTo(url, headers, BODY)))
  const began = performance.now()
  let count = 0
  const line = async (connection: Connection) => {
    while (performance.now() - began < ROUND_MS) {
      const status = await connection.ask()
      if (status !== 201) throw new Error(`${url} answered ${status}`)
      count++
    }
  }
  await Promise.all(connections.map(line))
  const took = performance.now() - began
  for (const connection of connections) connection.close()
  return { count, rate: count / (took / 1000) }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

function keep(text: string): void {
  const file = fileURLToPath(new URL('../README.md', import.meta.url))
  const page = readFileSync(file, 'utf8')
  const marked = /<!-- emulator:begin -->[\s\S]*<!-- emulator:end -->/
  writeFileSync(file, page.replace(marked, `<!-- emulator:begin -->\n\n${text}\n\n<!-- emulator:end -->`))
}
