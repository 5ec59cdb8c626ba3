import type { IExecuteFunctions } from 'n8n-workflow'
import type { GatewayNode } from '../gateways/gateway-node.ts'
import type { OpenGateway } from '../gateways/open-gateway.ts'

/** One item of an operation that is made of several calls, or of n8n and the gateway together. */
export interface ComposedCall extends OpenGateway {
  readonly context: IExecuteFunctions
  readonly node: GatewayNode
  readonly index: number
  /** Name of the parameter that chooses the session; none where the credential names it. */
  readonly sessionParameter: string | undefined
  /** Deadline of one request, ms. */
  readonly timeoutMs: number
  readonly outputField: string
}
