import type { Fetch, GatewayBase, GatewayConfig, Operation, OperationTable } from '@wamux/core'
import type { ICredentialDataDecryptedObject } from 'n8n-workflow'
import type { Overlay } from '../overlay/overlay.ts'
import type { CredentialPlaces } from '../wire/n8n-fetch.ts'

/** What a node gives to the plugin besides the credentials. */
export interface NodeSettings extends Pick<GatewayConfig, 'preflight' | 'paths' | 'limits'> {
  readonly fetch: Fetch
  /** Wawp: the instance to use in place of the credential's. */
  readonly instanceId?: string
}

/** One gateway as its nodes see it. */
export interface GatewayNode {
  /** Name of the credential type. */
  readonly credential: string
  /** Field of the credential that holds its key. */
  readonly keyField: string
  /** Parts of a path at which a page or the API begins, so that they are in no base URL; lower case. */
  readonly pages: readonly string[]
  /** Where n8n puts the credentials. */
  readonly places: CredentialPlaces
  readonly overlay: Overlay
  readonly table: OperationTable
  create(credentials: ICredentialDataDecryptedObject, settings: NodeSettings): GatewayBase
  /** The part of an answer that people want: the envelope is taken off. */
  unwrap(operation: Operation, data: unknown): unknown
}
