import type { Fault } from '../faults.ts'
import type { BusinessProfile, MessageType, Place, Poll } from '../network/types.ts'
import type { GatewayId } from '../sessions/session.ts'

/** A time: `500 ms`, `3 s`, `2 min`, `1 h`, `2 d`. */
export type Duration = string

/** A world to begin with, and what its people do by themselves. Everything is optional. */
export interface Scenario {
  /** Where ids come from. Default 1. */
  readonly seed?: number
  /** What time it is when it begins, ISO 8601. Default: the emulator's time. */
  readonly time?: string
  /** Stops time once everything is there, so that each run goes on alike. Default: time runs, where the clock can. */
  readonly paused?: boolean
  /** Phones, by a name that the rest of the scenario uses. A number alone is enough. */
  readonly phones?: Readonly<Record<string, string | number | ScenarioPhone>>
  /** Groups, by a name that the rest of the scenario uses. */
  readonly groups?: Readonly<Record<string, ScenarioGroup>>
  /** What was written before, the oldest first within one time. */
  readonly history?: readonly ScenarioMessage[]
  /** Connected sessions of the gateways. */
  readonly sessions?: readonly ScenarioSession[]
  /** What people answer by themselves. For each message, the first reply of a phone that fits is given. */
  readonly replies?: readonly ScenarioReply[]
  /** Faults, as the control API takes them. */
  readonly faults?: readonly Fault[]
}

export interface ScenarioPhone {
  /** Number with country code. */
  readonly number: string | number
  readonly name?: string
  readonly about?: string
  readonly business?: BusinessProfile
  /** One that is off gets nothing. */
  readonly on?: boolean
  /** Whether it reads by itself what it gets. */
  readonly reads?: boolean
  /** Whether its number is on WhatsApp. */
  readonly registered?: boolean
  /** What it calls other phones, by their names in the scenario. */
  readonly contacts?: Readonly<Record<string, string>>
}

export interface ScenarioGroup {
  readonly subject: string
  readonly owner: string
  readonly members: readonly string[]
  readonly admins?: readonly string[]
  readonly description?: string
  /** Only admins may write. */
  readonly announcement?: boolean
  /** Admins let in who joins by the link. */
  readonly approval?: boolean
}

/** What a message contains: one of these. */
export interface ScenarioContent {
  readonly text?: string
  readonly poll?: Omit<Poll, 'multiple'> & { readonly multiple?: boolean }
  readonly place?: Place
  readonly file?: { readonly base64: string; readonly mimetype?: string; readonly filename?: string; readonly type?: MessageType }
}

export interface ScenarioMessage extends ScenarioContent {
  readonly from: string
  /** A phone or group. */
  readonly to: string
  /** How long ago. Default: now. */
  readonly ago?: Duration
  /** Whether nobody has read it yet. */
  readonly unread?: boolean
}

export interface ScenarioSession {
  readonly gateway: GatewayId
  /** Its name, at WAHA and WARest. Default `default`. */
  readonly name?: string
  /** The phone that it is paired with. */
  readonly phone: string
  readonly webhook?: { readonly url: string; readonly events?: readonly string[]; readonly secret?: string }
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
