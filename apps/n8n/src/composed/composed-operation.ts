import type { INodeExecutionData } from 'n8n-workflow'
import { ownValue } from '../controls/own-value.ts'
import type { Overlay } from '../overlay/overlay.ts'
import type { ComposedCall } from './composed-call.ts'
import { download, reply, waitForReply } from './message-operations.ts'
import { isComposed, type messageOperationNames, type webhookOperationNames } from './operation-names.ts'
import { sendAndWait } from './send-and-wait.ts'
import { addWebhook, changeWebhook, listWebhooks, removeWebhook } from './webhook-operations.ts'

type Run = (call: ComposedCall) => Promise<INodeExecutionData[]>
type Operations<Name extends string> = Readonly<Record<Name, Run>>

const message: Operations<(typeof messageOperationNames)[number]> = {
  downloadMedia: download,
  replyToMessage: reply,
  sendAndWait,
  waitForReply,
}
const webhook: Operations<(typeof webhookOperationNames)[number]> = {
  create: addWebhook,
  delete: removeWebhook,
  list: listWebhooks,
  update: changeWebhook,
}

/** The operation of a node's parameters, when it is one of these. */
export function composedOperation(overlay: Pick<Overlay, 'composesWebhooks'>, resource: string, operation: string): Run | undefined {
  if (!isComposed(overlay, resource, operation)) return undefined
  const operations = ownValue<Operations<string>>({ message, webhook }, resource)
  return operations && ownValue(operations, operation)
}
