import type { SparkbotCredentials } from './faces/sparkbot/index.ts'
import type { WahaCredentials } from './faces/waha/index.ts'
import type { WarestCredentials } from './faces/warest/index.ts'
import type { WawpCredentials } from './faces/wawp/index.ts'
import { MOUNTS } from './mounts.ts'
import type { GatewayId } from './sessions/session.ts'

/** Credentials that the emulator accepts, under the names of the plugins' configs. */
export type GatewayCredentials = {
  readonly waha: WahaCredentials
  readonly wawp: WawpCredentials
  readonly warest: WarestCredentials
  readonly sparkbot: SparkbotCredentials
}

/** Credentials that replace the built-in ones. */
export type EmulatorCredentials = { readonly [G in GatewayId]?: Partial<GatewayCredentials[G]> }

/** How to reach one gateway. */
export interface GatewayAccess<Credentials = Readonly<Record<string, string>>> {
  readonly baseUrl: string
  /** Fields of the plugin's config. */
  readonly credentials: Credentials
  /** Environment variables that say the same to the CLI. */
  readonly env: Readonly<Record<string, string>>
}

/** How to reach each gateway. */
export type Gateways = { readonly [G in GatewayId]: GatewayAccess<GatewayCredentials[G]> }

const BUILT_IN: GatewayCredentials = {
  waha: { apiKey: 'emulator-waha-key' },
  wawp: { instanceId: '3EB0E3017A70', accessToken: 'emulator-wawp-token' },
  warest: { apiKey: 'emulator-warest-key' },
  sparkbot: { apiKey: 'emulator-sparkbot-key' },
}

export function credentialsOf(given: EmulatorCredentials = {}): GatewayCredentials {
  return {
    waha: { ...BUILT_IN.waha, ...given.waha },
    wawp: { ...BUILT_IN.wawp, ...given.wawp },
    warest: { ...BUILT_IN.warest, ...given.warest },
    sparkbot: { ...BUILT_IN.sparkbot, ...given.sparkbot },
  }
}

export function gatewaysAt(origin: string, credentials: GatewayCredentials): Gateways {
  return {
    waha: access(origin, 'waha', credentials.waha),
    wawp: access(origin, 'wawp', credentials.wawp),
    warest: access(origin, 'warest', credentials.warest),
    sparkbot: access(origin, 'sparkbot', credentials.sparkbot),
  }
}

function access<C extends Readonly<Record<string, string>>>(origin: string, gateway: GatewayId, credentials: C): GatewayAccess<C> {
  const baseUrl = `${origin.replace(/(?<!\/)\/+$/, '')}${MOUNTS[gateway]}`
  const prefix = `WAMUX_${gateway.toUpperCase()}_`
  const variable = (field: string) => prefix + field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
  const env = Object.fromEntries(Object.entries(credentials).map(([field, value]) => [variable(field), value]))
  return { baseUrl, credentials, env: { [`${prefix}BASE_URL`]: baseUrl, ...env } }
}
