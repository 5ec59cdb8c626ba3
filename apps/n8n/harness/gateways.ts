import type { OperationTable } from '@wamux/core'
import type { ServedCredential } from '@wamux/document-server'
import { operations as sparkbot } from '@wamux/sparkbot/operations'
import { operations as waha } from '@wamux/waha/operations'
import { operations as warest } from '@wamux/warest/operations'
import { operations as wawp } from '@wamux/wawp/operations'

export type GatewayId = 'waha' | 'wawp' | 'warest' | 'sparkbot'

/** What the harness knows of a gateway beside its operation table. */
export interface TestedGateway {
  readonly id: GatewayId
  /** Name of the n8n node and of its credential. */
  readonly node: string
  readonly credential: string
  readonly table: OperationTable
  /** Fields of the credential, beside the address. */
  readonly secrets: Readonly<Record<string, string>>
  /** Where requests carry them. */
  readonly served: readonly ServedCredential[]
}

export const GATEWAYS: readonly TestedGateway[] = [
  {
    id: 'waha',
    node: 'waha',
    credential: 'wamuxWahaApi',
    table: waha,
    secrets: { apiKey: 'c4n4ry-waha-key' },
    served: [{ header: 'x-api-key' }],
  },
  {
    id: 'wawp',
    node: 'wawp',
    credential: 'wamuxWawpApi',
    table: wawp,
    secrets: { instanceId: 'instance-1', accessToken: 'c4n4ry-wawp-token' },
    served: [
      { header: 'access-token', query: 'access_token', body: 'access_token' },
      { query: 'instance_id', body: 'instance_id', optional: true },
    ],
  },
  {
    id: 'warest',
    node: 'warest',
    credential: 'wamuxWarestApi',
    table: warest,
    secrets: { apiKey: 'c4n4ry-warest-key' },
    served: [{ header: 'x-warest-api-key' }],
  },
  {
    id: 'sparkbot',
    node: 'sparkbot',
    credential: 'wamuxSparkbotApi',
    table: sparkbot,
    secrets: { apiKey: 'c4n4ry-sparkbot-key' },
    served: [{ header: 'token' }],
  },
]
