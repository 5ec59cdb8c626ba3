import type { Manifest, Safety, Verb, VerbId } from '@wamux/core'
import type { Values } from '../command/parse-args.ts'
import type { Context, FlagSpec } from '../command/command.ts'
import type { Danger } from '../command/confirm.ts'
import type { Live } from '../terminal/progress-line.ts'
import type { Paint, Terminal } from '../terminal/terminal.ts'

/** How far a verb reaches: what an interruption may have left behind follows from it. */
export type Effect = 'read' | 'change' | 'send'

export function effectOf(safety: Safety): Effect {
  return safety === 'read' || safety === 'send' ? safety : 'change'
}

/** What a verb's result is shown with. */
export interface View {
  readonly values: Values
  readonly manifest: Manifest
  readonly paint: Paint
  readonly columns: number | undefined
  readonly terminal: Terminal
  readonly live: Live
  /** `--gateway waha` when that was needed to get here, for the commands that are proposed. */
  readonly gatewayFlag: string
  /** Writes a line for people to stderr. */
  say(text: string): void
}

/**
 * How a field of a verb's input is given.
 *
 * `text`, `number`, `duration` (1500, 30s, 7d), `json` (text, `@file`, `-`), `choice`, `choices` (separated by commas), `list` (several
 * times), `cards` (`Name:+4915…`), `media` (a file, `--url`, or `-`), `onOff`, `switch` (true when it is there), `off` (false when it
 * is there), `secret` (`@file` or `-` only), `limit` and `cursor` of lists.
 */
export type Kind =
  | 'text'
  | 'number'
  | 'duration'
  | 'json'
  | 'choice'
  | 'choices'
  | 'list'
  | 'cards'
  | 'media'
  | 'onOff'
  | 'switch'
  | 'off'
  | 'secret'
  | 'limit'
  | 'cursor'

/** One field of a verb's input on the command line. */
export interface InputSpec {
  readonly about: string
  /** Default `text`. */
  readonly kind?: Kind
  /** Stands in its place, and can be given as `--name`, too. */
  readonly place?: boolean
  readonly required?: boolean
  /** Its name as a flag; default the field's own. */
  readonly flag?: string
  /** What stands for its value in help. */
  readonly value?: string
  readonly choices?: readonly string[]
}

type InputOf<Id extends VerbId> = Exclude<Parameters<Verb<Id>>[0], undefined>
type ResultOf<Id extends VerbId> = Awaited<ReturnType<Verb<Id>>>

/** How a result looks. */
export interface Show<Result> {
  readonly text: (result: Result, view: View) => string | Promise<string>
  /** What is one line of a list. */
  readonly rows?: (result: Result) => readonly unknown[]
  /** What a program gets; default the result. */
  readonly data?: (result: Result, view: View) => unknown
}

/** One verb on the command line: what it takes, and how its result looks. */
export interface VerbSpec<Id extends VerbId> {
  /** One line. */
  readonly about: string
  readonly details?: string
  readonly examples: readonly string[]
  /** Every field of the input, in the order of their places; `null` for one that is not for the command line. */
  readonly input: { readonly [Field in keyof Required<InputOf<Id>>]: InputSpec | null }
  /** Flags that are no fields. */
  readonly flags?: Readonly<Record<string, FlagSpec>>
  /** What is lost with these values; asked about before. */
  readonly danger?: (values: Values) => Danger | undefined
  /** `--timeout` is how long the verb waits in all, not how long one call may take. */
  readonly waits?: boolean
  /** Input that is no field of the command line. */
  readonly more?: (values: Values, live: Live) => Partial<InputOf<Id>>
  readonly options?: (live: Live) => Parameters<Verb<Id>>[1]
  readonly show: Show<ResultOf<Id>>
  /** Goes on after the result with the gateway at hand, on a terminal: the QR code until it is scanned. */
  readonly follow?: (result: ResultOf<Id>, follow: Follow) => Promise<number | undefined>
}

/** What a verb that goes on has at hand. */
export interface Follow {
  readonly context: Context
  readonly view: View
  /** Calls a verb of the same gateway, on the session that is meant. */
  call<Id extends VerbId>(id: Id, input: InputOf<Id>): Promise<ResultOf<Id>>
  /** False where the gateway lacks the verb. */
  has(id: VerbId): boolean
}

/** A verb whose types are forgotten, as commands run it. */
export interface AnyVerbSpec {
  readonly about: string
  readonly details?: string
  readonly examples: readonly string[]
  readonly input: Readonly<Record<string, InputSpec | null>>
  readonly flags?: Readonly<Record<string, FlagSpec>>
  readonly danger?: (values: Values) => Danger | undefined
  readonly waits?: boolean
  readonly more?: (values: Values, live: Live) => object
  readonly options?: (live: Live) => object
  readonly show: Show<unknown>
  readonly follow?: (result: unknown, follow: Follow) => Promise<number | undefined>
}

/** The verbs of one namespace, complete by type. */
export type VerbSpecs<Namespace extends string> = {
  readonly [Id in VerbId as Id extends `${Namespace}.${infer Name}` ? Name : never]: VerbSpec<Id>
}
