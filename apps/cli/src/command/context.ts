import type { Fetch } from '@wamux/core'
import type { Plugins } from '../gateway/plugins.ts'
import type { OutputOptions } from '../output/format.ts'
import { parseOutputOptions } from '../output/output-options.ts'
import { render } from '../output/render.ts'
import type { Result } from '../output/result.ts'
import { columnsOf, type Paint, paintFor, type Terminal } from '../terminal/terminal.ts'
import type { Subject } from './subject.ts'
import type { Values } from './values.ts'

/** What surrounds every command of this process. */
export interface Environment {
  readonly terminal: Terminal
  readonly plugins: Plugins
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal
}

/** What a command works with. */
export interface Context extends Environment {
  /** Arguments and flags of the command line, checked. */
  readonly values: Values
  /** Colours for data on stdout. */
  readonly paint: Paint
  /** Columns of stdout; undefined when stdout is no terminal. */
  readonly columns: number | undefined
  /** How results are printed. */
  readonly output: OutputOptions
  /** True when a program reads what is printed: any format but the table. */
  readonly json: boolean
  /** True when a person can be asked: stdin and stderr are a terminal, and `--no-input` is not given. */
  readonly interactive: boolean
  /** What the command is about so far; the text of an error names it. */
  readonly subject: Subject
  /** Notes what the command is about: gateway, session, profile. */
  setSubject(subject: Subject): void
  /** Prints a result to stdout in the format that was asked for. */
  printResult(result: Result): Promise<void>
  /** Writes data to stdout as it is. */
  print(text: string): void
  /** Writes a line for people to stderr, unless `--quiet`. */
  say(text: string): void
  /** Writes a line to stderr with `--verbose`. */
  debug(text: string): void
  /** Configuration for the connection to a gateway: with `--verbose` a fetch that logs every request to stderr. */
  transport(): Promise<{ readonly fetch?: Fetch }>
}

/** Builds the context of one command. @throws UsageError when the flags for output contradict each other */
export async function createContext(values: Values, environment: Environment): Promise<Context> {
  const { terminal } = environment
  // Node opens stdin and stderr when they are first read, which takes time: only the functions below touch them
  const { stdout, env } = terminal
  const noColor = values.is('no-color')
  const output = await parseOutputOptions({
    json: values.is('json'),
    fields: values.text('json'),
    output: values.text('output'),
    jq: values.text('jq'),
  })
  let subject: Subject = {}
  const print = (text: string) => void (text === '' || stdout.write(text))
  const say = (text: string) => void (values.is('quiet') || terminal.stderr.write(`${text}\n`))
  const debug = (text: string) =>
    void (values.is('verbose') && terminal.stderr.write(`${paintFor(terminal.stderr, env, noColor).dim(text)}\n`))
  return {
    ...environment,
    values,
    output,
    print,
    say,
    debug,
    paint: paintFor(stdout, env, noColor),
    columns: columnsOf(stdout, env),
    json: output.format !== 'table',
    get interactive() {
      return terminal.stdin.isTTY === true && terminal.stderr.isTTY === true && !values.is('no-input')
    },
    get subject() {
      return subject
    },
    setSubject(about) {
      subject = about
    },
    printResult: async (result) => print(await render(result, output, say)),
    transport: async () => (values.is('verbose') ? { fetch: (await import('../gateway/wire-log.ts')).wireLog(debug) } : {}),
  }
}
