import type {
  CallOptions,
  PluginContext,
  Send,
  SentStatus,
  StatusFileInput,
  StatusVerbs,
  TypedVerbs,
  VerbImplementations,
} from '@wamux/core'
import { textInput, unsupportedInput } from '@wamux/core/verbs'
import { acknowledged, textOf } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { fieldsOf } from './from-vendor.ts'
import { deviceOf, type FileKind, mediaField, queueStatus, refuseFailed, whatsappId } from './to-vendor.ts'

type Outbound = components['schemas']['Message']

/**
 * The status verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see messages.send in openapi/sparkbot.openapi.yaml
 */
export interface SparkbotStatus
  extends TypedVerbs<StatusVerbs, { sendText: Outbound; sendImage: Outbound; sendVideo: Outbound; sendVoice: Outbound; delete: unknown }> {}

/** The status verbs of SparkBot. */
export function statusVerbs({ send }: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotStatus> {
  return {
    async sendText({ session, text, backgroundColor }, options) {
      if (backgroundColor !== undefined) {
        throw unsupportedInput(manifest, 'backgroundColor', 'it knows colours by its own names only. Nothing was sent.')
      }
      const body = { message: textInput(text, 'text') }
      const { data } = await send(routes.userStatusPublish, { path: { deviceId: deviceOf(session) }, body }, options)
      return sentStatus(session, data)
    },

    sendImage: (input, options) => sendFile(send, input, 'image', {}, options),
    sendVideo: (input, options) => sendFile(send, input, 'video', {}, options),
    sendVoice: (input, options) => sendFile(send, input, 'audio', { format: 'ptt' }, options),

    async delete({ session, message }, options) {
      const body = { status: [await whatsappId(send, message, options)] }
      const { data } = await send(routes.userStatusDelete, { path: { deviceId: deviceOf(session) }, body }, options)
      return acknowledged(session, data)
    },
  }
}

async function sendFile(
  send: Send,
  { session, file, caption }: StatusFileInput,
  kind: FileKind,
  format: { readonly format?: 'ptt' },
  options?: CallOptions,
): Promise<SentStatus<Outbound>> {
  const source = await mediaField(send, file, kind, options)
  const media = { ...source, ...format, ...(caption === undefined ? {} : { message: caption }) }
  const { data } = await send(routes.userStatusPublish, { path: { deviceId: deviceOf(session) }, body: { media } }, options)
  return sentStatus(session, data)
}

function sentStatus(session: string, raw: Outbound): SentStatus<Outbound> {
  const { id, status } = fieldsOf(raw)
  refuseFailed(status)
  return { session, ...(textOf(id) === undefined ? {} : { id: id as string }), status: queueStatus(status), raw }
}
