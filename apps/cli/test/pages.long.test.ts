import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BIN } from './spawned.ts'

// the shell lines of the emulator's pages, word for word, by sh; `wamux emulate` alone is what beforeAll starts
const ROOT = join(dirname(import.meta.dirname), '..', '..')
const PAGES = ['docs/emulator-faults.md', 'docs/emulator-time-and-state.md', 'packages/emulator/README.md']
const TIME = readFileSync(join(ROOT, 'docs/emulator-time-and-state.md'), 'utf8')

/** Lines of a page that call wamux and end by themselves. */
function linesOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  return [...text.matchAll(/^```sh\n(.*?)^```/gms)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/\s+# .*$/, '').trim())
    .filter((line) => /^wamux (?!emulate$|emulate --)/.test(line))
}

let folder: string
let emulator: ChildProcess
let origin = ''
/** What `eval "$(wamux emulate env waha)"` sets. */
const waha: Record<string, string> = {}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wamux-pages-'))
  // the scenario of the page
  writeFileSync(join(folder, 'appointment.yaml'), /^```yaml\n(.*?)^```/ms.exec(TIME)?.[1] ?? '')
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  const args = ['emulate', '--scenario', 'appointment.yaml', '--port', String(port), '--json']
  emulator = spawn(process.execPath, [BIN, ...args], { cwd: folder, env: { PATH: process.env.PATH ?? '', HOME: folder } })
  const line = await new Promise<string>((resolve) => emulator.stdout?.once('data', (bytes) => resolve(String(bytes))))
  Object.assign(waha, (JSON.parse(line) as { gateways: Record<string, { env: object }> }).gateways.waha?.env)
}, 60_000)
afterAll(async () => {
  emulator.kill()
  await new Promise((resolve) => emulator.once('exit', resolve))
  rmSync(folder, { recursive: true, force: true })
})

describe.each(PAGES)('%s', (page) => {
  it('has lines to run', () => {
    expect(linesOf(page).length).toBeGreaterThan(0)
  })

  it.each(linesOf(page))('%s', { timeout: 60_000 }, async (line) => {
    const { code, output } = await sh(`${line} --url ${origin}`)
    expect({ line, code, output }).toMatchObject({ code: 0 })
  })
})

it('the page has a scenario that the emulator takes', () => {
  expect(readFileSync(join(folder, 'appointment.yaml'), 'utf8')).toContain('replies:')
  expect(emulator.exitCode).toBeNull()
})

function sh(line: string): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH ?? '', HOME: folder, ...waha }
    const child = spawn('sh', ['-c', `wamux() { '${process.execPath}' '${BIN}' "$@"; }; ${line}`], { cwd: folder, env })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('close', (code) => resolve({ code, output }))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
