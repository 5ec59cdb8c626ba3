import type { Plugins } from '../gateway/plugins.ts'
import type { Context } from './context.ts'
import type { FlagSpec } from './flags.ts'

/** An argument of a command: given in its place, or as `--name`. */
export interface ArgSpec {
  readonly about: string
  /** What help shows for the value: `number`; default the name. */
  readonly value?: string
  readonly required?: boolean
  /** Takes all arguments that are left, or `--name` several times. */
  readonly rest?: boolean
  /** Any text, which may begin with a dash: an argument in this place is never taken for a flag. */
  readonly freeText?: boolean
  /** A number or JID. */
  readonly address?: boolean
  /** The value when it is left out. `session`: the session of the profile, of `WAMUX_SESSION`, or the only one. */
  readonly fallback?: 'session'
  /** `-` reads it from stdin; `json` also takes `@file`. */
  readonly from?: 'stdin' | 'json'
}

/** Arguments and flags of a command, and what help says about it. */
export interface CommandSpec {
  /** One line, for the list of commands. */
  readonly about: string
  /** More sentences for the command's own help. */
  readonly details?: string
  /** The arguments, in their order. */
  readonly args?: Readonly<Record<string, ArgSpec>>
  readonly flags?: Readonly<Record<string, FlagSpec>>
  /** Words that it understands, with what each is: a list of its own in help. */
  readonly words?: { readonly title: string; readonly words: Readonly<Record<string, string>> }
  /** Complete command lines, the simplest first. */
  readonly examples: readonly string[]
}

/** A command that can be run. */
export interface Command extends CommandSpec {
  /** Text for its help that has to be looked up first, such as the gateways that have the verb. */
  readonly extraHelp?: (plugins: Plugins) => Promise<string | undefined>
  /** @returns the exit code, where it is not 0 */
  run(context: Context): Promise<number | undefined>
}

/** The commands under one first word. */
export interface CommandGroup {
  readonly commands: Readonly<Record<string, Command>>
  /** The command of the word alone: `wamux listen`. */
  readonly bare?: Command
}

/** A first word of the command line. Its commands are loaded when it is used. */
export interface CommandEntry {
  readonly about: string
  /** Whether it calls the same verbs on every gateway, or is a tool of wamux; default `tools`. */
  readonly kind?: 'verbs' | 'tools'
  readonly load: () => Promise<CommandGroup>
}
