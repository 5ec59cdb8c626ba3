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
 * What the header X-Wawp-Signature holds. `secret`: the webhook's `hmac` itself, which is how the vendor's pages can be read; it proves that
 * the sender knows it, but nothing about the body. `hmac-sha256`: hex HMAC of the raw body, which is what the vendor's Python package checks.
 * `hmac-sha512`: the same with the hash of WAHA, which stands behind Wawp. `none`: nothing, for webhooks without `hmac`; anybody can write
 * those.
 */
export type WawpSignature = 'secret' | 'hmac-sha256' | 'hmac-sha512' | 'none'

/** Options of `parseWebhook` for deliveries of Wawp. */
export interface WawpWebhookOptions extends WebhookOptions {
  /**
   * How Wawp signs. Its sources contradict each other, so there is no default: look at one delivery, and choose what matches.
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
 * Checks a delivery of Wawp and tells what happened. That deliveries have the envelope of WAHA is inferred: only `event` was seen. The time
 * in the body is checked too, where there is one; it is proof with the two HMACs only.
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
    hint: 'The sources disagree on what X-Wawp-Signature holds: the bare secret, or an HMAC of the body. Look at one delivery; without the header say "none".',
  })
}

function read(body: unknown): readonly ParsedEvent[] {
  const envelope = recordOf(body) ?? {}
  const id = textOf(envelope.id)
  // an older form has no payload around its fields
  const payload = recordOf(envelope.payload) ?? envelope
  const event = {
    // `session` is the engine's name of it, which no call of Wawp takes
    session: textOf(envelope.instance_id) ?? textOf(envelope.session),
    at: timeOf(firstOf(envelope, 'timestamp', 'ts')),
    payload,
    me: envelope.me,
  }
  return wordsOf(envelope).flatMap((word, index) =>
    engineEvents({ ...event, word, id: index === 0 || id === undefined ? id : `${id}:${word}` }),
  )
}

// one word, or several for the same thing; the older form tells of states only and has none
function wordsOf({ event, status, instance_id }: Readonly<Record<string, unknown>>): readonly string[] {
  const words = (Array.isArray(event) ? event : [event]).filter((word) => textOf(word) !== undefined)
  if (words.length > 0) return words
  return [textOf(status) !== undefined && textOf(instance_id) !== undefined ? 'session.status' : '']
}
