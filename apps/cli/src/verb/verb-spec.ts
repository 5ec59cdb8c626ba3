import type { Verb, VerbId } from '@wamux/core'
import type { Danger } from '../command/confirm.ts'
import type { Context } from '../command/context.ts'
import type { FlagSpec } from '../command/flags.ts'
import type { Values } from '../command/values.ts'
import type { SessionView } from '../print/session.ts'
import type { ProgressLine } from '../terminal/progress-line.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What a verb's result is printed with. */
export interface View extends SessionView {
  readonly values: Values
  readonly terminal: Terminal
  readonly progress: ProgressLine
}

/**
 * How a field of a verb's input is written on the command line.
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
  /** An argument in its place; `--name` is taken, too. */
  readonly positional?: boolean
  readonly required?: boolean
  /** An argument that may be any text, also one that begins with a dash. */
  readonly freeText?: boolean
  /** The value when it is left out. */
  readonly fallback?: 'session'
  /** A number or JID: what invisible characters came along with a copied number is taken out. */
  readonly address?: boolean
  /** Its name as a flag; default the field's own. */
  readonly flag?: string
  /** What help shows for its value. */
  readonly value?: string
  readonly choices?: readonly string[]
}

type InputOf<Id extends VerbId> = Exclude<Parameters<Verb<Id>>[0], undefined>
type ResultOf<Id extends VerbId> = Awaited<ReturnType<Verb<Id>>>

/** How a result is printed. */
export interface Show<Result> {
  readonly text: (result: Result, view: View) => string | Promise<string>
  /** The rows of a list. */
  readonly rows?: (result: Result) => readonly unknown[]
  /** What `--json` prints; default the result. */
  readonly data?: (result: Result, view: View) => unknown
}

/** One verb on the command line: what it takes, and how its result is printed. */
export interface VerbSpec<Id extends VerbId> {
  /** One line. */
  readonly about: string
  readonly details?: string
  readonly examples: readonly string[]
  /** Every field of the input, arguments in their order; `null` for a field that the command line does not have. */
  readonly input: { readonly [Field in keyof Required<InputOf<Id>>]: InputSpec | null }
  /** Flags that are no fields of the input. */
  readonly flags?: Readonly<Record<string, FlagSpec>>
  /** What a person has to confirm before the verb is called with these values. */
  readonly danger?: (values: Values) => Danger | undefined
  /** True for a verb that waits for something: `--timeout` limits the whole wait, not one request. */
  readonly waits?: boolean
  /** Input that comes from elsewhere than its field's argument or flag. */
  readonly extraInput?: (values: Values, progress: ProgressLine) => Partial<InputOf<Id>>
  /** Options of the call, such as a function that shows progress. */
  readonly options?: (progress: ProgressLine) => Parameters<Verb<Id>>[1]
  /** Other verbs that `follow` calls with these values: without one of them nothing is sent. */
  readonly calls?: (values: Values) => readonly VerbId[]
  readonly show: Show<ResultOf<Id>>
  /** Continues after the result with further calls: draws the QR code again until it is scanned. @returns the exit code when it did */
  readonly follow?: (result: ResultOf<Id>, follow: Follow) => Promise<number | undefined>
}

/** What `follow` works with. */
export interface Follow {
  readonly context: Context
  readonly view: View
  /** Calls another verb of the same gateway. */
  call<Id extends VerbId>(id: Id, input: InputOf<Id>): Promise<ResultOf<Id>>
  /** False where the gateway lacks the verb. */
  has(id: VerbId): boolean
}

/** A `VerbSpec` of any verb, for code that runs all of them. */
export interface AnyVerbSpec {
  readonly about: string
  readonly details?: string
  readonly examples: readonly string[]
  readonly input: Readonly<Record<string, InputSpec | null>>
  readonly flags?: Readonly<Record<string, FlagSpec>>
  readonly danger?: (values: Values) => Danger | undefined
  readonly waits?: boolean
  readonly extraInput?: (values: Values, progress: ProgressLine) => object
  readonly options?: (progress: ProgressLine) => object
  readonly calls?: (values: Values) => readonly VerbId[]
  readonly show: Show<unknown>
  readonly follow?: (result: unknown, follow: Follow) => Promise<number | undefined>
}

/** All verbs of one namespace; the type makes sure that none is missing. */
export type VerbSpecs<Namespace extends string> = {
  readonly [Id in VerbId as Id extends `${Namespace}.${infer Name}` ? Name : never]: VerbSpec<Id>
}
