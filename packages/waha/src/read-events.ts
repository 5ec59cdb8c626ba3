import type { ParsedEvent } from '@wamux/core/webhooks'
import { engineEvents, recordOf, textOf, timeOf } from '@wamux/engine'

/** Reads the events of an envelope. Webhooks and the socket have the same envelopes. */
export function readEvents(body: unknown): readonly ParsedEvent[] {
  const { event, session, id, timestamp, payload, me } = recordOf(body) ?? {}
  return engineEvents({ word: textOf(event) ?? '', session: textOf(session), id: textOf(id), at: timeOf(timestamp), payload, me })
}
