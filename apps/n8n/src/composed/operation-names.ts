import type { Overlay } from '../overlay/overlay.ts'

/** Operations of the resource Message that all action nodes have beside the gateway's own, by the value of the parameter. */
export const messageOperationNames = ['downloadMedia', 'replyToMessage', 'sendAndWait', 'waitForReply'] as const

/** Operations of the resource Webhook, for a gateway whose API has none of its own. */
export const webhookOperationNames = ['create', 'delete', 'list', 'update'] as const

/** Whether an operation is made of several calls, or of n8n and the gateway together. */
export function isComposed({ composesWebhooks }: Pick<Overlay, 'composesWebhooks'>, resource: string, operation: string): boolean {
  const names: readonly string[] = resource === 'message' ? messageOperationNames : webhookOperationNames
  return (resource === 'message' || (resource === 'webhook' && composesWebhooks === true)) && names.includes(operation)
}
