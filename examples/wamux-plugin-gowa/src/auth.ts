import type { Authorization, GatewayConfig } from '@wamux/core'

/** Configuration of a GOWA server: its address, and a user of its `--basic-auth`. */
export interface GowaConfig extends GatewayConfig {
  /** Name of the user. */
  readonly username: string
  /** Password of the user. */
  readonly password: string
}

/** GOWA takes name and password as HTTP Basic: base64 of both in one header. Either form is hidden in what wamux shows. */
export function authorize({ username, password }: GowaConfig): Authorization {
  const bytes = new TextEncoder().encode(`${username}:${password}`)
  const token = btoa(String.fromCharCode(...bytes))
  return {
    secrets: [password, token],
    apply(draft) {
      draft.headers.authorization = `Basic ${token}`
    },
  }
}
