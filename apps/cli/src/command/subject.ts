import type { Manifest, Safety } from '@wamux/core'

/** What a command does at the gateway. Messages about errors and interruptions depend on it. */
export type Effect = 'read' | 'change' | 'send'

/** The effect of an operation, by its safety class. */
export function effectOf(safety: Safety): Effect {
  return safety === 'read' || safety === 'send' ? safety : 'change'
}

/** What a command is about. Messages about errors name it. */
export interface Subject {
  readonly manifest?: Manifest
  readonly session?: string
  readonly effect?: Effect
  /** Name of the profile. */
  readonly profile?: string
  /** The command in words: `session stop` */
  readonly title?: string
}
