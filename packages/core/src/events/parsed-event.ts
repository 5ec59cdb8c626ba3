import type { EventData, EventType, GatewayEvent } from '../vocabulary/event.ts'
import { canonicalWithin, withCanonicalPersons } from './dedupe-key.ts'

/** What a plugin reads out of a delivery or frame; core completes it. */
export type ParsedEvent = {
  readonly [Type in EventType]: {
    readonly type: Type
    /** The gateway's own word. */
    readonly vendorType: string
    readonly session?: string | undefined
    readonly id?: string | undefined
    /** ms since the epoch. */
    readonly at?: number | undefined
    readonly data: EventData[Type]
    /** Identifies this event among those of the session. Default: its id. */
    readonly dedupeKey?: string | undefined
    /** Default: the whole delivery. */
    readonly raw?: unknown
  }
}[EventType]

/** Facts about the delivery or frame. They fill in the fields that the plugin left out. */
export interface ParsedEventContext {
  readonly gateway: string
  readonly raw: unknown
  /** Id for an event without one: usually a digest of the content. */
  readonly contentId: string
  readonly receivedAt: number
}

/**
 * Completes what a plugin has read.
 *
 * @param index its place, where one delivery has several
 */
export function completeEvent(parsed: ParsedEvent, context: ParsedEventContext, index: number): GatewayEvent {
  const { gateway, raw, contentId, receivedAt } = context
  const session = parsed.session ?? ''
  const id = parsed.id ?? (index === 0 ? contentId : `${contentId}-${index}`)
  return {
    id,
    gateway,
    session,
    type: parsed.type,
    vendorType: parsed.vendorType,
    at: parsed.at ?? receivedAt,
    // the same message comes under the number and under the LID of a person
    dedupeKey: [gateway, session, withCanonicalPersons(parsed.dedupeKey ?? id, canonicalWithin(parsed.data))].join(':'),
    data: parsed.data,
    raw: parsed.raw ?? raw,
  } as GatewayEvent
}

/** Reads a body with a plugin's reader: one that fails on what it was given makes an `unknown` event, never an error. */
export function parseEvents(read: (body: unknown) => readonly ParsedEvent[], body: unknown): readonly ParsedEvent[] {
  try {
    return read(body)
  } catch {
    return [{ type: 'unknown', vendorType: 'unreadable', data: {} }]
  }
}
