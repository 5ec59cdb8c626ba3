import { directOutput, isPlain } from './direct-output.ts'
import type { Output } from './output.ts'

export type { Output } from './output.ts'

/** Environment variables and streams of a command. Tests pass their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stdout: Output
  readonly stderr: Output
}

/** Writes text with cursor movements of wamux itself. */
export function drawOn(output: Output, text: string): void {
  if (output.draw) output.draw(text)
  else output.write(text)
}

/**
 * Those of this process. A stream is opened when it is first read, because opening takes time; where a terminal is not written to, none is.
 *
 * @param onWriteError called with the reason when stdout can no longer be written to
 */
export function processTerminal(onWriteError: (error: NodeJS.ErrnoException) => void): Terminal {
  const stdout = once(() => process.stdout.on('error', onWriteError) as Output)
  // a reader that goes away must not end the command
  const stderr = once(() => process.stderr.on('error', () => {}) as Output)
  const out = once(() => (isPlain(1) ? directOutput(1, stdout, onWriteError) : stdout()))
  const err = once(() => (isPlain(2) ? directOutput(2, stderr, () => {}) : stderr()))
  return {
    env: process.env,
    get stdin() {
      return process.stdin
    },
    get stdout() {
      return out()
    },
    get stderr() {
      return err()
    },
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Adds colours to text, or returns it unchanged when colours are off. */
export interface Paint {
  readonly on: boolean
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

/** Colours for one output: `--no-color`, then FORCE_COLOR, NO_COLOR, CLICOLOR_FORCE, CLICOLOR, then whether it is a terminal. */
export function paintFor(output: Output, env: Terminal['env'], noColor = false): Paint {
  const on = !noColor && wantsColour(output, env)
  const code = (open: number, close: number) => (text: string) => (on && text !== '' ? `\x1b[${open}m${text}\x1b[${close}m` : text)
  return { on, bold: code(1, 22), dim: code(2, 22), red: code(31, 39), green: code(32, 39), yellow: code(33, 39), cyan: code(36, 39) }
}

function wantsColour(output: Output, env: Terminal['env']): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false'
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.CLICOLOR_FORCE !== undefined && env.CLICOLOR_FORCE !== '' && env.CLICOLOR_FORCE !== '0') return true
  return output.isTTY === true && env.TERM !== 'dumb' && env.CLICOLOR !== '0'
}

/** Columns of the terminal; undefined when output goes to a file or another program. */
export function columnsOf(output: Output, env: Terminal['env']): number | undefined {
  if (output.isTTY !== true) return undefined
  const asked = Number(env.COLUMNS)
  return output.columns || (Number.isInteger(asked) && asked > 0 ? asked : 80)
}
