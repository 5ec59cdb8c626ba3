/**
 * Measures how long the command line takes to start, against `node -e 0` and against the shortest program that makes one request, in
 * the same round: `node src/cli-start.ts [--rounds=60] [--only=part of a name] [--no-readme]`. Beside the time on the clock stands the CPU
 * time, which other programs on the machine disturb less.
 * A missed target is told and fails nothing: time is the machine's, not ours.
 */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { cpus, loadavg, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const README = join(root, 'apps', 'cli', 'README.md')
const BEGIN = '<!-- start:begin -->'
const END = '<!-- start:end -->'
const PLUGINS = ['waha', 'wawp', 'warest', 'sparkbot']

/** A command whose time is taken. */
interface Contender {
  readonly name: string
  readonly program: string
  readonly args: readonly string[]
  /** At most so many times what it is measured against. */
  readonly target?: number
  /** What it is measured against; default `node -e 0`. */
  readonly against?: string
  /** True for a program that runs until it is stopped: its first line counts. */
  readonly untilLine?: boolean
}

/** The time of one run, ms. */
interface Time {
  readonly wall: number
  readonly cpu: number
}

const NODE = 'node -e 0'
const SHORTEST = 'one request, the shortest program'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '60' }, only: { type: 'string' }, 'no-readme': { type: 'boolean', default: false } },
})
const work = mkdtempSync(join(tmpdir(), 'wamux-start-'))
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end('[{"name":"default","status":"WORKING"}]')
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const env: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  HOME: work,
  WAMUX_WAHA_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  WAMUX_WAHA_API_KEY: 'bench-key',
}

try {
  const all = contenders()
  const chosen = all.filter(({ name }) => name === NODE || name === SHORTEST || values.only === undefined || name.includes(values.only))
  const times = await measure(chosen)
  const text = report(chosen, times)
  console.log(text)
  if (!values['no-readme'] && values.only === undefined) keep(text)
} finally {
  server.close()
  rmSync(work, { recursive: true, force: true })
}

function contenders(): Contender[] {
  const four = join(installed(PLUGINS), 'bin.js')
  const one = join(installed(['waha']), 'bin.js')
  const node = process.execPath
  const request = ['session', 'list', '--gateway', 'waha', '--json']
  return [
    { name: NODE, program: node, args: ['-e', '0'] },
    { name: '--version', program: node, args: [four, '--version'], target: 1.2 },
    { name: '--help', program: node, args: [four, '--help'], target: 1.35 },
    { name: 'completion, of a verb', program: node, args: [four, '__complete', 'session', 'st'], target: 1.2 },
    { name: 'completion, of an operation', program: node, args: [four, '__complete', 'waha', 'sessions', 'st'], target: 1.2 },
    { name: 'emulate, until its first line', program: node, args: [four, 'emulate', '--port', '0', '--json'], target: 4, untilLine: true },
    { name: SHORTEST, program: node, args: [shortest()] },
    { name: 'one request, a verb', program: node, args: [four, ...request], target: 1.1, against: SHORTEST },
    {
      name: 'one request, an operation',
      program: node,
      args: [four, 'waha', 'sessions', 'list', '--json'],
      target: 1.1,
      against: SHORTEST,
    },
    { name: 'one request, a verb, one plugin', program: node, args: [one, ...request], against: SHORTEST },
    { name: '--help, one plugin', program: node, args: [one, '--help'] },
    ...oclif(node),
    ...gh(),
  ]
}

/** The least that one request can be for who writes it: node:http by `import`, the answer as JSON. @returns its file */
function shortest(): string {
  const file = join(work, 'shortest.mjs')
  writeFileSync(
    file,
    `import http from 'node:http'
const { WAMUX_WAHA_BASE_URL, WAMUX_WAHA_API_KEY } = process.env
http.get(WAMUX_WAHA_BASE_URL + '/api/sessions?all=true', { headers: { 'x-api-key': WAMUX_WAHA_API_KEY } }, (response) => {
  let text = ''
  response.setEncoding('utf8').on('data', (more) => (text += more)).on('end', () => console.log(JSON.parse(text)))
})
`,
  )
  return file
}

