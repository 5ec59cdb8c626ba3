import type { IExecuteFunctions } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import type { MessageWithFile } from '../gateways/download-media.ts'
import type { ComposedCall } from './composed-call.ts'
import { filledText, sessionOf, textOf } from './parameters.ts'

/** The message that an operation is about: the one that started the workflow, or the one that the form names. */
export function givenMessage(call: ComposedCall): MessageWithFile {
  if (textOf(call, 'whichMessage') !== 'trigger') {
    return { session: sessionOf(call), chat: filledText(call, 'to'), id: filledText(call, 'messageId') }
  }
  const found = messageIn(call.context.getInputData()[call.index]?.json) ?? messageOfTrigger(call.context, call.index)
  if (found) return found
  throw new InvalidParameter(
    'whichMessage',
    'whichMessage: neither the item nor a WAHA, Wawp, WARest or SparkBot Trigger before it has a message; choose it here',
  )
}

// what a trigger gives: { session, message: { chat, id, media } }
function messageIn(json: unknown): MessageWithFile | undefined {
  const { session, message } = (json ?? {}) as { session?: unknown; message?: Partial<MessageWithFile> }
  if (typeof message !== 'object' || message === null) return undefined
  const { chat, id, media } = message
  const where = typeof session === 'string' && session !== '' ? session : message.session
  if (typeof chat !== 'string' || typeof id !== 'string' || typeof where !== 'string') return undefined
  return { session: where, chat, id, media }
}

const TRIGGER = /\.(?:waha|wawp|warest|sparkbot)Trigger$/

function messageOfTrigger(context: IExecuteFunctions, index: number): MessageWithFile | undefined {
  for (const { name, type } of context.getParentNodes(context.getNode().name)) {
    if (!TRIGGER.test(type)) continue
    const node = JSON.stringify(name)
    // an item that a node in between has not paired has no item of the trigger: the first one is meant then
    for (const which of ['item', 'first()']) {
      const found = evaluated(context, `{{ $(${node}).${which}.json }}`, index)
      if (found) return found
    }
  }
  return undefined
}

function evaluated(context: IExecuteFunctions, expression: string, index: number): MessageWithFile | undefined {
  try {
    return messageIn(context.evaluateExpression(expression, index))
  } catch {
    return undefined
  }
}
