import { EXIT } from '../errors/exit-codes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { oneLine } from '../terminal/visible-text.ts'
import type { Context } from './context.ts'
import type { Values } from './values.ts'

/** Something that a person has to confirm. */
export interface Danger {
  /** What happens, as the end of a sentence that begins with "This": `deletes session "shop" with its data` */
  readonly what: string
  /** The text that has to be typed to confirm what cannot be undone; without it `y` is enough. */
  readonly name?: string | undefined
}

/** True with `--yes` or `-y`: nobody is asked. */
export function isConfirmed(values: Values): boolean {
  return values.is('yes')
}

type Answer = 'yes' | 'no' | 'interrupted'

/**
 * Asks a person to confirm something dangerous, unless `--yes` is given.
 *
 * @returns undefined when it is confirmed, else the exit code to end with
 * @throws UsageError when there is no terminal to ask on
 */
export async function confirmed(
  danger: Danger,
  context: Pick<Context, 'values' | 'terminal' | 'interactive' | 'signal' | 'say'>,
): Promise<number | undefined> {
  if (isConfirmed(context.values)) return undefined
  const answer = await confirm(danger, context)
  if (answer === 'yes') return undefined
  context.say('Nothing was done.')
  return answer === 'interrupted' ? EXIT.interrupted : EXIT.failure
}

/** Asks on the terminal. @throws UsageError when there is none */
export async function confirm(
  { what, name }: Danger,
  {
    terminal,
    interactive,
    signal,
  }: { readonly terminal: Pick<Terminal, 'stdin' | 'stderr'>; readonly interactive: boolean; readonly signal: AbortSignal },
): Promise<Answer> {
  const { stdin, stderr } = terminal
  if (!interactive) throw new UsageError(`This ${what}.`, 'wamux cannot ask here: add --yes to confirm.')
  const { createInterface } = await import('node:readline/promises')
  stderr.write(`This ${oneLine(what)}.\n`)
  const lines = createInterface({ input: stdin, output: (stderr.stream ?? stderr) as NodeJS.WritableStream, terminal: true })
  const interrupt = new AbortController()
  const end = new AbortController()
  // readline turns Ctrl-C into its own event, without a signal to the process; Ctrl-D closes the input
  lines.once('SIGINT', () => interrupt.abort())
  lines.once('close', () => end.abort())
  const stop = AbortSignal.any([signal, interrupt.signal])
  try {
    const question = name === undefined ? 'Go on? [y/N] ' : `Type ${oneLine(name)} to go on: `
    const typed = (await lines.question(question, { signal: AbortSignal.any([stop, end.signal]) })).trim()
    return (name === undefined ? /^y(es)?$/i.test(typed) : typed === name) ? 'yes' : 'no'
  } catch {
    stderr.write('\n')
    return stop.aborted ? 'interrupted' : 'no'
  } finally {
    lines.close()
  }
}
