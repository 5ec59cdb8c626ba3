import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BIN } from './spawned.ts'

// every command of the README, word for word, in its order, by bash; the emulator is the one that the README starts
const README = readFileSync(join(dirname(import.meta.dirname), 'README.md'), 'utf8')

/** How a line ends that does not simply end with 0. */
interface Special {
  /** Runs until it is stopped, after it has said this. */
  readonly says?: RegExp
  readonly code?: number
  readonly input?: string
  /** What has to be there before. */
  readonly before?: () => Promise<void> | void
  readonly env?: () => Readonly<Record<string, string>>
}

let folder: string
let hook: Server
let env: Record<string, string>
let emulator: ChildProcess | undefined
const received: string[] = []

const stored: Record<string, string> = {}
const SPECIAL: readonly (readonly [RegExp, Special])[] = [
  [/^wamux emulate$/, {}],
  // there is no terminal to ask on
  [/^wamux (profile add|login)$/, { code: 2 }],
  [/^wamux session qr$/, { before: () => waitFor('default', 'pairing') }],
  [/^wamux listen default --output ndjson >> events.ndjson$/, { says: /Listening to default/ }],
  [/^wamux listen --gateway warest --port 8080$|^WAMUX_WEBHOOK_SECRET=… wamux listen/, { says: /Taking webhooks/ }],
  [/^wamux listen default/, { says: /Listening to default/ }],
  [/^wamux session supervise/, { says: /Looking after/ }],
  [/^wamux events replay/, { before: () => writeFileSync(join(folder, 'events.ndjson'), EVENT) }],
  [/^wamux trigger/, { before: () => waitFor('default', 'connected') }],
  [/^wamux (message|chat|waha|send|sparkbot messages)/, { before: () => waitFor('default', 'connected') }],
  [/^wamux outbox run/, { says: /Sending with shop/, env: fromShop }],
  [/^wamux outbox watch/, { says: /order-1001/, env: fromShop }],
  // nothing is unknown, as the emulator answers all
  [/^wamux outbox resolve/, { code: 1, env: fromShop }],
  // there is no terminal to ask on
  [/^wamux outbox cancel/, { code: 2, env: fromShop }],
  [/^wamux outbox/, { before: writeList, env: fromShop }],
  [/^wamux profile (use|list)|--profile shop/, { before: addShop }],
]
const EVENT = `${JSON.stringify({ id: 'e1', type: 'message.received', session: 'default', at: 1, data: {} })}\n`

