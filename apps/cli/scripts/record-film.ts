/**
 * Records the film of the README as an SVG that plays by itself: `pnpm --filter wamux film`. A text is sent on WAHA, arrives on WARest,
 * and `wamux listen` prints it. Every command really runs, with the built program and its emulator; the pauses are those of the run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { screenText } from './screen-text.ts'

interface Line {
  /** ms since the film began. */
  readonly at: number
  readonly text: string
  /** Typed by the person, or printed by a program. */
  readonly typed?: true
}

const COLUMNS = 80
const TYPING_MS = 900
const app = dirname(import.meta.dirname)
const home = mkdtempSync(join(tmpdir(), 'wamux-film-'))
const bin = join(app, 'dist', 'bin.js')
const env: Record<string, string> = {
  PATH: process.env.PATH ?? '',
  HOME: home,
  NO_COLOR: '1',
  WAMUX_SECRETS: 'file',
  COLUMNS: `${COLUMNS}`,
}
const lines: Line[] = []
const began = performance.now()
const running: ChildProcess[] = []

try {
  const emulator = start('emulate', '--port', '0', '--json')
  const ready = JSON.parse(await firstLine(emulator)) as { gateways: Record<string, { env: Record<string, string> }> }
  for (const one of Object.values(ready.gateways)) Object.assign(env, one.env)
  for (const [gateway, session, phone] of [
    ['waha', 'default', '+12025550100'],
    ['warest', 'main', '+12025550101'],
  ] as const) {
    await run('session', 'create', session, '--gateway', gateway)
    await run('session', 'qr', session, '--gateway', gateway, '--out', join(home, 'qr.svg'))
    await run('emulate', 'scan', session, '--gateway', gateway, '--phone', phone)
    await run('session', 'wait-for', session, '--gateway', gateway, '--interval', '100ms')
  }
  const origin = performance.now() - began
  const told = (text: string, typed?: true) =>
    text.split('\n').forEach((one) => {
      lines.push({ at: performance.now() - began - origin, text: one, ...(typed ? { typed } : {}) })
    })

  await type('wamux listen main --gateway warest &')
  const listener = start('listen', 'main', '--gateway', 'warest')
  const heard = new Promise<void>((resolve) => {
    listener.stdout?.setEncoding('utf8').on('data', (text: string) => {
      told(text.trimEnd())
      if (text.includes('Hello from WAHA')) resolve()
    })
  })
  listener.stderr?.setEncoding('utf8').on('data', (text: string) => told(text.trimEnd()))
  await pause(2_500)
  await type('wamux send +12025550101 "Hello from WAHA" --gateway waha')
  const sent = await run('send', '+12025550101', 'Hello from WAHA', '--gateway', 'waha', '--session', 'default')
  told(screenText(sent).trimEnd())
  await Promise.race([heard, pause(10_000)])
  await pause(1_500)

  async function type(command: string): Promise<void> {
    told(`$ ${command}`, true)
    await pause(TYPING_MS)
  }
} finally {
  for (const child of running.reverse()) {
    child.kill('SIGINT')
    if (child.exitCode === null) await once(child, 'exit')
  }
  rmSync(home, { recursive: true, force: true })
}
mkdirSync(join(app, 'docs'), { recursive: true })
writeFileSync(join(app, 'docs', 'film.svg'), film(lines))

function start(...words: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--no-warnings', bin, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  return child
}

async function run(...words: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--no-warnings', bin, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`wamux ${words.join(' ')} ended with ${code}\n${err}`)
  return out
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the emulator says nothing')
  const { value } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  return String(value)
}

/** A terminal on which each line appears when it did, and which begins again at the end. */
function film(shown: readonly Line[]): string {
  const [width, lineHeight, left, top] = [760, 22, 20, 62]
  const rest = 4_000
  const whole = Math.max(...shown.map(({ at }) => at)) + rest
  const height = top + shown.length * lineHeight + 12
  const rows = shown.map(({ at, text, typed }, index) => {
    const start = Math.max(0.1, (at / whole) * 100)
    const y = top + index * lineHeight
    const frames = `@keyframes line${index} { 0%, ${start.toFixed(1)}% { opacity: 0 } ${(start + 0.1).toFixed(1)}%, 100% { opacity: 1 } }`
    const rule = `.line${index} { animation: line${index} ${(whole / 1000).toFixed(1)}s infinite }`
    return {
      frames: `${frames}\n${rule}`,
      row: `<text x="${left}" y="${y}" class="${typed ? 'typed ' : ''}line${index}">${escaped(text)}</text>`,
    }
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="A terminal: wamux listens on WARest, a text is sent on WAHA, and the listener prints it">
<!-- Made by apps/cli/scripts/record-film.ts. Do not edit. -->
<style>
rect { fill: #15181c }
text { font: 14px ui-monospace, Menlo, Consolas, monospace; white-space: pre; fill: #c9d1d9 }
.typed { fill: #7ee2b8 }
${rows.map(({ frames }) => frames).join('\n')}
@media (prefers-reduced-motion: reduce) { [class] { animation: none; opacity: 1 } }
</style>
<rect width="${width}" height="${height}" rx="10"/>
<circle cx="22" cy="22" r="6" fill="#ff5f57"/><circle cx="42" cy="22" r="6" fill="#febc2e"/><circle cx="62" cy="22" r="6" fill="#28c840"/>
${rows.map(({ row }) => row).join('\n')}
</svg>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
