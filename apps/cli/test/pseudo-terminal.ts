import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { BIN } from './spawned.ts'

/** A command on a terminal of 80 columns. */
export interface OnTerminal {
  /** Everything that came so far: on a terminal stdout and stderr are one. */
  text(): string
  /** Resolves when a text has come, after what was waited for before. Fails when the command ends first, or after 15 s. */
  shows(text: string): Promise<void>
  /** Types keys. */
  types(keys: string): void
  readonly ended: Promise<number | null>
}

const SHOWN_AFTER_MS = 30_000

/** Starts `wamux` on a pseudo-terminal; `script` of util-linux makes one. */
export function onTerminal(args: readonly string[], env: Readonly<Record<string, string>>): OnTerminal {
  const command = ['stty cols 80 rows 60;', 'exec', process.execPath, BIN, ...args]
    .map((word, index) => (index < 2 ? word : shellQuote(word)))
    .join(' ')
  const child: ChildProcessWithoutNullStreams = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', ...env },
  })
  let all = ''
  let read = 0
  const listeners = new Set<() => void>()
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    all += text
    for (const listener of listeners) listener()
  })
  child.stdin.on('error', () => {})
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return {
    text: () => all,
    types: (keys) => child.stdin.write(keys),
    ended,
    shows(text) {
      return new Promise((resolve, reject) => {
        const fail = (why: string) => {
          child.kill()
          reject(new Error(`${JSON.stringify(text)} did not come (${why}): ${JSON.stringify(all.slice(read))}`))
        }
        const timer = setTimeout(() => fail('in time'), SHOWN_AFTER_MS)
        const look = () => {
          const at = all.indexOf(text, read)
          if (at < 0) return
          read = at + text.length
          clearTimeout(timer)
          listeners.delete(look)
          resolve()
        }
        listeners.add(look)
        look()
        void ended.then(() => {
          clearTimeout(timer)
          // its last words may still be on their way
          setTimeout(() => fail('it ended'), 50)
        })
      })
    },
  }
}

function shellQuote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
