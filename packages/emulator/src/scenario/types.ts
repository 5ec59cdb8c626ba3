import type { AccountInput, FaultInput } from '../faults/fault-control.ts'
import type { BusinessProfile } from '../network/types.ts'
import type { GatewayId } from '../sessions/session.ts'
import type { Duration, ScenarioContent, ScenarioReply } from './content.ts'

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
  /** What goes wrong, as `control.fault` takes it: a kind by its name, or the single fields. */
  readonly faults?: readonly FaultInput[]
  /** States of accounts, as `control.account` takes them; `phone` is a name of the scenario. */
  readonly accounts?: readonly AccountInput[]
}

/** A phone of a scenario. */
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

/** A group of a scenario; people are named by their names in it. */
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

/** A message that is there when the scenario begins. */
export interface ScenarioMessage extends ScenarioContent {
  readonly from: string
  /** A phone or group. */
  readonly to: string
  /** How long ago. Default: now. */
  readonly ago?: Duration
  /** Whether nobody has read it yet. */
  readonly unread?: boolean
}

/** A session of a gateway in a scenario. */
export interface ScenarioSession {
  readonly gateway: GatewayId
  /** Its name, at WAHA and WARest. Default `default`. */
  readonly name?: string
  /** The phone that it is paired with. */
  readonly phone: string
  readonly webhook?: { readonly url: string; readonly events?: readonly string[]; readonly secret?: string }
}

/** What a scenario made. */
export interface ScenarioView {
  /** Numbers of its phones, by name. */
  readonly phones: Readonly<Record<string, string>>
  /** JIDs of its groups, by name. */
  readonly groups: Readonly<Record<string, string>>
  /** Its sessions, in their order. */
  readonly sessions: readonly { readonly gateway: GatewayId; readonly session: string; readonly phone: string }[]
  /** ms since the epoch, when it began. */
  readonly now: number
}
