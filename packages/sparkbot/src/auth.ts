import type { Authorization, Credential, GatewayConfig } from '@wamux/core'

/** Configuration of a SparkBot account: its address and credentials, and the options of {@link GatewayConfig}. */
export interface SparkbotConfig extends GatewayConfig {
  /** The account's API key. */
  readonly apiKey: string
}

/** What a user has to give. What people and apps see of it is in the manifest, so that a client alone stays small. */
export const apiKey: Pick<Credential, 'field' | 'required'> = { field: 'apiKey', required: true }

/** SparkBot takes its key in the header `Token`. */
export function authorize(config: SparkbotConfig): Authorization {
  return {
    secrets: [config.apiKey],
    // the API also accepts the key in the query, so links in its responses may contain it
    queryNames: ['token'],
    apply(draft) {
      draft.headers.token = config.apiKey
    },
  }
}
