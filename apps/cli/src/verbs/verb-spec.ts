import type { Manifest, Verb, VerbId } from '@wamux/core'
import type { Values } from '../args.ts'
import type { CommandSpec } from '../command.ts'
import type { Live } from '../live.ts'
import type { Paint } from '../terminal.ts'

/** What a verb's result is shown with. */
export interface View {
  readonly values: Values
  readonly manifest: Manifest
  readonly paint: Paint
  readonly columns: number | undefined
  readonly live: Live
  /** `--gateway waha` when that was needed to get here, for the commands that are proposed. */
  readonly gatewayFlag: string
  /** Writes a line for people to stderr. */
  say(text: string): void
}

/** How far a verb reaches: what an interruption may have left behind follows from it. */
export type Effect = 'read' | 'change' | 'send'

/** One verb on the command line: what it takes, what becomes of it, how its result looks. */
export interface VerbSpec<Id extends VerbId> extends CommandSpec {
  readonly effect: Effect
  /** What is lost for good with these values; asked about before. */
  readonly danger?: (values: Values) => string | undefined
  /** `--timeout` is how long the verb waits in all, not how long one call may take. */
  readonly waits?: boolean
  readonly input: (values: Values, live: Live) => Parameters<Verb<Id>>[0]
  readonly options?: (live: Live) => Parameters<Verb<Id>>[1]
  /** Text for people. */
  readonly print: (result: Awaited<ReturnType<Verb<Id>>>, view: View) => string | Promise<string>
  /** What `--json` gives; default the result. */
  readonly data?: (result: Awaited<ReturnType<Verb<Id>>>, view: View) => unknown
}

/** A verb whose types are forgotten, as commands run it. */
export interface AnyVerbSpec extends CommandSpec {
  readonly effect: Effect
  readonly danger?: (values: Values) => string | undefined
  readonly waits?: boolean
  readonly input: (values: Values, live: Live) => object
  readonly options?: (live: Live) => object
  readonly print: (result: unknown, view: View) => string | Promise<string>
  readonly data?: (result: unknown, view: View) => unknown
}

/** The verbs of one namespace, complete by type. */
export type VerbSpecs<Namespace extends string> = {
  readonly [Id in VerbId as Id extends `${Namespace}.${infer Name}` ? Name : never]: VerbSpec<Id>
}
