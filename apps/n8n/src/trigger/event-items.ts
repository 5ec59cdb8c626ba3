import { GatewayError, type GatewayEvent } from '@wamux/core'
import type { IDataObject, INodeExecutionData, IWebhookFunctions } from 'n8n-workflow'
import { endingOf } from '../controls/mime-types.ts'
import { downloadMedia, type MessageWithFile } from '../gateways/download-media.ts'
import { gatewayOpener } from '../gateways/open-gateway.ts'
import { errorText } from '../run/error-text.ts'
import { messageOf } from './filter.ts'
import { chosenLargestFile } from './settings.ts'
import type { TriggerNode } from './trigger-node.ts'

const TIMEOUT_MS = 120_000
const FIELD = 'data'
const WITH_FILE = ['image', 'video', 'audio', 'voice', 'document', 'sticker']

/** An event as an item, with its file where files are wanted. A file that cannot be had stops nothing: the item says why. */
export async function itemOf(context: IWebhookFunctions, trigger: TriggerNode, event: GatewayEvent): Promise<INodeExecutionData> {
  const json = jsonOf(event)
  const limit = chosenLargestFile(context)
  const message = fileMessage(event)
  if (limit === undefined || !message) return { json }
  try {
    const open = await gatewayOpener(context)(trigger.node, { timeoutMs: TIMEOUT_MS })
    const source = { context, node: trigger.node, ...open, timeoutMs: TIMEOUT_MS, limit }
    const { bytes, mimetype, filename } = await downloadMedia(source, message)
    const name = filename ?? `${message.id.replace(/[^\w.-]+/g, '-')}.${endingOf(mimetype)}`
    return { json, binary: { [FIELD]: await context.helpers.prepareBinaryData(Buffer.from(bytes), name, mimetype) } }
  } catch (error) {
    return { json: { ...json, fileError: reasonOf(error) } }
  }
}

function reasonOf(error: unknown): string {
  if (!GatewayError.is(error)) return 'The file could not be fetched'
  const { headline, description } = errorText(error)
  return description === '' ? headline : `${headline}. ${description}`
}

function fileMessage(event: GatewayEvent): MessageWithFile | undefined {
  const message = messageOf(event) as unknown as (MessageWithFile & { type?: string; fromMe?: boolean }) | undefined
  if (!message || !(message.media || WITH_FILE.includes(message.type ?? ''))) return undefined
  return { session: message.session || event.session, chat: message.chat, id: message.id, media: message.media }
}

function jsonOf({ type, id, gateway, session, vendorType, at, data, raw }: GatewayEvent): IDataObject {
  return { event: type, id, gateway, session, vendorType, at: new Date(at).toISOString(), ...withoutRaw(data), raw } as IDataObject
}

// the event's own `raw` contains it already
function withoutRaw(data: object): object {
  const { message } = data as { message?: unknown }
  if (typeof message !== 'object' || message === null) return data
  const { raw: _, ...rest } = message as Record<string, unknown>
  return { ...data, message: rest }
}
