import { requireVerb } from '@wamux/core'
import type { INodeExecutionData, IWebhookDescription } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import { ownValue } from '../controls/own-value.ts'
import type { ComposedCall } from './composed-call.ts'
import { addedTo, filledText, sessionOf, textOf } from './parameters.ts'

/** n8n waits for ever until this date. */
const FOR_EVER = new Date('3000-01-01T00:00:00.000Z')
const UNIT_MS: Readonly<Record<string, number>> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 }

/** Where n8n takes the answer of a person, while the execution waits. */
export const waitingWebhooks: IWebhookDescription[] = (['GET', 'POST'] as const).map((httpMethod) => ({
  name: 'default',
  httpMethod,
  responseMode: 'onReceived',
  path: '={{ $nodeId }}',
  restartWebhook: true,
  isFullPath: true,
}))

/** What the canvas shows while the execution waits. */
export const WAITING_TOOLTIP =
  '={{ $parameter["operation"] === "sendAndWait" ? "The execution goes on when the person has answered" : "" }}'

/**
 * Sends a message with a link to a page of n8n, and lets the execution wait until the person has answered there. Opening the page decides
 * nothing, because WhatsApp and others open links to show what is behind them.
 *
 * @returns what leaves the node when nobody answers in time
 */
export async function sendAndWait(call: ComposedCall): Promise<INodeExecutionData[]> {
  const { context, gateway, index, timeoutMs } = call
  if (context.getInputData().length > 1) {
    throw new InvalidParameter('text', 'text: an execution can wait for one answer only; put a Loop Over Items node before this one')
  }
  const to = filledText(call, 'to')
  const asked = filledText(call, 'text')
  const link = context.getSignedResumeUrl()
  const words = textOf(call, 'responseType') === 'freeText' ? 'Answer here' : 'Decide here'
  const text = `${asked}\n\n${String(addedTo(call, 'waitOptions').linkText ?? '') || words}: ${link}`
  const until = waitUntil(call)
  const { raw: _, ...sent } = await requireVerb(gateway, 'message.sendText')({ session: sessionOf(call), to, text }, { timeoutMs })
  await context.putExecutionToWait(until)
  return [{ json: { data: { timedOut: true }, sent }, pairedItem: { item: index } }]
}

function waitUntil(call: ComposedCall): Date {
  const { waitLimit, unit } = addedTo(call, 'waitOptions')
  if (waitLimit === undefined) return FOR_EVER
  const amount = Number(waitLimit)
  if (!(amount > 0)) throw new InvalidParameter('waitOptions', 'waitOptions: the limit of the wait has to be more than 0')
  return new Date(Date.now() + amount * (ownValue(UNIT_MS, String(unit ?? 'hours')) ?? 3_600_000))
}
