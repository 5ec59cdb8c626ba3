/** One flag of a command. */
export interface FlagSpec {
  readonly about: string
  /** What help shows for the value; a flag without it takes no value. */
  readonly value?: string
  /** One letter that means the same: `o` for `-o`. */
  readonly short?: string
  /** The value may be left out; a given one stands behind `=`. */
  readonly optional?: boolean
  /** May be given several times. */
  readonly repeat?: boolean
  /** The value is a duration: `1500` (ms), `30s`, `2m`. */
  readonly duration?: boolean
  /** The allowed values. */
  readonly choices?: readonly string[]
  /** Takes several of the choices, separated by commas. */
  readonly list?: boolean
  /** Works, but is not shown in help. */
  readonly hidden?: boolean
}

/** Flags that every command has. */
export const GLOBAL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  gateway: { about: 'which gateway; needed when several are set up', value: 'id', short: 'g' },
  profile: { about: 'which account: wamux profile list', value: 'name' },
  json: { about: 'JSON on stdout, of these fields only if some are named; errors as JSON on stderr', value: 'fields', optional: true },
  jq: { about: 'filter the JSON: wamux help output', value: 'filter' },
  output: {
    about: 'table, json, ndjson, csv or yaml',
    value: 'format',
    short: 'o',
    choices: ['table', 'json', 'ndjson', 'csv', 'yaml'],
  },
  'csv-raw': { about: 'with csv: leave cells that a spreadsheet would take for formulas as they are' },
  quiet: { about: 'nothing on stderr but errors', short: 'q' },
  timeout: { about: 'how long to wait, ms or with a unit: 30s, 2m', value: 'time', duration: true },
  'no-color': { about: 'no colours; NO_COLOR and FORCE_COLOR count too' },
  'no-input': { about: 'never ask anything' },
  verbose: { about: 'say on stderr what goes over the wire' },
  // scripts may give it everywhere, also to commands that never ask
  yes: { about: 'do not ask', short: 'y', hidden: true },
  help: { about: 'this text', short: 'h' },
}

/** Flags of the commands that may ask. */
export const CONFIRM_FLAGS: Readonly<Record<string, FlagSpec>> = {
  yes: { about: 'do not ask', short: 'y' },
}

/** Flags of the commands that call a gateway. */
export const CALL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  'dry-run': { about: 'print the HTTP request instead of sending it; secrets are hidden' },
  curl: { about: 'the same as a command line for curl' },
  'show-secrets': { about: 'show keys, tokens and passwords that the gateway answers with' },
}
