import type { Fetch } from '@wamux/core'
import type { Values } from './parse-args.ts'
import type { Wanted } from '../output/output-options.ts'
import type { Plugins } from '../gateway/installed.ts'
import type { Subject } from './report-error.ts'
import type { Paint, Terminal } from '../terminal/terminal.ts'

/** One value of a command: given in its place, or by its name as `--name`. */
export interface ArgSpec {
  readonly about: string
  /** What stands for the value in help: `number`; default the name. */
  readonly value?: string
  readonly required?: boolean
  /** Takes all values that are left, or `--name` several times. */
  readonly rest?: boolean
  /** `-` reads it from stdin; `json` also takes `@file`. */
  readonly from?: 'stdin' | 'json'
}

/** One flag of a command. */
export interface FlagSpec {
  readonly about: string
  /** What stands for the value in help; a flag without it takes none. */
  readonly value?: string
  /** Its value may be left out, and otherwise stands behind `=`. */
  readonly optional?: boolean
  /** May be given several times. */
  readonly repeat?: boolean
  /** A duration: `1500`, `30s`, `2m`. */
  readonly duration?: boolean
  /** The only values it takes. */
  readonly choices?: readonly string[]
  /** Several choices, separated by commas. */
  readonly list?: boolean
  /** Taken, and not shown in help. */
  readonly hidden?: boolean
}

/** What a command takes, and what help says about it. */
export interface CommandSpec {
  /** One line, for the list of commands. */
  readonly about: string
  /** What one has to know besides. */
  readonly details?: string
  /** In the order of their places. */
  readonly args?: Readonly<Record<string, ArgSpec>>
  readonly flags?: Readonly<Record<string, FlagSpec>>
  /** Complete command lines, the first one the simplest. */
  readonly examples: readonly string[]
}

/** A command that can be run. */
export interface Command extends CommandSpec {
  /** More lines for its help that have to be looked up first. */
  readonly more?: (plugins: Plugins) => Promise<string | undefined>
  /** @returns the exit code, where it is not 0 */
  run(context: Context): Promise<number | undefined>
}

/** Commands under one word. */
export interface Group {
  readonly commands: Readonly<Record<string, Command>>
  /** What the word alone does. */
  readonly bare?: Command
}

/** What a command has found out or done. */
export interface Result {
  /** What `--json` gives and `--jq` filters. */
  readonly data: unknown
  /** What is one line of `--output ndjson` and csv, and what `--json=fields` picks from; default the data, or its entries. */
  readonly rows?: readonly unknown[]
  /** For people. */
  text(): string | Promise<string>
}

/** What a command gets to work with. */
export interface Context {
  readonly values: Values
  readonly terminal: Terminal
  readonly plugins: Plugins
  /** Colours for data on stdout. */
  readonly paint: Paint
  /** Columns of stdout; nothing where it is no terminal. */
  readonly columns: number | undefined
  /** How results are to look. */
  readonly wanted: Wanted
  /** A program reads what is printed. */
  readonly json: boolean
  /** A person can be asked: there is a terminal, and nothing forbids it. */
  readonly interactive: boolean
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal
  /** Notes what the command is about, for what is said when it fails. */
  concerns(subject: Subject): void
  /** Prints a result as it is wanted. */
  give(result: Result): Promise<void>
  /** Writes data. */
  print(text: string): void
  /** Writes a line for people to stderr, unless `--quiet`. */
  say(text: string): void
  /** Writes a line to stderr with `--verbose`. */
  detail(text: string): void
  /** How a gateway is to be called: with `--verbose` it tells what goes over the wire. */
  wire(): Promise<{ readonly fetch?: Fetch }>
}

/** Flags that every command has. */
export const GLOBAL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  gateway: { about: 'which gateway; needed when several are set up', value: 'id' },
  profile: { about: 'which account: wamux profile list', value: 'name' },
  json: { about: 'JSON on stdout, of these fields only if some are named; errors as JSON on stderr', value: 'fields', optional: true },
  jq: { about: 'filter the JSON: wamux help output', value: 'filter' },
  output: {
    about: 'table, json, ndjson, csv or yaml',
    value: 'format',
    choices: ['table', 'json', 'ndjson', 'csv', 'yaml'],
  },
  quiet: { about: 'nothing on stderr but errors' },
  timeout: { about: 'how long to wait, ms or with a unit: 30s, 2m', value: 'time', duration: true },
  'no-color': { about: 'no colours; NO_COLOR and FORCE_COLOR count too' },
  'no-input': { about: 'never ask anything' },
  verbose: { about: 'say on stderr what goes over the wire' },
  help: { about: 'this text' },
}

/** Flags of the commands that call a gateway. */
export const CALL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  'dry-run': { about: 'print the HTTP request instead of sending it; secrets are hidden' },
  curl: { about: 'the same as a command line for curl' },
}
