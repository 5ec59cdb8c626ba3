import { type EventSocket, unsupportedInput } from '@wamux/core'
import { engineEvents, engineEventWords, numberOf, recordOf, textOf } from '@wamux/core/engine'
import { defineWebhooks, type EventDraft, hmacMatches, type ParseWebhook, secretsOf, type WebhookOptions } from '@wamux/core/webhooks'
import type { WahaConfig } from './auth.ts'
import { manifest } from './manifest.ts'

export interface WahaWebhookOptions extends WebhookOptions {
  /** `none` takes deliveries of webhooks that were set up without a key: anybody can write those. Default `hmac`. */
  readonly verify?: 'hmac' | 'none'
}

/**
 * Checks a delivery of WAHA and tells what happened. The signature, hex HMAC-SHA512 of the raw body, covers the body only; the time that is
 * checked is the body's own. WAHA repeats a delivery with the same body: with exponential pauses that can go on longer than 5 minutes, so
 * raise `toleranceMs` then.
 */
export const parseWebhook: ParseWebhook<WahaWebhookOptions> = defineWebhooks<WahaWebhookOptions>({
  gateway: manifest.id,
  async verify(delivery, { secrets, verify = 'hmac' }) {
    if (verify === 'none') return true
    return hmacMatches('sha512', secretsOf(manifest.id, secrets), delivery.body, delivery.header('x-webhook-hmac'))
  },
  signedAt: (body) => numberOf(recordOf(body)?.timestamp),
  read,
})

/** WAHA's event socket: the same envelopes with the same ids as the webhooks. */
export const socket: EventSocket<WahaConfig> = {
  url({ apiKey }, baseUrl, { session, types }) {
    const words = types === undefined ? ['*'] : engineEventWords(types).words
    if (words.length === 0) throw unsupportedInput(manifest, 'types', 'it tells of none of these.')
    const query = [['x-api-key', apiKey], ['session', session], ...words.map((word) => ['events', word])]
    return `${baseUrl.replace(/^http/, 'ws')}/ws?${query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`
  },
  read,
}

function read(body: unknown): readonly EventDraft[] {
  const { event, session, id, timestamp, payload } = recordOf(body) ?? {}
  return engineEvents({ word: textOf(event) ?? '', session: textOf(session), id: textOf(id), at: numberOf(timestamp), payload })
}
