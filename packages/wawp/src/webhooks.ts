import { GatewayError } from '@wamux/core'
import {
  type Delivery,
  defineWebhooks,
  hmacMatches,
  type ParsedEvent,
  type ParseWebhook,
  secretMatches,
  secretsOf,
  type WebhookOptions,
} from '@wamux/core/webhooks'
import { engineEvents, firstOf, recordOf, textOf, timeOf } from '@wamux/engine'
import { manifest } from './manifest.ts'

/**
 * What the header X-Wawp-Signature contains. `secret`: the webhook's `hmac` itself, which is one reading of the vendor's pages; it proves
 * that the sender knows the secret, and nothing about the body. `hmac-sha256`: hex HMAC of the raw body, as the vendor's Python package
 * checks it. `hmac-sha512`: the same with the hash of WAHA, Wawp's engine. `none`: there is no such header, for webhooks without `hmac`;
 * anybody can send such deliveries.
 */
export type WawpSignature = 'secret' | 'hmac-sha256' | 'hmac-sha512' | 'none'

/** Options of `parseWebhook` for deliveries of Wawp. */
export interface WawpWebhookOptions extends WebhookOptions {
  /**
   * How Wawp signs. The vendor's sources contradict each other, so there is no default: look at one delivery, and choose what matches.
   *
   * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#signature
   */
  readonly signature: WawpSignature
}

const CHECKS: Readonly<
  Record<WawpSignature, (delivery: Delivery, secrets: readonly string[], given: string | undefined) => Promise<boolean>>
> = {
  secret: (_, secrets, given) => secretMatches(secrets, given),
  'hmac-sha256': ({ body }, secrets, given) => hmacMatches('sha256', secrets, body, given),
  'hmac-sha512': ({ body }, secrets, given) => hmacMatches('sha512', secrets, body, given),
  none: async () => true,
}

/**
 * Checks a delivery of Wawp and reads its events. That deliveries have the envelope of WAHA is inferred: only `event` was seen. A time in
 * the body is checked, too; only the two HMACs prove that it was not changed.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#signature
 */
export const parseWebhook: ParseWebhook<WawpWebhookOptions> = defineWebhooks<WawpWebhookOptions>({
  gateway: manifest.id,
  async verify(delivery, options) {
    const signature = options?.signature
    if (typeof signature !== 'string' || !Object.hasOwn(CHECKS, signature)) throw noSignature()
    const secrets = signature === 'none' ? [] : secretsOf(manifest.id, options.secrets)
    return CHECKS[signature](delivery, secrets, delivery.header('x-wawp-signature'))
  },
  signedAt: (body) => timeOf(firstOf(recordOf(body), 'timestamp', 'ts')),
  read,
})

function noSignature(): GatewayError {
  const modes = Object.keys(CHECKS)
  return new GatewayError(`${manifest.id} webhook: signature: expected one of ${modes.join(', ')}`, {
    kind: 'config',
    gateway: manifest.id,
    field: 'signature',
    hint: 'The vendor’s sources disagree on what X-Wawp-Signature contains: the secret, or an HMAC of the body. Look at one delivery; without that header choose "none".',
  })
}

function read(body: unknown): readonly ParsedEvent[] {
  const envelope = recordOf(body) ?? {}
  const id = textOf(envelope.id)
  // an older form has no payload around its fields
  const payload = recordOf(envelope.payload) ?? envelope
  const event = {
    // `session` is the engine's name of the session, which no call of Wawp accepts
    session: textOf(envelope.instance_id) ?? textOf(envelope.session),
    at: timeOf(firstOf(envelope, 'timestamp', 'ts')),
    payload,
    me: envelope.me,
  }
  return wordsOf(envelope).flatMap((word, index) =>
    engineEvents({ ...event, word, id: index === 0 || id === undefined ? id : `${id}:${word}` }),
  )
}

// `event` is one name, or several for the same event; the older form reports only states and has none
function wordsOf({ event, status, instance_id }: Readonly<Record<string, unknown>>): readonly string[] {
  const words = (Array.isArray(event) ? event : [event]).filter((word) => textOf(word) !== undefined)
  if (words.length > 0) return words
  return [textOf(status) !== undefined && textOf(instance_id) !== undefined ? 'session.status' : '']
}
