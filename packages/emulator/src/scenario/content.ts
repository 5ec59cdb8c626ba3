import type { MessageType, Place, Poll } from '../network/types.ts'

/** A time: `500 ms`, `3 s`, `2 min`, `1 h`, `2 d`. */
export type Duration = string

/** What a message contains: one of these. */
export interface ScenarioContent {
  readonly text?: string
  readonly poll?: Omit<Poll, 'multiple'> & { readonly multiple?: boolean }
  readonly place?: Place
  readonly file?: { readonly base64: string; readonly mimetype?: string; readonly filename?: string; readonly type?: MessageType }
}

/** Which messages a reply is for: those that everything given fits. */
export interface ScenarioCondition {
  readonly from?: string
  /** A group; `private` for messages of one person to another. Default: both. */
  readonly in?: string
  /** The whole text, whatever its case. */
  readonly text?: string
  /** A part of the text, whatever its case. */
  readonly contains?: string
  /** A regular expression, whatever the case. */
  readonly matches?: string
  readonly type?: MessageType
}

/** A reply that a phone of a scenario sends by itself. */
export interface ScenarioReply extends ScenarioContent {
  /** Who replies. */
  readonly phone: string
  readonly when?: ScenarioCondition
  /** How long after the message arrived. Default `1 s`. */
  readonly after?: Duration
  /** Shows as typing until then. */
  readonly typing?: boolean
  /** Quotes the message. */
  readonly quote?: boolean
  /** Reacts with an emoji. */
  readonly react?: string
  /** Votes in the poll that arrived. */
  readonly vote?: readonly string[]
  /** How often it is given at most. Default: always. */
  readonly times?: number
}
