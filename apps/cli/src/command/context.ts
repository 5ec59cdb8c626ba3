import type { Fetch, Manifest } from '@wamux/core'
import type { Access, Target } from '../gateway/connection.ts'
import type { Plugins } from '../gateway/plugins.ts'
import type { OutputOptions } from '../output/format.ts'
import { parseOutputOptions } from '../output/output-options.ts'
import { render } from '../output/render.ts'
import type { Result } from '../output/result.ts'
import type { GuardedTerminal } from '../terminal/guarded-terminal.ts'
import { mapTexts } from '../terminal/map-texts.ts'
import { columnsOf, type Paint, paintFor, type Terminal } from '../terminal/terminal.ts'
import { severalLines } from '../terminal/visible-text.ts'
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
  /** Takes the secrets out of all that is printed. */
  readonly terminal: GuardedTerminal
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
  /**
   * Base URL and credentials of an account. From then on its secrets are hidden in everything that is printed.
   *
   * @throws UsageError that names what is missing, never its value
   */
  accessTo(manifest: Manifest, target: Target): Promise<Access>
  /** Hides these texts in everything that is printed from now on, also where they are encoded. */
  hideSecrets(secrets: Iterable<string>): Promise<void>
  /** A copy of data without the hidden texts; the data itself with `--show-secrets`. */
  withoutSecrets<Data>(data: Data): Data
  /** Writes data to stdout. */
  print(text: string): void
  /** Writes a line for people to stderr, unless `--quiet`. */
  say(text: string): void
  /** Writes a line to stderr with `--verbose`. */
  debug(text: string): void
  /** Configuration for the connection to a gateway: with `--verbose` a fetch that logs every request to stderr. */
  transport(): Promise<{ readonly fetch?: Fetch }>
}

/** Builds the context of one command. @throws UsageError when the flags for output contradict each other */
export async function createContext(values: Values, environment: Environment & { readonly terminal: GuardedTerminal }): Promise<Context> {
  const { terminal } = environment
  // Node opens stdin and stderr when they are first read, which takes time: only the functions below touch them
  const { stdout, env } = terminal
  const noColor = values.is('no-color')
  const output = await parseOutputOptions({
    json: values.is('json'),
    fields: values.text('json'),
    output: values.text('output'),
    jq: values.text('jq'),
    csvRaw: values.is('csv-raw'),
  })
  let subject: Subject = {}
  const print = (text: string) => void (text === '' || stdout.write(text))
  const say = (text: string) => void (values.is('quiet') || terminal.stderr.write(`${severalLines(text)}\n`))
  const debug = (text: string) =>
    void (values.is('verbose') && terminal.stderr.write(`${paintFor(terminal.stderr, env, noColor).dim(severalLines(text))}\n`))
  const hideSecrets: Context['hideSecrets'] = async (secrets) => {
    const { createRedactor } = await import('@wamux/core/inspect')
    terminal.hide(createRedactor(secrets).text, values.is('show-secrets') ? 'stderr' : 'both')
  }
  const isData = output.format !== 'table' || output.fields !== undefined || output.filter !== undefined
  return {
    ...environment,
    values,
    hideSecrets,
    async accessTo(manifest, target) {
      const { resolveAccess, secretsOf } = await import('../gateway/connection.ts')
      const access = await resolveAccess(manifest, target, env, say)
      await hideSecrets(secretsOf(manifest, access))
      return access
    },
    withoutSecrets(data) {
      // one look at all of it is quicker than one at every text, and usually nothing is found
      const all = JSON.stringify(data, (_name, one: unknown) => (one instanceof Uint8Array ? undefined : one)) ?? ''
      return terminal.hidden(all) === all ? data : mapTexts(data, terminal.hidden)
    },
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
    async printResult(result) {
      const text = await render(result, output, say)
      // a table is coloured, and its cells were made safe before; data on a terminal has no colours
      print(isData && stdout.isTTY === true ? severalLines(text) : text)
    },
    transport: async () => (values.is('verbose') ? { fetch: (await import('../gateway/wire-log.ts')).wireLog(debug) } : {}),
  }
}
