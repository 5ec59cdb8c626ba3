import type { Authorization, Credential, GatewayConfig } from '@wamux/core'

export interface SparkbotConfig extends GatewayConfig {
  /** The account's API key. */
  readonly apiKey: string
}

/** What a user has to give; part of the manifest. */
export const credentials: readonly Credential[] = [
  { field: 'apiKey', label: 'API key', env: 'WAMUX_SPARKBOT_API_KEY', secret: true, required: true },
]

/** SparkBot takes its key in the header `Token`. */
export function authorize(config: SparkbotConfig): Authorization {
  return {
    secrets: [config.apiKey],
    // the API takes the key there too, so it can stand in links that it gives
    queryNames: ['token'],
    apply(draft) {
      draft.headers.token = config.apiKey
    },
  }
}
