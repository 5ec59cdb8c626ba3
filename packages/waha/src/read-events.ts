import type { ParsedEvent } from '@wamux/core/webhooks'
import { engineEvents, recordOf, textOf, timeOf } from '@wamux/engine'

/** What an envelope tells: of a webhook or of the socket, they are the same. */
export function readEvents(body: unknown): readonly ParsedEvent[] {
  const { event, session, id, timestamp, payload, me } = recordOf(body) ?? {}
  return engineEvents({ word: textOf(event) ?? '', session: textOf(session), id: textOf(id), at: timeOf(timestamp), payload, me })
}
