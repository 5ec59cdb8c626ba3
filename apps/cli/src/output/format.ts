export type Format = 'table' | 'json' | 'ndjson' | 'csv' | 'yaml'

/** A compiled jq filter: returns everything that it makes of one value. */
export type Filter = (value: unknown) => unknown[]

/** How a command prints its results. */
export interface OutputOptions {
  readonly format: Format
  /** Print only these fields of each row. */
  readonly fields?: readonly string[]
  readonly filter?: Filter
  /** CSV cells that a spreadsheet would take for formulas stay as they are. */
  readonly csvRaw?: boolean
}
