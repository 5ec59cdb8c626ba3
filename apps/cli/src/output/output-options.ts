import { UsageError } from '../errors/usage-error.ts'
import type { Format, OutputOptions } from './format.ts'

/** The flags of a command line that decide how results are printed. */
export interface OutputFlags {
  /** `--json`, with or without fields. */
  readonly json: boolean
  /** The fields of `--json=id,name`. */
  readonly fields: string | undefined
  /** `--output`; the parser has checked that it is a known format. */
  readonly output: string | undefined
  readonly jq: string | undefined
  /** `--csv-raw` */
  readonly csvRaw?: boolean
}

/**
 * Reads the flags for output. This happens before a command runs, so that a wrong filter is not found after a message was sent.
 *
 * @throws UsageError for flags that exclude each other, and for a filter that cannot be compiled
 */
export async function parseOutputOptions({ json, fields, output, jq, csvRaw = false }: OutputFlags): Promise<OutputOptions> {
  if (json && output !== undefined && output !== 'json' && fields === undefined) {
    throw new UsageError(`--json and --output ${output} exclude each other.`, `For some fields only: --json=FIELD,… --output ${output}`)
  }
  if (jq !== undefined && output !== undefined && output !== 'json' && output !== 'ndjson') {
    throw new UsageError(`--jq gives JSON, not ${output}.`, 'The filters @csv and @tsv make rows: --jq ".[] | [.a, .b] | @csv"')
  }
  const format = (output as Format | undefined) ?? (json || jq !== undefined ? 'json' : 'table')
  if (csvRaw && format !== 'csv') throw new UsageError('--csv-raw needs --output csv.')
  return {
    format,
    ...(csvRaw ? { csvRaw } : {}),
    ...(fields === undefined ? {} : { fields: fieldNames(fields) }),
    ...(jq === undefined ? {} : { filter: await (await import('./jq.ts')).compileFilter(jq) }),
  }
}

function fieldNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.every((name) => name !== '')) return names
  throw new UsageError('--json=FIELDS takes names separated by commas: --json=session,state')
}
