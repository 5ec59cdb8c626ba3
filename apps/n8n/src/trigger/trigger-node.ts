import type { EventType, GatewayEvent } from '@wamux/core'
import type { WebhookRequest } from '@wamux/core/webhooks'
import type { GatewayNode } from '../gateways/gateway-node.ts'

/** What a delivery is checked with. */
export interface DeliveryChecks {
  /** Secrets that the webhook may have been registered with. */
  readonly secrets: readonly string[]
  /** How old a signed time may be, ms. */
  readonly toleranceMs: number
  /** Largest body, bytes. */
  readonly maxBodyBytes: number
  /** How the gateway signs, where that can be chosen. */
  readonly signature: string
}

/** Where the proof is that a delivery is the gateway's: a signature, or a token in the address that only the gateway knows. */
export type Proof = 'signature' | 'address'

/** What a trigger knows of its gateway. */
export interface TriggerNode {
  readonly node: GatewayNode
  /** Types that the gateway can tell of, for the list of events. */
  readonly types: readonly EventType[]
  /** `false`: it sends everything, and what was not asked for is left out here. */
  readonly choosesEvents: boolean
  /** Where the proof is. @param signature how the gateway signs, where that can be chosen */
  proof(signature: string): Proof
  /** A session has room for one webhook only. */
  readonly hasOneWebhook?: true
  /** All webhooks of a session are in one list, which each change writes as a whole. */
  readonly writesWholeList?: true
  /** Checks and reads a delivery. @throws GatewayError `auth`, `invalid_request` */
  parse(request: WebhookRequest, checks: DeliveryChecks): Promise<readonly GatewayEvent[]>
}
