import type { Manifest, Safety } from '@wamux/core'

/** What a command does at the gateway. Messages about errors and interruptions depend on it. */
export type Effect = 'read' | 'change' | 'send'

/** The effect of an operation, by its safety class. */
export function effectOf(safety: Safety): Effect {
  return safety === 'read' || safety === 'send' ? safety : 'change'
}

/** The thing at the gateway that a command names, for the message when there is no such thing. */
export interface LookedFor {
  /** `message`, `group`, `path` */
  readonly thing: string
  readonly name: string
  /** The chat of a message. */
  readonly chat?: string
  /** The command in words: `message get` */
  readonly verb: string
}

/** What a command is about. Messages about errors name it. */
export interface Subject {
  readonly manifest?: Manifest
  readonly session?: string
  readonly lookedFor?: LookedFor
  readonly effect?: Effect
  /** Name of the profile. */
  readonly profile?: string
  /** The command in words: `session stop` */
  readonly title?: string
}
