import type { CallOptions } from '../schema/call-options.ts'
import type { Media } from './media.ts'
import type { Acknowledged } from './refs.ts'
import type { SessionRef } from './session.ts'

export interface Profile<Raw = unknown> {
  readonly session: string
  /** The account's own JID. */
  readonly id?: string
  readonly name?: string
  readonly about?: string
  readonly pictureUrl?: string
  readonly raw: Raw
}

/** How this account shows itself. */
export interface ProfileVerbs {
  /** The account's own profile. */
  get(input: SessionRef, options?: CallOptions): Promise<Profile>
  /** Changes the display name. */
  setName(input: SessionRef & { readonly name: string }, options?: CallOptions): Promise<Acknowledged>
  /** Changes the text about oneself. */
  setAbout(input: SessionRef & { readonly about: string }, options?: CallOptions): Promise<Acknowledged>
  /** Changes the picture. */
  setPicture(input: SessionRef & { readonly file: Media }, options?: CallOptions): Promise<Acknowledged>
}
