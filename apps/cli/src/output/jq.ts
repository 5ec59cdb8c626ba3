import jq from '@michaelhomer/jqjs'
import { UsageError } from '../usage-error.ts'
import type { Filter } from './wanted.ts'

/** Understands a jq filter. @throws UsageError that says where it is wrong */
export function compileFilter(text: string): Filter {
  const run = attempt(
    () => jq.compile(text),
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
