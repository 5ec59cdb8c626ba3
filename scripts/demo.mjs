// One session life cycle on four gateways, all emulated on this machine, through the real command line:
//
//   npm run demo        (or, after a build: node scripts/demo.mjs)
//
// `--build` builds first, and shows what turbo printed only when that failed.
//
// Ends with 0 only when every step went as STEPS says, absent verbs included.

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'apps', 'cli', 'dist', 'bin.js')
const folder = mkdtempSync(join(tmpdir(), 'wamux-demo-'))
const colour = wantsColour()
const bold = painter(1)
const dim = painter(2)
const red = painter(31)
const green = painter(32)
const cyan = painter(36)
const UNSUPPORTED = 7

/** What happened to one step on one gateway. @typedef {'done' | 'absent' | 'failed' | 'skipped'} Outcome */

/** The life of one gateway's session. */
class Life {
  phone = ''
  lastCommand = ''
  /** What its text became at the phone it was sent to. @type {{ to: string, text: string } | undefined} */
  arrived = undefined
  /** Its phone's number, or nothing when it did not come that far. @type {Promised<string | undefined>} */
  connected = promised()
  /** @type {Promised<undefined>} */
  sent = promised()
  /** @type {Promised<Outcome>[]} */
  outcomes = STEPS.map(() => promised())

  /** @param {string} id @param {string} name @param {string} session wished name; empty where the gateway chooses it */
  constructor(id, name, session) {
    this.id = id
    this.name = name
    this.session = session
  }

  /** The one that gets its text. @returns {Life} */
  get next() {
    return lives[(lives.indexOf(this) + 1) % lives.length] ?? this
  }
}

// What is expected: the gateways that have a step; on all others the verb is absent and must fail with exit code 7.
const ALL = 'waha wawp warest sparkbot'
const STEPS = [
  { words: 'session create', has: ALL, about: 'a new session', run: create },
  { words: 'session start', has: 'waha wawp warest sparkbot', about: 'engine up', run: start },
  { words: 'session qr', has: ALL, about: 'drawn, or as SVG', run: showQr },
  { words: 'emulate scan', has: ALL, about: 'by a phone each', run: scan },
  { words: 'session wait-for', has: ALL, about: 'connected', run: waitConnected },
  { words: 'message send-text', has: ALL, about: 'to the next one', run: send },
  { words: 'session stop', has: 'waha wawp', about: 'phone stays paired', run: stop },
  { words: 'session start', has: 'waha wawp warest sparkbot', about: 'no new QR code', run: startAgain },
  { words: 'session restart', has: ALL, about: 'no new QR code', run: restart },
  { words: 'session logout', has: 'waha wawp warest', about: 'phone unpaired', run: logout },
  { words: 'session reset', has: 'sparkbot', about: 'state wiped', run: reset },
]

/** @param {Life} life */
async function create(life) {
  // WARest starts what it creates, SparkBot has no start; Wawp and SparkBot choose the name
  const flags = life.id === 'waha' || life.id === 'wawp' ? ['--no-start'] : []
  const info = await ask(life, 'session', 'create', ...(life.session ? [life.session] : []), ...flags)
  ensure(info.session, 'a session with a name', info.session)
  life.session = info.session
}

/** @param {Life} life */
async function start(life) {
  await ask(life, 'session', 'start', life.session)
}

/** @param {Life} life */
async function showQr(life) {
  await until(life, 'pairing')
  if (life.id === 'sparkbot') {
    const file = join(folder, 'qr.svg')
    await ask(life, 'session', 'qr', life.session, '--out', file)
    const picture = readFileSync(file, 'utf8')
    ensure(picture.includes('<svg'), 'an SVG picture', picture.slice(0, 40))
    return
  }
  const drawn = await cli(life, 'session', 'qr', life.session)
  ensure(drawn.code === 0 && /[█▀▄]{2}/.test(drawn.stdout), 'a QR code', drawn.stderr)
}

/** @param {Life} life */
async function scan(life) {
  await ask(life, 'emulate', 'scan', life.session)
}

/** @param {Life} life */
async function waitConnected(life) {
  const info = await ask(life, 'session', 'wait-for', life.session, '--interval', '100ms')
  ensure(info.state === 'connected', 'connected', info.state)
  life.phone = (await sessionOf(life)).phone ?? ''
  ensure(life.phone, 'a phone that is paired', 'none')
  life.connected.resolve(life.phone)
}

