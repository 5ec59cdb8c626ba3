import type { EventData, EventType, GatewayEvent } from '../vocabulary/event.ts'

/** What a plugin reads out of a delivery or frame; core completes it. */
export type EventDraft = {
  readonly [Type in EventType]: {
    readonly type: Type
    /** The gateway's own word. */
    readonly vendorType: string
    readonly session?: string | undefined
    readonly id?: string | undefined
    /** ms since the epoch. */
    readonly at?: number | undefined
    readonly data: EventData[Type]
    /** What tells this event from others of the session; default: its id. */
    readonly dedupeKey?: string | undefined
    /** Default: the whole delivery. */
    readonly raw?: unknown
  }
}[EventType]

/** What the surroundings of a draft say, for what it leaves out. */
export interface DraftContext {
  readonly gateway: string
  readonly raw: unknown
  /** Names the content. */
  readonly contentId: string
  readonly receivedAt: number
}

/** Completes what a plugin has read. @param index its place, where one delivery has several */
export function completeEvent(draft: EventDraft, context: DraftContext, index: number): GatewayEvent {
  const { gateway, raw, contentId, receivedAt } = context
  const session = draft.session ?? ''
  const id = draft.id ?? (index === 0 ? contentId : `${contentId}-${index}`)
  return {
    id,
    gateway,
    session,
    type: draft.type,
    vendorType: draft.vendorType,
    at: draft.at ?? receivedAt,
    dedupeKey: [gateway, session, draft.dedupeKey ?? id].join(':'),
    data: draft.data,
    raw: draft.raw ?? raw,
  } as GatewayEvent
}

/** Reads a body with a plugin's reader: one that fails on what it was given makes an `unknown` event, never an error. */
export function readDrafts(read: (body: unknown) => readonly EventDraft[], body: unknown): readonly EventDraft[] {
  try {
    return read(body)
  } catch {
    return [{ type: 'unknown', vendorType: 'unreadable', data: {} }]
  }
}