/** The lines of the README's shell blocks that call wamux. */
const LINES = [...README.matchAll(/^```sh\n(.*?)^```/gms)]
  .flatMap(([, block = '']) => block.split('\n'))
  .map((line) => line.replace(/\s+# .*$/, '').trim())
  .filter((line) => /\bwamux (?!@)/.test(line) && !line.startsWith('npm '))
/** Commands within the text, where they are whole. */
const INLINE = [...README.replace(/^```.*?^```/gms, '').matchAll(/`(wamux [^`]+)`/g)].map(([, line = '']) => line)
const WHOLE = INLINE.filter((line) => !/NAME|…/.test(line) && !LINES.includes(line))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-readme-'))
  writeFileSync(join(folder, 'wamux'), `#!/bin/sh\nexec '${process.execPath}' '${BIN}' "$@"\n`, { mode: 0o755 })
  writeFileSync(join(folder, 'photo.jpg'), Buffer.from('ffd8ffe000104a464946', 'hex'))
  hook = createServer((request, response) => {
    received.push(request.url ?? '')
    request.resume()
    response.end()
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  env = { PATH: `${folder}${delimiter}${process.env.PATH}`, HOME: folder, WAMUX_SECRETS: 'file' }
  await untilFree(4010)
  emulator = spawn('bash', ['-c', 'exec wamux emulate'], { env, cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve) => emulator?.stdout?.once('data', () => resolve()))
  Object.assign(env, stored, await exported())
}, 120_000)
afterAll(async () => {
  emulator?.kill('SIGINT')
  hook.close().closeAllConnections()
  await pause(100)
  rmSync(folder, { recursive: true, force: true })
})

// another test may be serving an emulator there
async function untilFree(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const taken = await new Promise<boolean>((resolve) => {
      const socket = createConnection(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (!taken) return
    await pause(300)
  }
  throw new Error(`port ${port} is taken: this test runs the README's own wamux emulate`)
}

/** What `eval "$(wamux emulate env waha)"` sets. */
async function exported(): Promise<Record<string, string>> {
  const { output } = await bash('eval "$(wamux emulate env waha)"; env', {})
  return Object.fromEntries([...output.matchAll(/^(WAMUX_WAHA_\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]))
}

async function waitFor(session: string, state: string): Promise<void> {
  const { code, output } = await bash(`wamux session wait-for ${session} --state ${state} --interval 50ms`, {})
  expect(code, output).toBe(0)
}

async function addShop(): Promise<void> {
  const { code, output } = await bash(
    'printf %s "$WAMUX_WAHA_API_KEY" | wamux profile add shop --gateway waha --base-url "$WAMUX_WAHA_BASE_URL" --secrets-stdin',
    {},
  )
  expect(code, output).toBe(0)
}

function fromShop(): Readonly<Record<string, string>> {
  return { WAMUX_SESSION: 'shop' }
}

function writeList(): void {
  writeFileSync(join(folder, 'list.csv'), 'id,phone,name\n1001,+4915112345678,Ada\n1002,+4915112345679,Ben\n')
  writeFileSync(join(folder, 'hello.txt'), 'Hello {name}, your order {id} is ready.\n')
  writeFileSync(join(folder, 'opted-out.txt'), '+4915112345670\n')
}

/** Runs a line of bash. @param says what it has to say before it is stopped with Ctrl-C */
function bash(line: string, { says, input = '', env: more }: Special): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    // bash in a group of its own, so that Ctrl-C reaches all that it has started
    const child = spawn('bash', ['-c', line], { env: { ...env, ...more?.() }, cwd: folder, detached: true })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        if (says?.test(output) && child.pid !== undefined) process.kill(-child.pid, 'SIGINT')
      })
    }
    child.stdin.on('error', () => {})
    child.stdin.end(input)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

it('has commands to run', () => {
  expect(LINES.length).toBeGreaterThan(24)
  expect(LINES).toContain('wamux send +4915112345678 "Hello"')
  expect(WHOLE.length).toBeGreaterThan(8)
})

describe.skipIf(process.platform === 'win32')('the README', () => {
  it.each(LINES.filter((line) => line !== 'wamux emulate'))('%s', { timeout: 60_000 }, async (line) => {
    const special = SPECIAL.find(([pattern]) => pattern.test(line))?.[1] ?? {}
    await special.before?.()
    // the hook of the README is where this test listens
    const typed = line.replace('http://localhost:8080/hook', `http://127.0.0.1:${(hook.address() as AddressInfo).port}/hook`)
    const { code, output } = await bash(typed, special)
    if (special.says) expect(output).toMatch(special.says)
    else expect(code, `${line}\n${output}`).toBe(special.code ?? 0)
    expect(output).not.toContain('Unknown flag')
    expect(output).not.toContain('no command')
  })

  it.each(WHOLE)('%s', { timeout: 60_000 }, async (line) => {
    const waits = /^wamux (mcp|emulate$|listen$)/.test(line)
    const { output } = await bash(waits ? `${line} --help` : line, SPECIAL.find(([pattern]) => pattern.test(line))?.[1] ?? {})
    expect(output).not.toMatch(/Unknown flag|no command|too many/)
  })

  it('forwards what it says it forwards', () => {
    expect(received).toContain('/hook')
  })
})