/** wamux as npm would lay it, with some plugins beside it. @returns the folder of its programs */
function installed(plugins: readonly string[]): string {
  const modules = join(mkdtempSync(join(work, 'install-')), 'node_modules')
  mkdirSync(join(modules, '@wamux'), { recursive: true })
  mkdirSync(join(modules, 'wamux'))
  cpSync(join(root, 'apps', 'cli', 'dist'), join(modules, 'wamux', 'dist'), { recursive: true })
  cpSync(join(root, 'apps', 'cli', 'package.json'), join(modules, 'wamux', 'package.json'))
  for (const name of ['core', 'engine', 'node-transport', 'emulator', ...plugins])
    copyPackage(join(root, 'packages', name), join(modules, '@wamux', name))
  const dependencies = [['core', 'openapi-fetch'] as const, ['emulator', 'uqr'] as const, ['emulator', 'ws'] as const]
  for (const [of, name] of dependencies) symlinkSync(realpathSync(join(root, 'packages', of, 'node_modules', name)), join(modules, name))
  return join(modules, 'wamux', 'dist')
}

function copyPackage(from: string, to: string): void {
  cpSync(join(from, 'package.json'), join(to, 'package.json'))
  cpSync(join(from, 'dist'), join(to, 'dist'), { recursive: true })
}

/** The least that oclif can be: one command, with its manifest. */
function oclif(node: string): Contender[] {
  let core: string
  try {
    core = dirname(createRequire(import.meta.url).resolve('@oclif/core/package.json'))
  } catch {
    return []
  }
  const folder = join(work, 'oclif')
  mkdirSync(join(folder, 'commands'), { recursive: true })
  mkdirSync(join(folder, 'node_modules', '@oclif'), { recursive: true })
  symlinkSync(core, join(folder, 'node_modules', '@oclif', 'core'))
  const config = { bin: 'hello', commands: './commands', dirname: 'hello' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'hello', version: '1.0.0', type: 'module', oclif: config }))
  writeFileSync(
    join(folder, 'commands', 'hello.js'),
    `import { Command } from '@oclif/core'\nexport default class Hello extends Command { async run() { this.log('hello') } }\n`,
  )
  const entry = { id: 'hello', aliases: [], args: {}, flags: {}, hiddenAliases: [], pluginName: 'hello', pluginType: 'core', strict: true }
  writeFileSync(
    join(folder, 'oclif.manifest.json'),
    JSON.stringify({ version: '1.0.0', commands: { hello: { ...entry, isESM: true, relativePath: ['commands', 'hello.js'] } } }),
  )
  writeFileSync(join(folder, 'run.js'), `import { execute } from '@oclif/core'\nawait execute({ dir: import.meta.url })\n`)
  return [{ name: 'oclif, one command: hello', program: node, args: [join(folder, 'run.js'), 'hello'] }]
}

/** The command line of GitHub, where it is installed; written in Go. */
function gh(): Contender[] {
  return spawnSync('gh', ['--version'], { env }).status === 0 ? [{ name: 'gh --version', program: 'gh', args: ['--version'] }] : []
}

/** A list of times for each contender; they take turns, so that what disturbs one disturbs all. */
async function measure(chosen: readonly Contender[]): Promise<readonly (readonly Time[])[]> {
  const times: Time[][] = chosen.map(() => [])
  // twice: the first run fills the cache of compiled code, and the one after it may still write
  for (const one of [...chosen, ...chosen]) await run(one)
  for (let round = 0; round < Number(values.rounds); round++) {
    process.stderr.write(`\rround ${round + 1} of ${values.rounds}`)
    for (const [index] of chosen.entries()) {
      const at = (index + round) % chosen.length
      const one = chosen[at]
      if (one) times[at]?.push(await run(one))
    }
  }
  process.stderr.write('\n')
  return times
}

