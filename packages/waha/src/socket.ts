import type { EventSocket } from '@wamux/core'
import { engineEvents, engineEventWords, numberOf, recordOf, textOf } from '@wamux/core/engine'
import { unsupportedInput } from '@wamux/core/verbs'
import type { ParsedEvent } from '@wamux/core/webhooks'
import type { WahaConfig } from './auth.ts'
import { manifest } from './manifest.ts'

/** WAHA's event socket: the same envelopes with the same ids as the webhooks. */
export const socket: EventSocket<WahaConfig> = {
  url({ apiKey }, baseUrl, { session, types }) {
    const words = types === undefined ? ['*'] : engineEventWords(types).words
    if (words.length === 0) throw unsupportedInput(manifest, 'types', 'it tells of none of these.')
    const query = [['x-api-key', apiKey], ['session', session], ...words.map((word) => ['events', word])]
    return `${baseUrl.replace(/^http/, 'ws')}/ws?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`
  },
  read: readEvents,
}

/** What an envelope tells: of a webhook or of the socket, they are the same. */
export function readEvents(body: unknown): readonly ParsedEvent[] {
  const { event, session, id, timestamp, payload, me } = recordOf(body) ?? {}
  return engineEvents({ word: textOf(event) ?? '', session: textOf(session), id: textOf(id), at: numberOf(timestamp), payload, me })
}
