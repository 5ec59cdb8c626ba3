import { compile } from '@michaelhomer/jqjs'
import { UsageError } from '../errors/usage-error.ts'
import type { Filter } from './format.ts'

/** Understands a jq filter. @throws UsageError that says where it is wrong */
export function compileFilter(text: string): Filter {
  const run = attempt(
    () => {
      const filter = compile(text)
      refuseUnknown(text, filter.filter)
      return filter
    },
    (reason) => new UsageError(`--jq: ${reason}.`, 'See: wamux help output'),
  )
  // not a UsageError: what was to be done is done
  return (value) =>
    attempt(
      () => [...run(value)],
      (reason) => new Error(`It was done, and the filter then failed: ${reason}`),
    )
}

function attempt<Value>(run: () => Value, fail: (reason: string) => Error): Value {
  try {
    return run()
  } catch (error) {
    // the engine throws text, and runs out of stack on a filter without end
    throw fail(error instanceof RangeError ? 'it comes to no end' : error instanceof Error ? error.message : String(error))
  }
}

// the engine looks a function up when it comes to it, and that would be after a message was sent
function refuseUnknown(text: string, tree: unknown): void {
  // a filter with functions of its own is left to the engine: their parameters look like functions, too
  if (/\bdef\b/.test(text)) return
  const known = new Set([...compile('builtins')(null)].flat())
  for (const name of calledIn(tree)) if (!known.has(name)) throw `no such function ${name}`
}

function calledIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const { name, args } = node as { readonly name?: unknown; readonly args?: unknown }
  const own = typeof name === 'string' && Array.isArray(args) && /^\w+\/\d+$/.test(name) ? [name] : []
  return [...own, ...Object.values(node).flatMap(calledIn)]
}
