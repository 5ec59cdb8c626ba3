import { candidateText, complete } from '../commands/completion/complete.ts'
import { processTerminal } from '../terminal/terminal.ts'

/** `wamux __complete`: prints what can come next on a command line. Errors are dropped, because a shell would show them in the prompt. */
export async function answerCompletion(words: readonly string[]): Promise<void> {
  const start = { cliFile: import.meta.url, startedFile: process.argv[1], cwd: process.cwd(), env: process.env }
  const found = await complete(words, start, process.env).catch(() => [])
  const stop = () => process.exit(0)
  processTerminal(stop).stdout.write(candidateText(found))
}
