import type { Authorization, Credential, GatewayConfig } from '@wamux/core'

export interface WahaConfig extends GatewayConfig {
  /** The server's API key (`WAHA_API_KEY`) or a session key. */
  readonly apiKey: string
}

/** What a user has to give; part of the manifest. */
export const credentials: readonly Credential[] = [
  { field: 'apiKey', label: 'API key', env: 'WAMUX_WAHA_API_KEY', secret: true, required: true },
]

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
