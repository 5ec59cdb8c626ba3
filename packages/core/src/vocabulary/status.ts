import type { CallOptions } from '../schema/call-options.ts'
import type { Media } from './media.ts'
import type { Acknowledged } from './refs.ts'
import type { SessionRef } from './session.ts'

export interface StatusTextInput extends SessionRef {
  readonly text: string
  /** `#rrggbb`, where the gateway can. */
  readonly backgroundColor?: string
}

export interface StatusFileInput extends SessionRef {
  readonly file: Media
  readonly caption?: string
}

export interface SentStatus<Raw = unknown> {
  readonly session: string
  /** The gateway's id of the status; absent when its answer has none. */
  readonly id?: string
  readonly status: 'queued' | 'sent' | 'unknown'
  readonly raw: Raw
}

/** Status posts ("stories"), which contacts see for 24 hours. They are sends: never repeated when they may have been posted. */
export interface StatusVerbs {
  /** Posts a text. */
  sendText(input: StatusTextInput, options?: CallOptions): Promise<SentStatus>
  /** Posts a picture. */
  sendImage(input: StatusFileInput, options?: CallOptions): Promise<SentStatus>
  /** Posts a video. */
  sendVideo(input: StatusFileInput, options?: CallOptions): Promise<SentStatus>
  /** Posts a voice note. */
  sendVoice(input: Omit<StatusFileInput, 'caption'>, options?: CallOptions): Promise<SentStatus>
  /** Takes a status back. */
  delete(input: SessionRef & { readonly message: string }, options?: CallOptions): Promise<Acknowledged>
}
