/**
 * Measures what a call costs: `node src/main.ts [--rounds=40] [--ms=150] [--only=part of a name] [--no-readme]`.
 * A missed target is told and fails nothing: time is the machine's, not ours.
 */
import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type ContenderName, contenderNames } from './contenders/index.ts'
import { type Rounds, YARDSTICK } from './figures.ts'
import { CONCURRENCY, type Round } from './measure.ts'
import { prepareHeyApi } from './prepare-hey-api.ts'
import { pinned, type RunningClient, startClient, startServer } from './processes.ts'
import { keep, report } from './report.ts'
import { workspaceBuild } from './workspace-build.ts'

// fewer, and some are compiled still while they are measured
const WARM_UP_CALLS = 15_000
const PACKAGES = ['axios', 'ky', 'openapi-fetch', '@hey-api/openapi-ts']

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    ms: { type: 'string', default: '150' },
    only: { type: 'string' },
    'no-readme': { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const milliseconds = Number(values.ms)
const build = workspaceBuild()
const missing = new Map<ContenderName, string>()
await prepareHeyApi().catch((error: unknown) => missing.set('hey-api client', String(error)))
const names = contenderNames.filter(
  (name) => !missing.has(name) && (values.only === undefined || name === YARDSTICK || name.includes(values.only)),
)

const result = report(await run(), aboutTheRun())
console.log(`\n${result}`)
if (!values['no-readme'] && values.only === undefined) keep(result)

async function run(): Promise<Rounds> {
  const server = await startServer()
  const clients: RunningClient[] = []
  const found = new Map<ContenderName, Round[]>(names.map((name) => [name, []]))
  try {
    for (const name of names) clients.push(await startClient(name, server.baseUrl, build.execArgv))
    for (const client of clients) await client.round({ calls: WARM_UP_CALLS })
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`\rround ${round + 1} of ${rounds}`)
      // each begins once, so that none always follows the same neighbour's garbage
      const first = round % clients.length
      for (const client of [...clients.slice(first), ...clients.slice(0, first)]) {
        found.get(client.name)?.push(await client.round({ cpuMs: milliseconds }))
      }
    }
    process.stderr.write('\n')
  } finally {
    for (const client of clients) client.stop()
    server.stop()
  }
  return found
}

function aboutTheRun(): string[] {
  const date = new Date().toISOString().slice(0, 10)
  const versions = PACKAGES.map((name) => `${name} ${versionOf(name)}`).join(', ')
  const cores = pinned ? 'server and clients pinned to a core each' : 'not pinned'
  return [
    `${date}, Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, ${cores}`,
    `wamux from ${build.about}; ${versions}`,
    `${rounds} rounds of ${milliseconds} ms CPU time, interleaved, after ${WARM_UP_CALLS} calls of warm-up; ${CONCURRENCY} calls at a time`,
    ...[...missing].map(([name, reason]) => `left out: ${name}, because ${reason}`),
  ]
}

function versionOf(name: string): string {
  let folder = new URL('.', import.meta.resolve(name))
  for (;;) {
    const manifest = readManifest(new URL('package.json', folder))
    if (manifest?.name === name) return manifest.version ?? ''
    const parent = new URL('..', folder)
    if (parent.href === folder.href) return 'of unknown version'
    folder = parent
  }
}

function readManifest(file: URL): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as { name?: string; version?: string }
  } catch {
    return undefined
  }
}
