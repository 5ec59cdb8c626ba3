import type { INodeExecutionData } from 'n8n-workflow'
import type { Overlay } from '../overlay/overlay.ts'
import type { ComposedCall } from './composed-call.ts'
import { download, reply, waitForReply } from './message-operations.ts'
import { sendAndWait } from './send-and-wait.ts'
import { addWebhook, changeWebhook, listWebhooks, removeWebhook } from './webhook-operations.ts'

type Run = (call: ComposedCall) => Promise<INodeExecutionData[]>
type Operations = Readonly<Record<string, Run>>

/** Operations of the resource Message that all action nodes have beside the gateway's own, by the value of the parameter. */
export const messageOperations: Operations = { downloadMedia: download, replyToMessage: reply, sendAndWait, waitForReply }

/** Operations of the resource Webhook, for a gateway whose API has none of its own. */
export const webhookOperations: Operations = { create: addWebhook, delete: removeWebhook, list: listWebhooks, update: changeWebhook }

/** The operation of a node's parameters, when it is made of several calls, or of n8n and the gateway together. */
export function composedOperation(
  { composesWebhooks }: Pick<Overlay, 'composesWebhooks'>,
  resource: string,
  operation: string,
): Run | undefined {
  const operations = resource === 'message' ? messageOperations : resource === 'webhook' && composesWebhooks ? webhookOperations : {}
  return Object.hasOwn(operations, operation) ? operations[operation] : undefined
}
