import type { Values } from '../command/parse-args.ts'
import { UsageError } from '../errors/usage-error.ts'

export type Format = 'table' | 'json' | 'ndjson' | 'csv' | 'yaml'

/** A filter that has been understood; gives what it makes of a value. */
export type Filter = (value: unknown) => unknown[]

/** How results are to look. */
export interface Wanted {
  readonly format: Format
  /** Only these, of each row. */
  readonly fields?: readonly string[]
  readonly filter?: Filter
}

/** Reads the flags for output, before anything is done: a filter that is wrong must not be found after a message was sent. @throws UsageError */
export async function wantedOutput(values: Values): Promise<Wanted> {
  const [output, jq, fields] = [values.text('output') as Format | undefined, values.text('jq'), values.text('json')]
  const json = values.is('json')
  if (json && output !== undefined && output !== 'json' && fields === undefined) {
    throw new UsageError(`--json and --output ${output} exclude each other.`, `For some fields only: --json=FIELD,… --output ${output}`)
  }
  if (jq !== undefined && output !== undefined && output !== 'json' && output !== 'ndjson') {
    throw new UsageError(`--jq gives JSON, not ${output}.`, 'The filters @csv and @tsv make rows: --jq ".[] | [.a, .b] | @csv"')
  }
  const format = output ?? (json || jq !== undefined ? 'json' : 'table')
  return {
    format,
    ...(fields === undefined ? {} : { fields: fieldNames(fields) }),
    ...(jq === undefined ? {} : { filter: await (await import('./jq.ts')).compileFilter(jq) }),
  }
}

function fieldNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.every((name) => name !== '')) return names
  throw new UsageError('--json=FIELDS takes names separated by commas: --json=session,state')
}