/** @param {Life} life */
async function send(life) {
  const to = await life.next.connected.promise
  ensure(to, `${life.next.name} connected`, 'not connected')
  const text = `Hello from ${life.name}`
  await ask(life, 'message', 'send-text', life.session, `+${to}`, text)
  for (let looks = 0; ; looks++) {
    /** @type {{ from: string, text: string, ack: string }[]} */
    const inbox = await emulator(`/messages?phone=${to}`)
    const found = inbox.find((message) => message.from === life.phone && message.text === text)
    if (to && found?.ack === 'DEVICE') {
      life.arrived = { to, text }
      break
    }
    ensure(looks < 50, `"${text}" at the phone of ${life.next.name}`, `${inbox.length} other messages`)
    await pause()
  }
  life.sent.resolve(undefined)
}

/** @param {Life} life */
async function stop(life) {
  await Promise.all(lives.map(({ sent }) => sent.promise))
  await ask(life, 'session', 'stop', life.session)
  const { state, phone } = await sessionOf(life)
  ensure(state === 'stopped' && phone === life.phone, 'stopped and still paired', `${state}, phone ${phone}`)
}

/** @param {Life} life */
async function startAgain(life) {
  await ask(life, 'session', 'start', life.session)
  await until(life, 'connected')
}

/** @param {Life} life */
async function restart(life) {
  await ask(life, 'session', 'restart', life.session)
  await until(life, 'connected')
}

/** @param {Life} life */
async function logout(life) {
  await ask(life, 'session', 'logout', life.session, '--yes')
  const { phone } = await sessionOf(life)
  ensure(phone === undefined, 'unpaired', `paired with ${phone}`)
}

/** @param {Life} life */
async function reset(life) {
  await ask(life, 'session', 'reset', life.session, '--wait', '--yes')
  const { phone } = await until(life, 'pairing')
  ensure(phone === undefined, 'unpaired', `paired with ${phone}`)
}

/** The emulator's session as soon as it has come to rest in a state. @param {Life} life @param {string} wanted */
async function until(life, wanted) {
  for (let looks = 0; ; looks++) {
    const session = await sessionOf(life)
    if (session.state === wanted) return session
    const moves = session.state === 'starting' || session.state === 'connecting'
    ensure(moves && looks < 100, wanted, session.state)
    await pause()
  }
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 50))
}

/** An absent verb has to say so, and nothing else. @param {Life} life @param {string} words */
async function beAbsent(life, words) {
  const { code, stdout, stderr } = await cli(life, ...words.split(' '), life.session, '--json')
  const kind = /"kind":"(\w+)"/.exec(stderr)?.[1]
  ensure(code === UNSUPPORTED && kind === 'unsupported' && stdout === '', 'exit code 7, unsupported', `exit code ${code}, ${kind}`)
}

/** Runs a command and takes its JSON. @param {Life} life @param {string[]} args */
async function ask(life, ...args) {
  const { code, stdout, stderr } = await cli(life, ...args, '--json')
  ensure(code === 0, 'exit code 0', `exit code ${code}\n${stderr}`)
  return JSON.parse(stdout)
}

/** @param {unknown} fine @param {string} expected @param {unknown} seen */
function ensure(fine, expected, seen) {
  if (!fine) throw new Error(`expected ${expected}, not: ${seen}`)
}

let commands = 0
/** @type {Record<string, string>} */
let gatewayEnv = {}

