import { type Context, createContext, type Environment } from './command/context.ts'
import { parseCommand } from './command/parse-args.ts'
import { EXIT } from './errors/exit-codes.ts'
import { createPlugins } from './gateway/plugins.ts'
import { printHelp } from './router/print-help.ts'
import { findRoute } from './router/route.ts'
import { guardTerminal } from './terminal/guarded-terminal.ts'
import { fs } from './terminal/node-fs.ts'
import { processTerminal } from './terminal/terminal.ts'

/** Runs the command line of this process and sets its exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  // a reader that closes early, as in `wamux … | head`, is no failure
  const onWriteError = (error: NodeJS.ErrnoException): never => {
    if (error.code === 'EPIPE') process.exit(EXIT.ok)
    sayUnwritten(error)
    process.exit(EXIT.failure)
  }
  const interrupt = new AbortController()
  process.on('SIGINT', () => {
    // the first Ctrl-C lets the command finish what it is doing, the second one ends the process at once
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted)
    interrupt.abort()
  })
  const plugins = createPlugins({ cliFile: import.meta.url, startedFile: process.argv[1], cwd: process.cwd(), env: process.env })
  process.exitCode = await run(argv, { terminal: processTerminal(onWriteError), plugins, signal: interrupt.signal })
}

/** A full disk must not look as if the command itself had failed: a message may have been sent. */
function sayUnwritten({ code }: NodeJS.ErrnoException): void {
  try {
    fs.writeSync(2, `error: The output cannot be written (${code}).\n  → What the command did before is done: look before you repeat it.\n`)
  } catch {}
}

/** Runs one command line. @returns its exit code */
export async function run(argv: readonly string[], around: Environment): Promise<number> {
  const environment = { ...around, terminal: guardTerminal(around.terminal) }
  let context: Context | undefined
  try {
    const route = await findRoute(argv, environment.plugins)
    if (route.kind === 'help') return await printHelp(route.topic, argv, environment)
    const { command, title, rest } = route
    context = await createContext(parseCommand(title, command, rest), environment)
    const code = (await command.run(context)) ?? EXIT.ok
    // what Ctrl-C cut short is no failure of the gateway
    return code === EXIT.failure && environment.signal.aborted ? EXIT.interrupted : code
  } catch (error) {
    const { reportError } = await import('./command/report-error.ts')
    return reportError(error, context?.subject ?? {}, argv, environment)
  }
}
