import type { CallOptions } from '../schema/call-options.ts'
import type { Chat } from './chat.ts'
import type { Paged, PageInput } from './page.ts'
import type { Acknowledged, ChatRef } from './refs.ts'
import type { SessionRef } from './session.ts'

/** A label of WhatsApp Business. */
export interface Label<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** The gateway's id of the label. */
  readonly id: string
  /** Name of the label. */
  readonly name?: string
  /** WhatsApp's number of its colour. */
  readonly color?: number
  /** The gateway's label, unchanged. */
  readonly raw: Raw
}

/** Names a label. */
export interface LabelRef extends SessionRef {
  /** Id of the label. */
  readonly label: string
}

/** Labels of WhatsApp Business chats. SparkBot's labels are a feature of that service and not part of WhatsApp; they are not meant here. */
export interface LabelVerbs {
  /**
   * All labels.
   *
   * @param input session, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  list(input: SessionRef & PageInput, options?: CallOptions): Paged<Label>
  /**
   * Makes a label.
   *
   * @param input session, name, and WhatsApp's number of the colour
   * @param options signal, deadline and attempts of this call
   * @returns the label
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been made
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  create(input: SessionRef & { readonly name: string; readonly color?: number }, options?: CallOptions): Promise<Label>
  /**
   * Changes a label's name or colour.
   *
   * @param input session, label, name and colour
   * @param options signal, deadline and attempts of this call
   * @returns the label
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or label
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  update(input: LabelRef & { readonly name?: string; readonly color?: number }, options?: CallOptions): Promise<Label>
  /**
   * Removes a label, also from its chats. wamux never repeats it.
   *
   * @param input session and label
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or label
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  delete(input: LabelRef, options?: CallOptions): Promise<Acknowledged>
  /**
   * The chats that have a label.
   *
   * @param input session, label, page size and cursor
   * @param options signal, deadline and attempts of this call
   * @returns the first page when awaited, all items when iterated
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or label
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  chats(input: LabelRef & PageInput, options?: CallOptions): Paged<Chat>
  /**
   * The labels of a chat.
   *
   * @param input session and chat
   * @param options signal, deadline and attempts of this call
   * @returns the labels
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  ofChat(
    input: ChatRef,
    options?: CallOptions,
  ): Promise<{ readonly session: string; readonly labels: readonly Label[]; readonly raw: unknown }>
  /**
   * Gives a chat exactly these labels and removes all others.
   *
   * @param input session, chat and ids of labels
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or chat
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setForChat(input: ChatRef & { readonly labels: readonly string[] }, options?: CallOptions): Promise<Acknowledged>
}
