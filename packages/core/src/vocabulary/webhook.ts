import type { CallOptions } from '../schema/call-options.ts'
import type { EventType } from './event.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged } from './refs.ts'
import type { SessionRef } from './session.ts'

export interface Webhook<Raw = unknown> {
  readonly session: string
  /** What names it in `update` and `delete`: the gateway's id, or its address where webhooks have none. */
  readonly id: string
  readonly url: string
  /** The gateway's own words for the events; empty when it does not tell, or sends all. */
  readonly events: readonly string[]
  readonly active?: boolean
  /** Whether deliveries prove who sent them, where that is known. */
  readonly signed?: boolean
  /** The key that the gateway made up because none was given; it is told this once. */
  readonly secret?: string
  readonly raw: Raw
}

export interface WebhookInput {
  /** Where the gateway posts: http(s). */
  readonly url: string
  /** Which events. Default: all that the gateway has. */
  readonly events?: readonly EventType[]
  /** Key that the gateway signs with, where it signs. */
  readonly secret?: string
}

/** Where a gateway posts its events. Every change leaves the webhooks that others set as they are. */
export interface WebhookVerbs {
  /** All webhooks of a session. */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Webhook>
  /** Adds a webhook. Throws `conflict` when there is one with that address, `unsupported` for events or a secret that it cannot have. */
  create(input: SessionRef & WebhookInput, options?: CallOptions): Promise<Webhook>
  /** Changes a webhook. Throws `not_found`. */
  update(input: SessionRef & { readonly webhook: string } & Partial<WebhookInput>, options?: CallOptions): Promise<Webhook>
  /** Removes a webhook. Throws `not_found`. */
  delete(input: SessionRef & { readonly webhook: string }, options?: CallOptions): Promise<Acknowledged>
}
