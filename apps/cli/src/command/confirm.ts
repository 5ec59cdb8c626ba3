import type { Context } from './command.ts'
import { EXIT } from '../errors/exit-codes.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { UsageError } from '../errors/usage-error.ts'

/** Something that a person has to agree to. */
export interface Danger {
  /** What would happen: `deletes session "shop" with its data` */
  readonly what: string
  /** What has to be typed, as it cannot be undone; without it a `y` does. */
  readonly name?: string | undefined
}

type Answer = 'yes' | 'no' | 'interrupted'

/**
 * Asks before something is lost, unless `--yes` says so already.
 *
 * @returns the exit code to end with when it must not be done
 * @throws UsageError where nobody can be asked
 */
export async function agreed(
  danger: Danger,
  context: Pick<Context, 'values' | 'terminal' | 'interactive' | 'signal' | 'say'>,
): Promise<number | undefined> {
  if (context.values.is('yes')) return undefined
  const answer = await confirm(danger, context)
  if (answer === 'yes') return undefined
  context.say('Nothing was done.')
  return answer === 'interrupted' ? EXIT.interrupted : EXIT.failure
}

/** Asks a person. @throws UsageError where nobody can be asked */
export async function confirm(
  { what, name }: Danger,
  {
    terminal,
    interactive,
    signal,
  }: { readonly terminal: Pick<Terminal, 'stdin' | 'stderr'>; readonly interactive: boolean; readonly signal: AbortSignal },
): Promise<Answer> {
  const { stdin, stderr } = terminal
  if (!interactive) throw new UsageError(`This ${what}.`, 'Nobody can be asked here: add --yes if that is wanted.')
  const { createInterface } = await import('node:readline/promises')
  stderr.write(`This ${what}.\n`)
  const lines = createInterface({ input: stdin, output: stderr as NodeJS.WritableStream, terminal: true })
  const interrupt = new AbortController()
  const end = new AbortController()
  // in a prompt Ctrl-C is a key, not a signal; Ctrl-D closes the input
  lines.once('SIGINT', () => interrupt.abort())
  lines.once('close', () => end.abort())
  const stop = AbortSignal.any([signal, interrupt.signal])
  try {
    const question = name === undefined ? 'Go on? [y/N] ' : `Type ${name} to go on: `
    const typed = (await lines.question(question, { signal: AbortSignal.any([stop, end.signal]) })).trim()
    return (name === undefined ? /^y(es)?$/i.test(typed) : typed === name) ? 'yes' : 'no'
  } catch {
    stderr.write('\n')
    return stop.aborted ? 'interrupted' : 'no'
  } finally {
    lines.close()
  }
}
