import type { CallOptions } from '../schema/call-options.ts'
import type { Media } from './media.ts'
import type { Acknowledged } from './refs.ts'
import type { SessionRef } from './session.ts'

/** Input of `status.sendText`. */
export interface StatusTextInput extends SessionRef {
  /** The text, not empty. */
  readonly text: string
  /** `#rrggbb`, if the gateway can do that. Default: the gateway's. */
  readonly backgroundColor?: string
}

/** Input of status posts with a file. */
export interface StatusFileInput extends SessionRef {
  /** The file: a link, bytes or base64 text. */
  readonly file: Media
  /** Text below the file. Default: none. */
  readonly caption?: string
}

/** A status post that the gateway accepted. */
export interface SentStatus<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** The gateway's id of the post; absent when its response has none. */
  readonly id?: string
  /** `queued` by the gateway, `sent` to WhatsApp, or `unknown` when the gateway does not say. */
  readonly status: 'queued' | 'sent' | 'unknown'
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** Status posts ("stories"), which contacts see for 24 hours. They are sends: never repeated when they may have been posted. */
export interface StatusVerbs {
  /**
   * Posts a text.
   *
   * @param input session and text
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the post
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendText(input: StatusTextInput, options?: CallOptions): Promise<SentStatus>
  /**
   * Posts a picture.
   *
   * @param input session, file and caption
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the post
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendImage(input: StatusFileInput, options?: CallOptions): Promise<SentStatus>
  /**
   * Posts a video.
   *
   * @param input session, file and caption
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the post
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendVideo(input: StatusFileInput, options?: CallOptions): Promise<SentStatus>
  /**
   * Posts a voice note.
   *
   * @param input session and file
   * @param options signal, deadline and attempts of this call
   * @returns the gateway's id of the post
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `unsupported`: the gateway cannot take the file in this way; nothing was sent
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and the message may have been sent
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  sendVoice(input: Omit<StatusFileInput, 'caption'>, options?: CallOptions): Promise<SentStatus>
  /**
   * Deletes an own status post for everyone.
   *
   * @param input session, and id of the post as `message`
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session or post
   * @throws {GatewayError} `unknown_outcome`: the response was lost, and it may have been done
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  delete(input: SessionRef & { readonly message: string }, options?: CallOptions): Promise<Acknowledged>
}
