import { invalidInput, type PluginContext, type SentStatus, type StatusVerbs, type TypedVerbs, type VerbImplementations } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { conversion, filesFor, needsConversion, sentFacts } from './send.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export interface WawpStatus
  extends TypedVerbs<
    StatusVerbs,
    {
      sendText: Schemas['SentMessage']
      sendImage: Schemas['SentMessage']
      sendVideo: Schemas['SentMessage']
      sendVoice: Schemas['SentMessage']
      delete: Schemas['Outcome']
    }
  > {}

// both have to be there; these are the ones of the vendor's sample
const BACKGROUND = '#38b42f'
const FONT = 0

/** The status verbs of Wawp. */
export function statusVerbs({ config, send }: PluginContext<WawpConfig>): VerbImplementations<WawpStatus> {
  const forInstance = instanceCalls(send)
  const files = filesFor(config)

  return {
    async sendText({ session, text, backgroundColor = BACKGROUND }, options) {
      if (!/^#[0-9a-f]{6}$/i.test(backgroundColor)) throw invalidInput('backgroundColor', 'expected #rrggbb')
      const body = { text: textInput(text, 'text'), backgroundColor, font: FONT }
      const { data } = await forInstance(routes.statusSendText, session, { body }, options)
      return posted(session, data)
    },

    async sendImage(input, options) {
      const { session } = input
      const { data } = await forInstance(routes.statusSendImage, session, { body: await files.captioned(input, 'image/jpeg') }, options)
      return posted(session, data)
    },

    async sendVideo(input, options) {
      const { session } = input
      const film = await files.captioned(input, 'video/mp4')
      const { data } = await forInstance(routes.statusSendVideo, session, { body: { ...film, ...conversion(film) } }, options)
      return posted(session, data)
    },

    async sendVoice({ session, file }, options) {
      const fields = await files.fields(file, 'audio/ogg; codecs=opus')
      const body = { ...fields, convert: needsConversion(fields) }
      const { data } = await forInstance(routes.statusSendVoice, session, { body }, options)
      return posted(session, data)
    },

    async delete({ session, message }, options) {
      const { data } = await forInstance(routes.statusDelete, session, { body: { id: textInput(message, 'message') } }, options)
      return { session, done: true, raw: data }
    },
  }
}

function posted<Raw>(session: string, raw: Raw): SentStatus<Raw> {
  return { session, ...sentFacts(raw), raw }
}
