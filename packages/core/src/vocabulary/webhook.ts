import type { CallOptions } from '../schema/call-options.ts'
import type { EventType } from './event.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged } from './refs.ts'
import type { SessionRef } from './session.ts'

/** A webhook: an address that the gateway posts events to. */
export interface Webhook<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** Names it in `update` and `delete`: the gateway's id, or the address if webhooks have no id. */
  readonly id: string
  /** Address that the gateway posts to. */
  readonly url: string
  /** The gateway's own names of the events; empty when it does not tell, or sends all. */
  readonly events: readonly string[]
  /** False when the gateway has switched it off. */
  readonly active?: boolean
  /** True when deliveries are signed, false when not; absent when that is not known. */
  readonly signed?: boolean
  /** Key that the gateway generated because none was given. Only `create` returns it. */
  readonly secret?: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Settings of a webhook. */
export interface WebhookInput {
  /** Address that the gateway posts to, http(s). */
  readonly url: string
  /** Events to post. Default: all that the gateway has. */
  readonly events?: readonly EventType[]
  /** Key that the gateway signs deliveries with. Default: none. */
  readonly secret?: string
}

/** Where a gateway posts its events. No change touches the webhooks that other programs set. */
export interface WebhookVerbs {
  /**
   * All webhooks of a session.
   *
   * @param input session, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Webhook>
  /**
   * Adds a webhook.
   *
   * @param input session, address, events and key
   * @param options signal, deadline and attempts of this call
   * @returns the webhook
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `conflict`: there is a webhook with that address
   * @throws {GatewayError} `unsupported`: the gateway cannot post these events, or cannot sign
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been made
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  create(input: SessionRef & WebhookInput, options?: CallOptions): Promise<Webhook>
  /**
   * Changes a webhook.
   *
   * @param input session, id of the webhook, and the settings to change
   * @param options signal, deadline and attempts of this call
   * @returns the webhook
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or webhook
   * @throws {GatewayError} `unsupported`: the gateway cannot post these events, or cannot sign
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  update(input: SessionRef & { readonly webhook: string } & Partial<WebhookInput>, options?: CallOptions): Promise<Webhook>
  /**
   * Removes a webhook.
   *
   * @param input session, and id of the webhook
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or webhook
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  delete(input: SessionRef & { readonly webhook: string }, options?: CallOptions): Promise<Acknowledged>
}
