import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/**
 * Asks a person to type a name before something is lost for good.
 *
 * @param what what would happen: `deletes session "shop" with its data`
 * @returns whether it may go on, or that the question was interrupted
 * @throws UsageError where nobody can be asked
 */
export async function confirm(what: string, name: string, terminal: Terminal, signal: AbortSignal): Promise<'yes' | 'no' | 'interrupted'> {
  const { stdin, stderr } = terminal
  if (stdin.isTTY !== true || stderr.isTTY !== true) {
    throw new UsageError(`This ${what}.`, 'Nobody can be asked here: add --yes if that is wanted.')
  }
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
    const typed = await lines.question(`Type ${name} to go on: `, { signal: AbortSignal.any([stop, end.signal]) })
    return typed.trim() === name ? 'yes' : 'no'
  } catch {
    stderr.write('\n')
    return stop.aborted ? 'interrupted' : 'no'
  } finally {
    lines.close()
  }
}
