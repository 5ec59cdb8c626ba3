import { parseCommand, type Values } from './command/parse-args.ts'
import type { Context } from './command/command.ts'
import { EXIT, exitCodeOf } from './errors/exit-codes.ts'
import { helpText } from './commands/help/help.ts'
import { render } from './output/render.ts'
import { wantedOutput } from './output/output-options.ts'
import { type Plugins, pluginsAround } from './gateway/installed.ts'
import { jsonText } from './print/json.ts'
import type { Subject, Told } from './command/report-error.ts'
import { findRoute } from './router/route.ts'
import { columnsOf, paintFor, processTerminal, type Terminal } from './terminal/terminal.ts'
import { UsageError } from './errors/usage-error.ts'

/** Runs the command line of this process and sets its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // whoever reads may close early, `wamux … | head`: that is no failure
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure))
  const interrupt = new AbortController()
  process.on('SIGINT', () => {
    // a second one does not wait for anything
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted)
    interrupt.abort()
  })
  const plugins = pluginsAround({ self: import.meta.url, started: process.argv[1], cwd: process.cwd() })
  process.exitCode = await run(argv, processTerminal(), plugins, interrupt.signal)
}

/** Runs one command line. @returns its exit code */
export async function run(argv: readonly string[], terminal: Terminal, plugins: Plugins, signal: AbortSignal): Promise<number> {
  const own = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length)
  const given: Given = { json: wantsJsonErrors(own), noColor: own.includes('--no-color'), verbose: own.includes('--verbose') }
  let subject: Subject = {}
  try {
    const route = await findRoute(argv, plugins)
    if (route.kind === 'help') {
      const paint = paintFor(terminal.stdout, terminal.env, given.noColor)
      const width = Math.min(columnsOf(terminal.stdout, terminal.env) ?? 80, 100)
      terminal.stdout.write(await helpText(route.topic, { paint, width, plugins }))
      return EXIT.ok
    }
    const { command, title, rest } = route
    const values = parseCommand(title, command, rest)
    const context = await contextOf(values, terminal, plugins, signal, (about) => {
      subject = about
    })
    return (await command.run(context)) ?? EXIT.ok
  } catch (error) {
    return report(error, subject, terminal, given, signal.aborted)
  }
}

interface Given {
  readonly json: boolean
  readonly noColor: boolean
  readonly verbose: boolean
}

// the command line may be too wrong to be parsed, and the error has to be JSON all the same
function wantsJsonErrors(own: readonly string[]): boolean {
  return own.some(
    (one, index) =>
      /^--json(=|$)/.test(one) || /^--output=(nd)?json$/.test(one) || (one === '--output' && /^(nd)?json$/.test(own[index + 1] ?? '')),
  )
}

async function contextOf(
  values: Values,
  terminal: Terminal,
  plugins: Plugins,
  signal: AbortSignal,
  concerns: Context['concerns'],
): Promise<Context> {
  const { stdout, env } = terminal
  const wanted = await wantedOutput(values)
  const talk = (text: string) => void terminal.stderr.write(`${text}\n`)
  const print = (text: string) => void (text === '' || stdout.write(text))
  const say = (text: string) => void (values.is('quiet') || talk(text))
  const detail = (text: string) => void (values.is('verbose') && talk(paintFor(terminal.stderr, env, values.is('no-color')).dim(text)))
  return {
    values,
    terminal,
    plugins,
    signal,
    concerns,
    wanted,
    print,
    say,
    detail,
    paint: paintFor(stdout, env, values.is('no-color')),
    columns: columnsOf(stdout, env),
    json: wanted.format !== 'table',
    get interactive() {
      return terminal.stdin.isTTY === true && terminal.stderr.isTTY === true && !values.is('no-input')
    },
    give: async (result) => print(await render(result, wanted, say)),
    wire: async () => (values.is('verbose') ? { fetch: (await import('./gateway/wire-log.ts')).wireLog(detail) } : {}),
  }
}

/** Says on stderr what went wrong. @returns the exit code */
async function report(error: unknown, subject: Subject, terminal: Terminal, given: Given, interrupted: boolean): Promise<number> {
  const { json, noColor, verbose } = given
  const { stderr, env } = terminal
  const usage = error instanceof UsageError
  const { formatTold, tellError, tellInterruption } = await import('./command/report-error.ts')
  // a mistyped flag needs no gateway code to be told
  const core = usage ? undefined : await import('@wamux/core').catch(() => undefined)
  const fromGateway = core?.GatewayError.is(error) ? error : undefined
  const code = interrupted ? EXIT.interrupted : usage ? EXIT.usage : fromGateway ? exitCodeOf(fromGateway) : EXIT.failure
  if (json) {
    const { message, name } = error instanceof Error ? error : new Error(String(error))
    const plain = usage || fromGateway ? (error as UsageError).toJSON() : { name, kind: 'failure', message }
    stderr.write(`${jsonText(plain, 0)}\n`)
    return code
  }
  const told: Told = interrupted
    ? tellInterruption(fromGateway, subject)
    : fromGateway
      ? tellError(fromGateway, subject)
      : { sentence: error instanceof Error ? error.message : String(error), next: usage ? error.hint : undefined }
  const paint = paintFor(stderr, env, noColor)
  stderr.write(formatTold(told, paint, subject.manifest?.name ?? 'The gateway', columnsOf(stderr, env)))
  if (verbose) stderr.write(detailsOf(error, fromGateway !== undefined))
  return code
}

function detailsOf(error: unknown, fromGateway: boolean): string {
  if (!(error instanceof Error) || error instanceof UsageError) return ''
  if (!fromGateway) return `${error.stack ?? ''}\n`
  const { attempts, requestId, body, cause } = error as Error & { attempts?: number; requestId?: string; body?: string }
  const facts = [`attempts: ${attempts ?? 0}`, ...(requestId ? [`request id: ${requestId}`] : []), ...(body ? [`answer: ${body}`] : [])]
  const why = cause instanceof Error ? [`cause: ${cause.message}`] : []
  return [error.message, ...facts, ...why].map((line) => `  ${line}\n`).join('')
}
