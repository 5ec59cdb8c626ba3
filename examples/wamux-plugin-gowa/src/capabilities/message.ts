import {
  type CallOptions,
  type GatewayResponse,
  type Media,
  type MessageVerbs,
  type PluginContext,
  parseAddress,
  type SendInput,
  type SentMessage,
  toJid,
} from '@wamux/core'
import { formOf, openMedia, textInput, unsupportedInput } from '@wamux/core/verbs'
import type { GowaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'

type Answer = components['schemas']['SentAnswer']

/** The message verbs of GOWA. */
export type GowaMessage = Pick<MessageVerbs, 'sendText' | 'sendImage' | 'sendVideo' | 'sendAudio' | 'sendDocument'>

export function messageVerbs({ send }: PluginContext<GowaConfig>): GowaMessage {
  interface Kind {
    readonly route: typeof routes.messagesSendImage
    readonly field: 'image' | 'video' | 'audio' | 'file'
    readonly mimetype: string
  }
  type FileInput = SendInput & { readonly file: Media; readonly caption?: string }

  async function sendFile(input: FileInput, { route, field, mimetype }: Kind, options?: CallOptions): Promise<SentMessage> {
    const { to, phone, headers } = envelope(input)
    if (input.replyTo !== undefined) throw unsupportedInput(manifest, 'replyTo', 'only texts can answer a message. Nothing was sent.')
    const file = await openMedia(input.file, mimetype)
    if (file.kind === 'url' && field === 'file') {
      throw unsupportedInput(manifest, 'file.url', 'it fetches no documents; give the bytes. Nothing was sent.')
    }
    const content =
      file.kind === 'url'
        ? { [`${field}_url`]: file.url }
        : { [field]: new File([file.bytes], file.filename ?? field, { type: file.mimetype }) }
    const caption = input.caption === undefined ? {} : { caption: textInput(input.caption, 'caption') }
    // what is generated sees an object; a form is what goes out
    const body = formOf({ phone, ...caption, ...content }) as never
    return sentOf(input.session, to, await send(route, { headers, body }, options))
  }

  return {
    async sendText(input, options) {
      const { to, phone, headers } = envelope(input)
      const message = textInput(input.text, 'text')
      const answers = input.replyTo === undefined ? {} : { reply_message_id: textInput(input.replyTo, 'replyTo') }
      return sentOf(input.session, to, await send(routes.messagesSendText, { headers, body: { phone, message, ...answers } }, options))
    },
    sendImage: (input, options) => sendFile(input, { route: routes.messagesSendImage, field: 'image', mimetype: 'image/jpeg' }, options),
    sendVideo: (input, options) =>
      sendFile(input, { route: routes.messagesSendVideo as never, field: 'video', mimetype: 'video/mp4' }, options),
    sendAudio: (input, options) =>
      sendFile(input, { route: routes.messagesSendAudio as never, field: 'audio', mimetype: 'audio/mpeg' }, options),
    sendDocument: (input, options) =>
      sendFile(input, { route: routes.messagesSendFile as never, field: 'file', mimetype: 'application/octet-stream' }, options),
  }
}

interface Envelope {
  readonly to: string
  readonly phone: string
  readonly headers: { readonly 'X-Device-Id': string }
}

/** Checks from which device a message goes, and to whom. GOWA writes persons as `…@s.whatsapp.net`. */
function envelope({ session, to, mentions }: SendInput): Envelope {
  if (mentions !== undefined && mentions.length > 0)
    throw unsupportedInput(manifest, 'mentions', 'they are not in its document. Nothing was sent.')
  const jid = toJid(parseAddress(to))
  return { to: jid, phone: jid.replace(/@c\.us$/, '@s.whatsapp.net'), headers: { 'X-Device-Id': textInput(session, 'session') } }
}

function sentOf(session: string, to: string, { data }: GatewayResponse<Answer>): SentMessage {
  const id = data?.results?.message_id
  return { session, to, ...(typeof id === 'string' && id !== '' ? { id, key: id } : {}), status: id ? 'sent' : 'unknown', raw: data }
}
