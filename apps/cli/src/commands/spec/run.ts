import { EXIT } from '../../errors/exit-codes.ts'
import type { Plugins } from '../../gateway/plugins.ts'
import type { Result } from '../../output/result.ts'
import type { Paint } from '../../terminal/terminal.ts'
import { diffSpecs, type SpecDiff } from './diff/diff-specs.ts'
import type { Aspect } from './diff/difference.ts'
import { type InstalledDocument, installedDocument } from './installed-document.ts'
import { diffText } from './print-diff.ts'
import { readSource, sourceName } from './read-document.ts'

/** One run of `wamux spec diff`. */
export interface SpecDiffRun {
  readonly gateway: string
  /** A file or an http(s) address. */
  readonly against: string
  readonly only?: readonly Aspect[] | undefined
  readonly all: boolean
  readonly plugins: Plugins
  readonly paint: Paint
  readonly columns: number | undefined
  /** For the whole answer, ms. */
  readonly timeout?: number | undefined
  readonly signal?: AbortSignal | undefined
  printResult(result: Result): Promise<void>
  /** The Authorization header for a document behind a password. */
  readonly login?: (needed: boolean) => Promise<string | undefined>
  /** Where our document comes from; default the installed plugin. */
  readonly document?: (gateway: string, plugins: Plugins) => Promise<InstalledDocument>
  readonly fetch?: typeof fetch | undefined
}

/**
 * Compares and prints.
 *
 * @returns 0 when there are only known differences, 1 when there are others
 * @throws UsageError (exit code 2) when a document cannot be read
 */
export async function runSpecDiff(run: SpecDiffRun): Promise<number> {
  const { gateway, against, only, all, paint, timeout, signal } = run
  const { ours, known } = await (run.document ?? installedDocument)(gateway, run.plugins)
  const theirs = { name: sourceName(against), text: await readSource(against, { timeout, signal, fetch: run.fetch, login: run.login }) }
  const diff = diffSpecs({ ours, theirs, known, only })
  await run.printResult({
    data: { gateway, ...diff },
    rows: differencesOf(diff),
    text: () => diffText(diff, { paint, all, columns: run.columns ?? 80 }),
  })
  return diff.same ? EXIT.ok : EXIT.failure
}

function differencesOf({ added, removed, changed }: SpecDiff): readonly object[] {
  const marked = (kind: string, differences: readonly object[]) => differences.map((one) => ({ kind, ...one }))
  return [...marked('added', added), ...marked('removed', removed), ...marked('changed', changed)]
}
