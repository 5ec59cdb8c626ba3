import type { Authorization, GatewayConfig } from '@wamux/core'

export interface WahaConfig extends GatewayConfig {
  /** The server's API key (`WAHA_API_KEY`) or a session key. */
  readonly apiKey: string
}

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
