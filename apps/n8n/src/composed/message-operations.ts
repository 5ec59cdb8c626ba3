import { type Message, requireVerb } from '@wamux/core'
import type { IDataObject, INodeExecutionData } from 'n8n-workflow'
import { endingOf } from '../controls/mime-types.ts'
import { downloadMedia } from '../gateways/download-media.ts'
import { wait } from '../wire/wait.ts'
import type { ComposedCall } from './composed-call.ts'
import { givenMessage } from './given-message.ts'
import { addedTo, filledText, sessionOf } from './parameters.ts'

const MEBIBYTE = 1024 * 1024
const LARGEST_MB = 100
const DEFAULT_LOOK_SECONDS = 5
const DEFAULT_WAIT_MINUTES = 10

/** The file of a message, as binary data. */
export async function download(call: ComposedCall): Promise<INodeExecutionData[]> {
  const message = givenMessage(call)
  const { bytes, mimetype, filename } = await downloadMedia({ ...call, limit: LARGEST_MB * MEBIBYTE }, message)
  const name = filename ?? `${message.id.replace(/[^\w.-]+/g, '-')}.${endingOf(mimetype)}`
  const binary = await call.context.helpers.prepareBinaryData(Buffer.from(bytes), name, mimetype)
  return [{ json: { fileName: name, mimeType: mimetype, size: bytes.length }, binary: { [call.outputField]: binary } }]
}

/** Answers a message with a text that quotes it. */
export async function reply(call: ComposedCall): Promise<INodeExecutionData[]> {
  const text = filledText(call, 'text')
  const { session, chat, id } = givenMessage(call)
  const input = { session, to: chat, text, replyTo: id }
  return [{ json: withoutRaw(await requireVerb(call.gateway, 'message.sendText')(input, { timeoutMs: call.timeoutMs })) }]
}

/**
 * Waits until somebody writes in a chat: looks at its messages again and again. The execution goes on running meanwhile.
 *
 * @returns the message, or `{ timedOut: true }`
 */
export async function waitForReply(call: ComposedCall): Promise<INodeExecutionData[]> {
  const { context, gateway, timeoutMs } = call
  const session = sessionOf(call)
  const chat = filledText(call, 'to')
  const { minutes: most, lookEvery } = addedTo(call, 'waitOptions')
  const minutes = Number(most ?? DEFAULT_WAIT_MINUTES)
  const seconds = Number(lookEvery ?? DEFAULT_LOOK_SECONDS)
  const until = Date.now() + (minutes > 0 ? minutes : DEFAULT_WAIT_MINUTES) * 60_000
  const list = requireVerb(gateway, 'message.list')
  const look = async () => (await list({ session, chat }, { timeoutMs })).items
  const known = new Set((await look()).map(({ id }) => id))
  while (Date.now() < until) {
    await wait((seconds > 0 ? seconds : DEFAULT_LOOK_SECONDS) * 1_000, context.getExecutionCancelSignal())
    const fresh = (await look()).filter(({ id, fromMe }) => !known.has(id) && fromMe !== true)
    const first = fresh.at(-1)
    if (first) return [{ json: { session, timedOut: false, message: withoutRaw(first) } }]
  }
  return [{ json: { session, timedOut: true } }]
}

function withoutRaw(value: Message | object): IDataObject {
  const { raw: _, ...rest } = value as { raw?: unknown }
  return rest as IDataObject
}
