import {
  engineMessageId,
  invalidInput,
  type PluginContext,
  type SentStatus,
  type StatusVerbs,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { omitUndefined } from '@wamux/core/engine'
import { textInput } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { captionOf, fileOf, isForeignVideo, isForeignVoice } from './send.ts'

export interface WahaStatus
  extends TypedVerbs<
    StatusVerbs,
    { sendText: components['schemas']['SentMessage']; sendImage: unknown; sendVideo: unknown; sendVoice: unknown; delete: unknown }
  > {}

// both have to be there; these are the vendor's own
const BACKGROUND = '#38b42f'
const FONT = 0

/**
 * The status verbs of WAHA. They take no id beforehand, also where the config says `reconcile`: a status with an id is one batch of a
 * larger one there, which NOWEB does not show to the account itself.
 */
export function statusVerbs({ send }: PluginContext<WahaConfig>): VerbImplementations<WahaStatus> {
  return {
    async sendText({ session, text, backgroundColor = BACKGROUND }, options) {
      if (!/^#[0-9a-f]{6}$/i.test(backgroundColor)) throw invalidInput('backgroundColor', 'expected #rrggbb')
      const body = { text: textInput(text, 'text'), backgroundColor, font: FONT }
      const { data } = await send(routes.statusSendText, { path: { session }, body }, options)
      return posted(session, data)
    },

    async sendImage({ session, ...input }, options) {
      const body = { file: await fileOf(input.file, 'image/jpeg'), ...captionOf(input) }
      const { data } = await send(routes.statusSendImage, { path: { session }, body }, options)
      return posted(session, data)
    },

    async sendVideo({ session, ...input }, options) {
      const file = await fileOf(input.file, 'video/mp4')
      const body = { file, convert: isForeignVideo(file), ...captionOf(input) }
      const { data } = await send(routes.statusSendVideo, { path: { session }, body }, options)
      return posted(session, data)
    },

    async sendVoice({ session, ...input }, options) {
      const file = await fileOf(input.file, 'audio/ogg; codecs=opus')
      const body = { file, convert: isForeignVoice(file), backgroundColor: BACKGROUND }
      const { data } = await send(routes.statusSendVoice, { path: { session }, body }, options)
      return posted(session, data)
    },

    async delete({ session, message }, options) {
      const body = { id: textInput(message, 'message') }
      const { data } = await send(routes.statusDelete, { path: { session }, body }, options)
      return { session, done: true, raw: data }
    },
  }
}

function posted<Raw>(session: string, raw: Raw): SentStatus & { readonly raw: Raw } {
  return { ...omitUndefined({ session, id: engineMessageId(raw) }), status: 'sent', raw }
}
