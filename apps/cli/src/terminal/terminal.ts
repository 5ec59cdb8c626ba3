/** Environment variables and streams of a command. Tests pass their own. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly stdout: Output
  readonly stderr: Output
}

export interface Output {
  write(text: string | Uint8Array): unknown
  readonly isTTY?: boolean
  readonly columns?: number
  /** Writes text with cursor movements of wamux itself; where it is absent, `write` does. */
  draw?(text: string): unknown
  /** The stream itself, for a library that edits lines on it. */
  readonly stream?: Output
}

/** Writes text with cursor movements of wamux itself. */
export function drawOn(output: Output, text: string): void {
  if (output.draw) output.draw(text)
  else output.write(text)
}

/** Those of this process. A stream is opened when it is first read, because opening takes time. */
export function processTerminal(): Terminal {
  let listening = false
  return {
    env: process.env,
    get stdin() {
      return process.stdin
    },
    get stdout() {
      return process.stdout
    },
    get stderr() {
      // a reader that goes away must not end the command
      if (!listening) process.stderr.on('error', () => {})
      listening = true
      return process.stderr
    },
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
