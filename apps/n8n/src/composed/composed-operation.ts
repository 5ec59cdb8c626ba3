import type { INodeExecutionData } from 'n8n-workflow'
import type { ComposedCall } from './composed-call.ts'
import { download, reply, waitForReply } from './message-operations.ts'
import { sendAndWait } from './send-and-wait.ts'

type Run = (call: ComposedCall) => Promise<INodeExecutionData[]>

/** Operations of the resource Message that all action nodes have beside the gateway's own, by the value of the parameter. */
export const composedOperations: Readonly<Record<string, Run>> = {
  downloadMedia: download,
  replyToMessage: reply,
  sendAndWait,
  waitForReply,
}

/** The operation of a node's parameters, when it is one of these. */
export function composedOperation(resource: string, operation: string): Run | undefined {
  return resource === 'message' && Object.hasOwn(composedOperations, operation) ? composedOperations[operation] : undefined
}
