import { candidateText, complete } from '../commands/completion/complete.ts'

/** Answers a shell that asks what may come next. It never fails: a shell has no use for an error. */
export async function answer(words: readonly string[]): Promise<void> {
  process.stdout.on('error', () => process.exit(0))
  const surroundings = { self: import.meta.url, started: process.argv[1], cwd: process.cwd() }
  const found = await complete(words, surroundings, process.env).catch(() => [])
  process.stdout.write(candidateText(found))
}
