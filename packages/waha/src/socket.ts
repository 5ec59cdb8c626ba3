import type { EventSocket } from '@wamux/core'
import { unsupportedInput } from '@wamux/core/verbs'
import { engineEventWords } from '@wamux/engine'
import type { WahaConfig } from './auth.ts'
import { manifest } from './manifest.ts'
import { readEvents } from './read-events.ts'

/**
 * WAHA's event socket: the same envelopes with the same ids as the webhooks.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#the-event-socket
 */
export const socket: EventSocket<WahaConfig> = {
  url({ apiKey }, baseUrl, { session, types }) {
    const words = types === undefined ? ['*'] : engineEventWords(types).words
    if (words.length === 0) throw unsupportedInput(manifest, 'types', 'it reports none of these.')
    const query = [['x-api-key', apiKey], ['session', session], ...words.map((word) => ['events', word])]
    return `${baseUrl.replace(/^http/, 'ws')}/ws?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`
  },
  read: readEvents,
}
