import type { Authorization, GatewayConfig } from '@wamux/core'

/** Configuration of Acme: its address and key. */
export interface AcmeConfig extends GatewayConfig {
  /** The key of the account. */
  readonly apiKey: string
}

// TODO 3: put the credentials where Acme wants them. Every form in which they are sent (base64, too) belongs into `secrets`.
/** Adds the key to requests, and names what has to be hidden. */
export function authorize({ apiKey }: AcmeConfig): Authorization {
  return {
    secrets: [apiKey],
    apply(draft) {
      draft.headers['x-api-key'] = apiKey
    },
  }
}
