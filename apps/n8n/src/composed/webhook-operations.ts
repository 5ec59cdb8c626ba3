import { type EventType, eventTypes, requireVerb, type Webhook } from '@wamux/core'
import type { IDataObject, INodeExecutionData } from 'n8n-workflow'
import { InvalidParameter } from '../controls/invalid-parameter.ts'
import type { ComposedCall } from './composed-call.ts'
import { addedTo, filledText, sessionOf } from './parameters.ts'

/** The webhooks of a session. */
export async function listWebhooks(call: ComposedCall): Promise<INodeExecutionData[]> {
  const items: INodeExecutionData[] = []
  for await (const webhook of requireVerb(call.gateway, 'webhook.list')({ session: sessionOf(call) }, options(call)))
    items.push(itemOf(webhook))
  return items
}

/** Adds a webhook; those of others stay. */
export async function addWebhook(call: ComposedCall): Promise<INodeExecutionData[]> {
  const input = { session: sessionOf(call), url: filledText(call, 'webhookUrl'), ...changes(call) }
  return [itemOf(await requireVerb(call.gateway, 'webhook.create')(input, options(call)))]
}

/** Changes what was added under the options of one webhook. */
export async function changeWebhook(call: ComposedCall): Promise<INodeExecutionData[]> {
  const input = { session: sessionOf(call), webhook: filledText(call, 'webhookUrl'), ...changes(call) }
  if (Object.keys(input).length === 2) throw new InvalidParameter('webhookOptions', 'webhookOptions: add what is to be changed')
  return [itemOf(await requireVerb(call.gateway, 'webhook.update')(input, options(call)))]
}

/** Removes a webhook; those of others stay. */
export async function removeWebhook(call: ComposedCall): Promise<INodeExecutionData[]> {
  await requireVerb(call.gateway, 'webhook.delete')({ session: sessionOf(call), webhook: filledText(call, 'webhookUrl') }, options(call))
  return [{ json: { deleted: true } }]
}

function changes(call: ComposedCall): { url?: string; events?: EventType[]; secret?: string } {
  const { newUrl, events, secret } = addedTo(call, 'webhookOptions')
  const unknown = [events].flat().find((one) => one !== undefined && !eventTypes.includes(one as EventType))
  if (unknown !== undefined) throw new InvalidParameter('events', `events: ${String(unknown)} is no event`)
  return {
    ...(typeof newUrl === 'string' && newUrl !== '' ? { url: newUrl } : {}),
    ...(Array.isArray(events) && events.length > 0 ? { events: events as EventType[] } : {}),
    ...(typeof secret === 'string' && secret !== '' ? { secret } : {}),
  }
}

function options({ timeoutMs }: ComposedCall) {
  return { timeoutMs }
}

// the vendor's answer has the secret in it
function itemOf({ raw: _, ...webhook }: Webhook): INodeExecutionData {
  return { json: webhook as unknown as IDataObject }
}
