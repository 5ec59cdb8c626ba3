import type { Authorization, Credential, GatewayConfig } from '@wamux/core'

/** Configuration of a WAHA server: its address and credentials, and the options of {@link GatewayConfig}. */
export interface WahaConfig extends GatewayConfig {
  /** The server's API key (`WAHA_API_KEY`) or a session key. */
  readonly apiKey: string
  /**
   * What `message` verbs do when a message may or may not have been sent. `off`, the default: they say so (`unknown_outcome`).
   * `reconcile`: they take a message id first, send under it, and then look whether the message is there. It needs WAHA 2026.4.3 with
   * the engine NOWEB or GOWS, and the engine's store of messages; where the server has no ids to give, a send ends as `unsupported` and
   * nothing is sent.
   *
   * Found is success. Absent is sent again, once, under the same id, and only when the connection broke or a proxy answered 502 or 503,
   * and WAHA twice says, with a pause in between, that it has no such message. Whether WhatsApp itself drops a second message with the
   * same id is not known, so one chance of a double remains: WAHA was still at work on the first one, or does not find what it sent.
   * Finding out can take 10 s more than the call's deadline.
   *
   * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#sends-that-may-have-arrived
   */
  readonly idempotency?: 'off' | 'reconcile'
}

/** What a user has to give. What people and apps see of it is in the manifest, so that a client alone stays small. */
export const apiKey: Pick<Credential, 'field' | 'required'> = { field: 'apiKey', required: true }

/** WAHA takes its key in the header `X-Api-Key`. */
export function authorize(config: WahaConfig): Authorization {
  return {
    secrets: [config.apiKey],
    // files and WebSocket links carry the key in the URL
    queryNames: ['x-api-key'],
    apply(draft) {
      draft.headers['x-api-key'] = config.apiKey
    },
  }
}
