import { parseCommand } from './args.ts'
import type { Command, Context } from './command.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { commandHelp, groupHelp, rootHelp } from './help.ts'
import { jsonText } from './print/json.ts'
import type { Subject, Told } from './report-error.ts'
import { findRoute } from './route.ts'
import { columnsOf, paintFor, processTerminal, type Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/** Runs the command line of this process and sets its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // whoever reads may close early, `wamux … | head`: that is no failure
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failure))
  process.stderr.on('error', () => {})
  const interrupt = new AbortController()
  process.on('SIGINT', () => {
    // a second one does not wait for anything
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted)
    interrupt.abort()
  })
  process.exitCode = await run(argv, processTerminal(), interrupt.signal)
}

/** Runs one command line. @returns its exit code */
export async function run(argv: readonly string[], terminal: Terminal, signal: AbortSignal): Promise<number> {
  const own = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length)
  const given: Given = { json: own.includes('--json'), noColor: own.includes('--no-color'), verbose: own.includes('--verbose') }
  let subject: Subject = {}
  try {
    const route = await findRoute(argv)
    if (route.kind === 'help') {
      terminal.stdout.write(await helpText(route.topic, terminal, given.noColor))
      return EXIT.ok
    }
    const { command, title, rest } = route
    const context = contextOf(command, title, rest, terminal, signal, (about) => {
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

type Topic = Extract<Awaited<ReturnType<typeof findRoute>>, { kind: 'help' }>['topic']

async function helpText(topic: Topic, terminal: Terminal, noColor: boolean): Promise<string> {
  const paint = paintFor(terminal.stdout, terminal.env, noColor)
  const width = Math.min(columnsOf(terminal.stdout, terminal.env) ?? 80, 100)
  if (!topic) return rootHelp(paint, width)
  const command = topic.command === undefined ? undefined : topic.group.commands[topic.command]
  if (command) return commandHelp(`${topic.word} ${topic.command}`, command, paint, width)
  return groupHelp(topic.word, topic.group, paint, width)
}

function contextOf(
  command: Command,
  title: string,
  rest: readonly string[],
  terminal: Terminal,
  signal: AbortSignal,
  concerns: Context['concerns'],
): Context {
  const values = parseCommand(title, command, rest)
  const { stdout, stderr, env } = terminal
  const talk = paintFor(stderr, env, values.is('no-color'))
  return {
    values,
    terminal,
    signal,
    concerns,
    paint: paintFor(stdout, env, values.is('no-color')),
    columns: columnsOf(stdout, env),
    json: values.is('json'),
    print: (text) => stdout.write(text),
    say: (text) => stderr.write(`${text}\n`),
    detail: (text) => {
      if (values.is('verbose')) stderr.write(`${talk.dim(text)}\n`)
    },
  }
}

/** Says on stderr what went wrong. @returns the exit code */
async function report(error: unknown, subject: Subject, terminal: Terminal, given: Given, interrupted: boolean): Promise<number> {
  const { json, noColor, verbose } = given
  const { stderr, env } = terminal
  const usage = error instanceof UsageError
  const { formatTold, tellError, tellInterruption } = await import('./report-error.ts')
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
