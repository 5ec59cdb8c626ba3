import type { Values } from './args.ts'
import type { Subject } from './report-error.ts'
import type { Paint, Terminal } from './terminal.ts'

/** One value of a command: given in its place, or by its name as `--name`. */
export interface ArgSpec {
  readonly about: string
  /** What stands for the value in help: `number`; default the name. */
  readonly value?: string
  readonly required?: boolean
  /** `-` reads it from stdin; `json` also takes `@file`. */
  readonly from?: 'stdin' | 'json'
}

/** One flag of a command. */
export interface FlagSpec {
  readonly about: string
  /** What stands for the value in help; a flag without it takes none. */
  readonly value?: string
  /** A duration: `1500`, `30s`, `2m`. */
  readonly duration?: boolean
  /** The only values it takes. */
  readonly choices?: readonly string[]
  /** Several choices, separated by commas. */
  readonly list?: boolean
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
  readonly more?: () => Promise<string | undefined>
  /** @returns the exit code, where it is not 0 */
  run(context: Context): Promise<number | undefined>
}

/** Commands under one word. */
export interface Group {
  readonly commands: Readonly<Record<string, Command>>
  /** What the word alone does. */
  readonly bare?: Command
}

/** What a command gets to work with. */
export interface Context {
  readonly values: Values
  readonly terminal: Terminal
  /** Colours for data on stdout. */
  readonly paint: Paint
  /** Columns of stdout; nothing where it is no terminal. */
  readonly columns: number | undefined
  readonly json: boolean
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal
  /** Notes what the command is about, for what is said when it fails. */
  concerns(subject: Subject): void
  /** Writes data. */
  print(text: string): void
  /** Writes a line for people to stderr, also with `--json`. */
  say(text: string): void
  /** Writes a line to stderr with `--verbose`. */
  detail(text: string): void
}

/** Flags that every command has. */
export const GLOBAL_FLAGS: Readonly<Record<string, FlagSpec>> = {
  gateway: { about: 'waha, wawp, warest or sparkbot; needed when several are set up', value: 'id' },
  json: { about: 'one JSON document on stdout; errors as JSON on stderr' },
  timeout: { about: 'how long to wait, ms or with a unit: 30s, 2m', value: 'time', duration: true },
  'no-color': { about: 'no colours; NO_COLOR and FORCE_COLOR count too' },
  verbose: { about: 'say on stderr what goes over the wire' },
  help: { about: 'this text' },
}
