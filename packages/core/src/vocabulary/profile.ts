import type { CallOptions } from '../schema/call-options.ts'
import type { Media } from './media.ts'
import type { Acknowledged } from './refs.ts'
import type { SessionRef } from './session.ts'

/** The profile of the paired account. */
export interface Profile<Raw = unknown> {
  /** Session id. */
  readonly session: string
  /** The account's own JID. */
  readonly id?: string
  /** Display name. */
  readonly name?: string
  /** Text about oneself. */
  readonly about?: string
  /** Address of the profile picture. */
  readonly pictureUrl?: string
  /** The gateway's response, unchanged. */
  readonly raw: Raw
}

/** The profile that this account shows to other people. */
export interface ProfileVerbs {
  /**
   * The account's own profile.
   *
   * @param input the session
   * @param options signal, deadline and attempts of this call
   * @returns the profile
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`: there is no such session
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  get(input: SessionRef, options?: CallOptions): Promise<Profile>
  /**
   * Changes the display name.
   *
   * @param input session and name
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setName(input: SessionRef & { readonly name: string }, options?: CallOptions): Promise<Acknowledged>
  /**
   * Changes the text about oneself.
   *
   * @param input session and text
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setAbout(input: SessionRef & { readonly about: string }, options?: CallOptions): Promise<Acknowledged>
  /**
   * Changes the profile picture.
   *
   * @param input session and file
   * @param options signal, deadline and attempts of this call
   * @returns the gateway confirmed it
   * @throws {GatewayError} `invalid_request`: an input is missing or malformed
   * @throws {GatewayError} `not_found`, `conflict`: the session does not exist, or is not connected
   * @throws {GatewayError} `auth`, `permission`, `rate_limited`, `timeout`, `aborted`, `network`, `server`, `bad_response`: the call
   *   failed
   */
  setPicture(input: SessionRef & { readonly file: Media }, options?: CallOptions): Promise<Acknowledged>
}
