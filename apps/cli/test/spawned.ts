import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'

/** The built program. */
export const BIN: string = join(dirname(import.meta.dirname), 'dist', 'bin.js')

/** How a command ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams
  readonly ended: Promise<Ended>
}

/** Spawns `wamux` with nothing of this process's environment but its PATH. @param input what is piped in; `null` leaves stdin open */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  input: string | null = '',
  bin: string = BIN,
): Running {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    ...(bin === BIN ? {} : { cwd: dirname(bin) }),
  })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  child.stdin.on('error', () => {})
  if (input !== null) child.stdin.end(input)
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })
  return { child, ended }
}

/** Runs `wamux` to its end. */
export function wamux(args: readonly string[], env: Readonly<Record<string, string>>, input?: string): Promise<Ended> {
  return start(args, env, input).ended
}

/** Runs a `wamux` that lies elsewhere. */
export function wamuxAt(bin: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  return start(args, env, '', bin).ended
}

/** Resolves with the first line of a command's stdout. */
export function firstLine({ child, ended }: Running): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout.on('data', (more: string) => {
      text += more
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')))
    })
    void ended.then(({ stderr }) => reject(new Error(`ended without a line: ${stderr}`)))
  })
}
