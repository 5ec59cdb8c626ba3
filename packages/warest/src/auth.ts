import type { Authorization, Credential, GatewayConfig } from '@wamux/core'

/** Configuration of a WARest server: its address and credentials, and the options of {@link GatewayConfig}. */
export interface WarestConfig extends GatewayConfig {
  /** A user's or the admin's key; `server` calls need the admin's. */
  readonly apiKey: string
}

/** What a user has to give. What people and apps see of it is in the manifest, so that a client alone stays small. */
export const apiKey: Pick<Credential, 'field' | 'required'> = { field: 'apiKey', required: true }

/** WARest takes its key in the header `X-WAREST-API-KEY`. */
export function authorize({ apiKey: key }: WarestConfig): Authorization {
  return {
    secrets: [key],
    // other clients send the key in the query, so the server's responses may contain it
    queryNames: ['api_key', 'apikey'],
    apply(draft) {
      draft.headers['x-warest-api-key'] = key
    },
  }
}
