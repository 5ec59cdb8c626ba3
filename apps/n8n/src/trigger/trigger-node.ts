import type { EventType, GatewayEvent } from '@wamux/core'
import type { WebhookRequest } from '@wamux/core/webhooks'
import type { GatewayNode } from '../gateways/gateway-node.ts'

/** What a delivery is checked with. */
export interface Checking {
  /** The secret that was made when the webhook was registered. */
  readonly secret: string
  /** How old a signed time may be, ms. */
  readonly toleranceMs: number
  /** How the gateway signs, where it is not known for sure. */
  readonly signature: string
}

/** What a trigger knows of its gateway. */
export interface TriggerNode {
  readonly node: GatewayNode
  /** Types that the gateway can tell of, for the list of events. */
  readonly types: readonly EventType[]
  /** `false`: it sends everything, and what was not asked for is left out here. */
  readonly choosesEvents: boolean
  /** Where the proof goes that a delivery is the gateway's: a key that it signs with, or a part of the address that only it knows. */
  readonly proof: 'signature' | 'address'
  /** Checks and reads a delivery. @throws GatewayError `auth`, `invalid_request` */
  parse(request: WebhookRequest, checking: Checking): Promise<readonly GatewayEvent[]>
}
