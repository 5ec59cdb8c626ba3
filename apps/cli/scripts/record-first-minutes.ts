/**
 * Records the first five minutes with wamux on a terminal of 80 columns, as text: `pnpm --filter wamux record`. Every command really
 * runs, on a pseudo-terminal of `script` (util-linux), with the built program and its emulator.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { screenText } from './screen-text.ts'

/** One command, and what is told before it. */
interface Step {
  readonly about: string
  readonly line: string
  /** Runs in another terminal once the command has said something. */
  readonly meanwhile?: string
  /** True when the command erases what it has drawn: then both screens are kept. */
  readonly redraws?: boolean
  /** Where the command runs until Ctrl-C: ms until it is pressed. */
  readonly stopAfterMs?: number
}

const STEPS: readonly Step[] = [
  { about: 'wamux alone says where to begin.', line: 'wamux' },
  { about: 'Without an account: the emulator runs in a terminal of its own.', line: 'wamux emulate' },
  { about: 'In the first terminal: where it is.', line: 'eval "$(wamux emulate env waha)"' },
  { about: 'A session, and its phone.', line: 'wamux session create default' },
  {
    about: 'The code stays in its place until it is scanned; here `wamux emulate scan default` in the other terminal is the phone.',
    line: 'wamux session qr',
    meanwhile: 'wamux emulate scan default --phone +12025550123',
    redraws: true,
  },
  { about: 'What there is now.', line: 'wamux session list' },
  { about: 'The commonest thing of all.', line: 'wamux send +4915112345678 "Hello"' },
  { about: 'A text that looks like a flag is a text.', line: 'wamux send +4915112345678 "-Vielen Dank, bis nachher"' },
  { about: 'Ids are never cut: react, edit and revoke need them.', line: 'wamux message list +4915112345678' },
  { about: 'Something is forgotten.', line: 'wamux message send-text +4915112345678' },
  { about: 'Something is called otherwise here.', line: 'wamux webhook add default https://example.com/hook' },
  { about: 'Something is not there.', line: 'wamux message get +4915112345678 NO-SUCH-ID' },
  {
    about: 'Events as they happen; a phone of the emulator writes.',
    line: 'wamux listen default',
    meanwhile: 'wamux trigger message.received default --text "Is anybody there?"',
    stopAfterMs: 2500,
  },
  { about: 'For a script.', line: 'wamux session list | cut -f1,2' },
  { about: 'Is all well?', line: 'wamux doctor' },
  { about: 'Enough for today: the phone stays paired.', line: 'wamux session stop' },
]

const app = dirname(import.meta.dirname)
const folder = mkdtempSync(join(tmpdir(), 'wamux-record-'))
const env: Record<string, string> = {
  PATH: `${folder}${delimiter}${process.env.PATH}`,
  HOME: folder,
  TERM: 'xterm-256color',
  WAMUX_SECRETS: 'file',
}
// by a link of its name, as npm makes one: wamux then calls itself so
symlinkSync(join(app, 'dist', 'bin.js'), join(folder, 'wamux.js'))
writeFileSync(join(folder, 'wamux'), `#!/bin/sh\nexec '${process.execPath}' '${join(folder, 'wamux.js')}' "$@"\n`, { mode: 0o755 })

let emulator: ChildProcess | undefined
try {
  const parts: string[] = []
  for (const step of STEPS) {
    process.stderr.write(`${step.line}\n`)
    parts.push(`${step.about}\n\n\`\`\`text\n$ ${step.line}\n${await perform(step)}\`\`\`\n`)
  }
  const head =
    '# The first five minutes\n\nRecorded on a terminal of 80 columns by `pnpm --filter wamux record`; times and ids are those of that run.\n'
  mkdirSync(join(app, 'docs'), { recursive: true })
  writeFileSync(join(app, 'docs', 'first-five-minutes.md'), [head, ...parts].join('\n'))
} finally {
  emulator?.kill('SIGINT')
  await pause(200)
  rmSync(folder, { recursive: true, force: true })
}

/** Runs a step. @returns what the screen shows in the end */
async function perform(step: Step): Promise<string> {
  if (step.line === 'wamux emulate') {
    const { child, text, said } = onTerminal(step.line)
    emulator = child
    await said
    await pause(300)
    return screenText(text())
  }
  if (step.line.startsWith('eval ')) {
    const { text, ended } = onTerminal('wamux emulate env waha')
    await ended
    for (const [, name = '', value = ''] of screenText(text()).matchAll(/^export (\w+)=(.*)$/gm)) env[name] = value
    return ''
  }
  const { child, text, said, ended } = onTerminal(step.line)
  let before = ''
  if (step.meanwhile !== undefined) {
    await said
    await pause(700)
    before = step.redraws ? `${screenText(text())}\n(once it is scanned, in the same place:)\n` : ''
    await onTerminal(step.meanwhile).ended
  }
  if (step.stopAfterMs !== undefined) {
    await pause(step.stopAfterMs)
    child.stdin?.write('\x03')
  }
  await ended
  return before + screenText(text())
}

function onTerminal(line: string): {
  readonly child: ChildProcess
  readonly text: () => string
  readonly said: Promise<void>
  readonly ended: Promise<void>
} {
  const command = `stty cols 80 rows 50; ${line}`
  const child = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], { env })
  let all = ''
  const said = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      all += text
      resolve()
    })
  })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  return { child, text: () => all, said, ended }
}
