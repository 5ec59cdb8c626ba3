/**
 * Many requests through wamux, over the node transport and over native fetch, to see that nothing is left behind:
 * `node src/soak.ts [requests]`. Prints one line of JSON that .ci/run adds up.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { CONCURRENCY, SOAK_WARM_UP } from './measure.ts'
import { type RunningServer, startServer } from './processes.ts'
import type { SoakReport } from './soak-client.ts'

import { workspaceBuild } from './workspace-build.ts'

const MOST_GROWTH_MB = 20
const MOST_EXIT_MS = 2_000
// connections that an end of a call by its deadline destroys have to be opened again
const SPARE_CONNECTIONS = 4 * CONCURRENCY

interface Check {
  readonly name: string
  readonly got: unknown
  readonly passed: boolean
}

interface Half {
  readonly report: SoakReport
  /** From the last answer to the end of the process. */
  readonly exitMs: number
  readonly exitCode: unknown
  readonly seconds: number
  readonly connections: number
  readonly openAtTheEnd: number
}

const requests = Number(process.argv[2] ?? 100_000)
const build = workspaceBuild()
console.log(`soak: ${requests} requests per transport, wamux from ${build.about}`)
const server = await startServer()
const checks: Check[] = []
const figures: Record<string, unknown> = {}
let accepted = 0
for (const transport of ['node', 'native'] as const) {
  const half = await run(transport, server)
  checks.push(...checksOf(half).map((check) => ({ ...check, name: `${transport}: ${check.name}` })))
  const { requests, rss, heapGrowthMb } = half.report
  const { seconds, exitMs, connections } = half
  figures[transport] = { requests, rssGrowthMb: growthOf(half.report), rssMb: rss, heapGrowthMb, seconds, exitMs, connections }
}
server.stop()

const failed = checks.filter(({ passed }) => !passed)
for (const { name, got } of failed) console.log(`soak failed, ${name}: ${JSON.stringify(got)}`)
console.log(JSON.stringify({ suite: 'soak', passed: checks.length - failed.length, failed: failed.length, ...figures }))
process.exitCode = failed.length > 0 ? 1 : 0

async function run(transport: string, { baseUrl, connections }: RunningServer): Promise<Half> {
  const file = fileURLToPath(new URL('soak-client.ts', import.meta.url))
  const args = ['--expose-gc', ...build.execArgv, file, transport, baseUrl, String(requests)]
  const began = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exit = once(child, 'exit')
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (line.startsWith('{')) break
  }
  const answered = performance.now()
  // one that does not end by itself is ended, and that is a failure
  const impatience = setTimeout(() => child.kill('SIGKILL'), 10 * MOST_EXIT_MS)
  const [exitCode] = await exit
  clearTimeout(impatience)
  const exitMs = Math.round(performance.now() - answered)
  const { accepted: now = 0, open = 0 } = await connections()
  const half = {
    report: JSON.parse(lines.at(-1) ?? '{}') as SoakReport,
    exitMs,
    exitCode,
    seconds: Math.round((answered - began) / 1_000),
    connections: now - accepted,
    openAtTheEnd: open,
  }
  accepted = now
  return half
}

function checksOf({ report, exitMs, exitCode, connections, openAtTheEnd }: Half): Check[] {
  const { requests: wanted, succeeded, refused, givenUp, unexpected, hooks, rss, sockets, timers, listeners } = report
  const growth = growthOf(report)
  // the warm-up gave up calls too
  const givenUpEver = givenUp * (1 + SOAK_WARM_UP / wanted)
  const all = { succeeded, refused, givenUp, unexpected }
  return [
    { name: 'every call ended as it should', got: all, passed: unexpected.length === 0 && succeeded + refused + givenUp === wanted },
    { name: 'hooks were told of every call', got: hooks, passed: hooks.request === wanted && hooks.response + hooks.error === wanted },
    { name: `RSS grew by less than ${MOST_GROWTH_MB} MB`, got: { growth, ...rss }, passed: growth < MOST_GROWTH_MB },
    { name: 'no socket is left', got: { sockets, openAtTheEnd }, passed: sockets === 0 && openAtTheEnd === 0 },
    { name: 'connections are used again', got: connections, passed: connections <= SPARE_CONNECTIONS + givenUpEver },
    { name: 'no timer is left', got: timers, passed: timers === 0 },
    { name: 'no listener is left', got: listeners, passed: listeners === 0 },
    { name: `it ended by itself within ${MOST_EXIT_MS} ms`, got: { exitMs, exitCode }, passed: exitCode === 0 && exitMs <= MOST_EXIT_MS },
  ]
}

function growthOf({ rss }: SoakReport): number {
  return Math.round(((rss.samples.at(-1) ?? 0) - rss.warm) * 10) / 10
}
