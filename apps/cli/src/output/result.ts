/** What a command has found out or done. */
export interface Result {
  /** What `--json` prints and `--jq` filters. */
  readonly data: unknown
  /** One line each of `--output ndjson` and csv, and what `--json=fields` picks from; default the data, or its entries when it is a list. */
  readonly rows?: readonly unknown[]
  /** The rows follow others that were printed before, so csv needs no header. */
  readonly continued?: boolean
  /** The result for people. */
  text(): string | Promise<string>
}