/** Runs the real CLI. @param {Life} life @param {string[]} words @returns {Promise<{ code: number | null, stdout: string, stderr: string }>} */
function cli(life, ...words) {
  commands++
  const args = [...words, '--gateway', life.id]
  life.lastCommand = `wamux ${args.join(' ')}`
  const child = spawn(process.execPath, [bin, ...args], { env: { ...ownEnv(), ...gatewayEnv }, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

let url = ''

/** The emulator's own view. @param {string} path @returns {Promise<any>} */
async function emulator(path) {
  const response = await fetch(`${url}/_emulator${path}`)
  return response.json()
}

/** @param {Life} life @returns {Promise<{ state?: string, phone?: string }>} */
async function sessionOf({ id, session }) {
  /** @type {{ session: string, state: string, phone?: string }[]} */
  const sessions = (await emulator('/state')).sessions[id]
  return sessions.find((one) => one.session === session) ?? {}
}

// the user's own gateways have no part in this
function ownEnv() {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WAMUX_')))
  return { ...env, FORCE_COLOR: colour ? '1' : '0', NODE_NO_WARNINGS: '1' }
}

function wantsColour() {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return !NO_COLOR && process.stdout.isTTY === true && TERM !== 'dumb'
}

/** @param {number} code @returns {(text: string) => string} */
function painter(code) {
  return (text) => (colour ? `\x1b[${code}m${text}\x1b[0m` : text)
}

/** @template Value @typedef {{ promise: Promise<Value>, resolve: (value: Value) => void }} Promised */

/** A promise that others fulfil. @template Value @returns {Promised<Value>} */
function promised() {
  /** @type {(value: Value) => void} */
  let resolve = () => {}
  const promise = /** @type {Promise<Value>} */ (
    new Promise((fulfil) => {
      resolve = fulfil
    })
  )
  return { promise, resolve }
}

const waha = new Life('waha', 'WAHA', 'demo')
// a text goes from each to the next
const lives = [waha, new Life('wawp', 'Wawp', ''), new Life('warest', 'WARest', 'demo'), new Life('sparkbot', 'SparkBot', '')]
/** @type {string[]} */
const failures = []

/** Lives one session's life, step by step. @param {Life} life */
async function live(life) {
  for (const [index, { words, has, run }] of STEPS.entries()) {
    const present = has.split(' ').includes(life.id)
    try {
      await (present ? run(life) : beAbsent(life, words))
      life.outcomes[index]?.resolve(present ? 'done' : 'absent')
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      failures.push(`${life.name}, ${words}: ${message}\nlast command: ${life.lastCommand}`)
      for (const outcome of life.outcomes.slice(index)) outcome.resolve(outcome === life.outcomes[index] ? 'failed' : 'skipped')
      break
    }
  }
  // nobody shall wait for one that has ended early
  life.connected.resolve(undefined)
  life.sent.resolve(undefined)
}

const SIGNS = { done: green('✓'), absent: dim('—'), failed: red('✗'), skipped: dim('·') }
const COLUMN = 10

/** @param {string} text what is seen @param {string} shown the same, coloured */
function centred(text, shown = text) {
  const left = Math.floor((COLUMN - text.length) / 2)
  return ' '.repeat(left) + shown + ' '.repeat(COLUMN - text.length - left)
}

async function printTable() {
  console.log(`${' '.repeat(20)}${lives.map(({ name }) => centred(name, bold(name))).join('')}`)
  for (const [index, { words, about }] of STEPS.entries()) {
    const row = await Promise.all(lives.map(({ outcomes }) => outcomes[index]?.promise ?? 'skipped'))
    console.log(`  ${words.padEnd(18)}${row.map((outcome) => centred('✓', SIGNS[outcome])).join('')}${dim(about)}`)
  }
}

/** The texts as the phones show them. */
function printArrivals() {
  console.log(`  ${bold('What arrived')}`)
  for (const { name, next, phone, arrived } of lives) {
    if (!arrived) continue
    const way = `${name.padEnd(9)}+${phone.padEnd(12)}→ ${next.name.padEnd(9)}+${arrived.to.padEnd(12)}`
    console.log(`  ${way}${cyan(arrived.text.padEnd(20))}${green('✓✓')} ${dim('delivered')}`)
  }
  console.log('')
}

/** Everything that the demo runs, or the end of it. */
function build() {
  console.log('Building; this takes about a minute the first time…')
  const { status, stdout, stderr } = spawnSync('turbo', ['run', 'build', '--output-logs=errors-only', '--log-prefix=none'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  if (status === 0) return
  console.error(`${stdout}${stderr}`)
  process.exit(1)
}

async function main() {
  if (process.argv.includes('--build')) build()
  const began = performance.now()
  const server = spawn(process.execPath, [bin, 'emulate', '--port', '0', '--json'], { env: ownEnv(), stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => server.on('exit', (code, signal) => resolve(code ?? signal)))
  process.on('exit', () => {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

  const { value: line } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next()
  if (line === undefined) throw new Error(`wamux emulate did not start, and ended with ${await ended}`)
  const ready = JSON.parse(line)
  url = ready.url
  gatewayEnv = Object.assign({}, ...Object.values(ready.gateways).map((/** @type {{ env: object }} */ { env }) => env))

  console.log(`\n  ${bold('wamux')}  one WhatsApp session, four gateways, the same commands`)
  console.log(dim(`         emulated on this machine, at ${url}\n`))
  const all = Promise.all(lives.map(live))
  await printTable()
  await all

  server.kill('SIGTERM')
  const code = await ended
  if (code !== 0) failures.push(`wamux emulate ended with ${code} after SIGTERM, not with 0`)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const summary = `${commands} commands in ${seconds} s`
  if (failures.length > 0) {
    console.log(`\n  ${red('✗')} ${summary}, and not everything went as it should:\n`)
    for (const failure of failures) console.log(`  ${failure.replaceAll('\n', '\n    ')}\n`)
    process.exitCode = 1
    return
  }
  console.log(`\n  ${dim('—')} the gateway has no such verb: wamux says so, and puts nothing in its place`)
  console.log(`  ${green('✓')} ${summary}\n`)
  printArrivals()
  console.log(`  Go on by hand:   ${cyan('node apps/cli/dist/bin.js emulate')}`)
  console.log(`  See what it can: ${cyan('node apps/cli/dist/bin.js --help')}`)
}

await main().catch((error) => {
  console.error(`\n  ${red('✗')} ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
})