/** CPU time of all processes that have ended, ms. Linux counts it in steps of 10 ms, so only the mean of many runs tells something. */
function cpuOfChildren(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[13]) + Number(fields[14])) * 10
  } catch {
    return Number.NaN
  }
}

// not spawnSync: the server of the request is in this process
function run({ name, program, args, untilLine }: Contender): Promise<Time> {
  return new Promise((resolve, reject) => {
    const before = cpuOfChildren()
    const began = performance.now()
    const child = spawn(program, args, { env, stdio: ['ignore', untilLine ? 'pipe' : 'ignore', 'pipe'] })
    let talk = ''
    let lineAfter: number | undefined
    child.stdout?.once('data', () => {
      lineAfter = performance.now() - began
      child.kill()
    })
    child.stderr?.on('data', (text) => {
      talk += text
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      const wall = lineAfter ?? performance.now() - began
      if (code === 0) resolve({ wall, cpu: cpuOfChildren() - before })
      else reject(new Error(`${name} ended with ${code}: ${talk}`))
    })
  })
}

function report(chosen: readonly Contender[], times: readonly (readonly Time[])[]): string {
  const timesOf = (name: string) => times[chosen.findIndex((one) => one.name === name)] ?? []
  const rows = chosen.map(({ name, target, against = NODE }) => {
    const [own, base] = [timesOf(name), timesOf(against)]
    const ratios = own.map(({ wall }, round) => wall / (base[round]?.wall ?? wall))
    const ratio = median(ratios)
    const cpu = mean(own.map((one) => one.cpu)) / mean(base.map((one) => one.cpu))
    const met = target === undefined ? '' : `${target.toFixed(2)} ${ratio <= target ? 'met' : 'missed'}`
    const middle = `${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`
    const wall = median(own.map((one) => one.wall)).toFixed(0)
    return `| ${name} | ${wall} | ${mean(own.map((one) => one.cpu)).toFixed(0)} | ${against === NODE ? 'node' : 'shortest'} | ${ratio.toFixed(2)} (${middle}) | ${cpu.toFixed(2)} | ${met} |`
  })
  const flat = ['--help', 'one request, a verb'].flatMap((name) => {
    const [four, one] = [timesOf(name), timesOf(`${name}, one plugin`)]
    if (four.length === 0 || one.length === 0) return []
    const ratio = median(four.map(({ wall }, round) => wall / (one[round]?.wall ?? wall)))
    const cpu = mean(four.map((time) => time.cpu)) / mean(one.map((time) => time.cpu))
    return [
      `| ${name}, four plugins | | | one plugin | ${ratio.toFixed(2)} | ${cpu.toFixed(2)} | 1.10 ${ratio <= 1.1 ? 'met' : 'missed'} |`,
    ]
  })
  return [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus()[0]?.model.trim()} x ${cpus().length}, load ${loadavg()[0]?.toFixed(1)}, ${values.rounds} rounds, interleaved. Medians of the rounds' ratios; in brackets the middle half. CPU: means.`,
    '',
    '|  | ms | CPU ms | against | x its time | x its CPU | at most |',
    '| --- | --: | --: | --- | --: | --: | --: |',
    ...rows,
    ...flat,
  ].join('\n')
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, one) => sum + one, 0) / list.length
}

function median(list: readonly number[]): number {
  return quantile(list, 0.5)
}

function quantile(list: readonly number[], share: number): number {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Writes the result into the README of the command line. */
function keep(text: string): void {
  if (!existsSync(README)) return
  const [before, rest = ''] = readFileSync(README, 'utf8').split(BEGIN)
  const after = rest.split(END)[1]
  if (after !== undefined) writeFileSync(README, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`)
}
