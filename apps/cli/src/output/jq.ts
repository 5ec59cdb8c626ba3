import { compile } from '@michaelhomer/jqjs'
import { UsageError } from '../errors/usage-error.ts'
import type { Filter } from './format.ts'

/** Compiles a jq filter. @throws UsageError that says what is wrong with it */
export function compileFilter(text: string): Filter {
  const run = attempt(
    () => {
      const filter = compile(text)
      rejectUnknownFunctions(text, filter.filter)
      return filter
    },
    (reason) => new UsageError(`--jq: ${reason}.`, 'See: wamux help output'),
  )
  // no UsageError, because the call was made
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
    // jqjs throws strings, and RangeError when a filter recurses for ever
    throw fail(error instanceof RangeError ? 'it comes to no end' : error instanceof Error ? error.message : String(error))
  }
}

// jqjs finds an unknown function only when it runs the filter; that would be after a message was sent
function rejectUnknownFunctions(text: string, tree: unknown): void {
  // the parameters of a filter's own functions look like calls, so a filter with `def` is not checked
  if (/\bdef\b/.test(text)) return
  const known = new Set([...compile('builtins')(null)].flat())
  for (const name of functionCalls(tree)) if (!known.has(name)) throw `no such function ${name}`
}

function functionCalls(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const { name, args } = node as { readonly name?: unknown; readonly args?: unknown }
  const own = typeof name === 'string' && Array.isArray(args) && /^\w+\/\d+$/.test(name) ? [name] : []
  return [...own, ...Object.values(node).flatMap(functionCalls)]
}
