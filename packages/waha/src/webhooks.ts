import { defineWebhooks, hmacMatches, type ParseWebhook, secretsOf, type WebhookOptions } from '@wamux/core/webhooks'
import { numberOf, recordOf, timeOf } from '@wamux/engine'
import { manifest } from './manifest.ts'
import { readEvents } from './read-events.ts'

/** Options of `parseWebhook` for deliveries of WAHA. */
export interface WahaWebhookOptions extends WebhookOptions {
  /**
   * `hmac` checks the signature with `secrets`. `none` accepts deliveries of webhooks that were set up without a key, which anybody could
   * send. Default `hmac`.
   *
   * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#webhooks
   */
  readonly verify?: 'hmac' | 'none'
}

/**
 * Checks a delivery of WAHA and reads its events. The signature is the hex HMAC-SHA512 of the raw body, and the checked time is the one in
 * the body. WAHA repeats a delivery with the same body. With exponential pauses it may do so for more than 5 minutes: raise `toleranceMs`
 * then.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#webhooks
 */
export const parseWebhook: ParseWebhook<WahaWebhookOptions> = defineWebhooks<WahaWebhookOptions>({
  gateway: manifest.id,
  async verify(delivery, { secrets, verify = 'hmac' }) {
    if (verify === 'none') return true
    return hmacMatches('sha512', secretsOf(manifest.id, secrets), delivery.body, delivery.header('x-webhook-hmac'))
  },
  signedAt: (body) => timeOf(recordOf(body)?.timestamp) ?? numberOf(recordOf(body)?.timestamp),
  read: readEvents,
})
