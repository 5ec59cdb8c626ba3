import type { Authorization, Credential, GatewayConfig } from '@wamux/core'

/** Configuration of a WAHA server: its address and credentials, and the options of {@link GatewayConfig}. */
export interface WahaConfig extends GatewayConfig {
  /** The server's API key (`WAHA_API_KEY`) or a session key. */
  readonly apiKey: string
  /**
   * What `message` verbs do when a message may or may not have been sent. `off`, the default: they throw `unknown_outcome`.
   * `reconcile`: they ask WAHA for a message id, send under that id, and look the message up when the response is lost. It needs WAHA
   * 2026.4.3 with the engine NOWEB or GOWS, and the engine's store of messages. On a server that gives no ids a send ends as
   * `unsupported`, and nothing is sent.
   *
   * When WAHA has the message, the send has succeeded. wamux sends it a second time, under the same id, only when the connection broke or
   * a proxy answered 502 or 503, and WAHA said twice, with a pause in between, that it has no such message. A duplicate is still possible
   * when WAHA was slow or does not find what it sent: it is not known whether WhatsApp drops a second message with the same id. The
   * look-up can take 10 s more than the call's deadline.
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
