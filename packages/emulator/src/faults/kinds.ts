import type { GatewayId } from '../sessions/session.ts'

/** What goes wrong on the way between a program and a gateway. */
export type WireFault = 'lost' | 'lost-answer' | 'cut' | 'slow' | 'drip' | 'huge' | 'redirect' | 'error' | 'proxy-error'
/** What goes wrong with webhooks. */
export type WebhookFault = 'webhooks-twice' | 'webhooks-late' | 'webhooks-reordered' | 'webhooks-held'
/** Limits of one gateway. */
export type GatewayFault = 'rate-limit' | 'cooldown' | 'queue-held' | 'queue-rejecting'
/** Names of faults: `control.fault`. */
export type FaultName = WireFault | WebhookFault | GatewayFault

/** States of an account and its session: `control.account`. */
export type AccountFault =
  | 'banned'
  | 'timelock'
  | 'capping'
  | 'unpaid'
  | 'disabled'
  | 'replaced'
  | 'logged-out'
  | 'stuck'
  | 'crashed'
  | 'qr-expired'
  | 'passkey'
  | 'passkey-confirmation'

/** Where something goes wrong. */
export type FaultArea = 'account' | 'gateway' | 'wire' | 'webhook'

/** What one gateway makes of it. */
export interface GatewayAnswer {
  /** What the gateway answers, shows and reports, in a sentence or two. */
  readonly answers: string
  /**
   * `verified`: seen on a real server, in its source or in the vendor's documentation. `inferred`: concluded from such facts, never seen.
   */
  readonly evidence: 'verified' | 'inferred'
  /** Where that was seen, or what it is concluded from. */
  readonly source: string
}

/** Why there is nothing of it to see on a gateway. */
export interface NothingToSee {
  readonly absent: string
}

/** A number or text that can be chosen. */
export interface FaultValue {
  /** Its field in the input of `control.fault` or `control.account`. */
  readonly field: string
  /** What it is, with its unit. */
  readonly about: string
  readonly type: 'number' | 'text'
  /** What it is when it is left out; absent where that is worked out. */
  readonly usual?: number | string
  /** Least number. */
  readonly least?: number
  /** Largest number. */
  readonly most?: number
}

/** One thing that can go wrong. */
export interface FaultKind {
  readonly name: FaultName | AccountFault
  readonly area: FaultArea
  /** A few words, for lists. */
  readonly title: string
  /** Who does what, in one sentence. */
  readonly about: string
  /** Other words for it that are understood, too. */
  readonly also?: readonly string[]
  /** It lasts until it is stopped; otherwise it happens once, or to as many calls as was said. */
  readonly lasts: boolean
  /** What can be chosen, the most important first. */
  readonly values: readonly FaultValue[]
  /** Fields that it always has. */
  readonly fixed?: Readonly<Record<string, unknown>>
  /** What each gateway makes of it. */
  readonly gateways: Readonly<Record<GatewayId, GatewayAnswer | NothingToSee>>
}

/** Whether a gateway shows anything of a fault. */
export function concerns({ gateways }: FaultKind, gateway: GatewayId): boolean {
  return 'answers' in gateways[gateway]
}
