import {
  invalidInput,
  type MessageRef,
  type MessageVerbs,
  type PluginContext,
  parseAddress,
  type SendCaptionedInput,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { chatIdOf, engineMessage, rowsOf, withId } from '@wamux/core/engine'
import { listInput, numberInput, type Offset, offsetOf, sparsePage, textInput, waitForAck } from '@wamux/core/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { found } from './read.ts'
import { conversion, filesFor, needsConversion, recipient, sentMessage } from './send.ts'
import { instanceCalls } from './session.ts'

type Schemas = components['schemas']

export interface WawpMessage
  extends TypedVerbs<
    MessageVerbs,
    {
      sendText: Schemas['SentMessage']
      sendImage: Schemas['SentMessage']
      sendVideo: Schemas['SentMessage']
      sendVoice: Schemas['SentMessage']
      sendDocument: Schemas['SentMessage']
      sendLocation: Schemas['SentMessage']
      sendContact: Schemas['SentMessage']
      sendPoll: Schemas['SentMessage']
      react: Schemas['SentMessage']
      edit: Schemas['Outcome']
      revoke: Schemas['Outcome']
      pin: Schemas['Outcome']
      markSeen: Schemas['MessagesRead']
      get: Schemas['Message']
      list: Schemas['Message'][]
      waitFor: Schemas['Message']
    }
  > {}

const DAY_MS = 24 * 60 * 60 * 1000
const PIN_SECONDS = new Map<number, 86400 | 604800 | 2592000>([
  [DAY_MS, 86400],
  [7 * DAY_MS, 604800],
  [30 * DAY_MS, 2592000],
])

/** The message verbs of Wawp. It has no audio files, stickers, forwarding, stars and downloads. */
export function messageVerbs({ config, send, clock, eventBus }: PluginContext<WawpConfig>): VerbImplementations<WawpMessage> {
  const forInstance = instanceCalls(send)
  const files = filesFor(config)

  async function withFile(input: SendCaptionedInput, mimetype: string) {
    return { ...recipient(input), ...(await files.captioned(input, mimetype)) }
  }

  /** @param more nothing for what Wawp does by itself: the engine behind it fetches files as well */
  const look =
    (more: { readonly downloadMedia?: boolean }): WawpMessage['get'] =>
    async ({ session, ...ref }, options) => {
      const { data } = await forInstance(routes.messagesGet, session, { body: { ...messageIn(ref), ...more } }, options)
      const known = { id: ref.message, chat: chatIdOf(ref.chat, 'chat') }
      return engineMessage(session, found('message.get', data, `message ${ref.message}`), known)
    }

  return {
    async sendText({ session, text, ...input }, options) {
      const { chatId, reply_to } = recipient({ session, ...input })
      const message = textInput(text, 'text', manifest.limits?.['message.sendText']?.maxTextLength)
      const body = { chatId, message, ...(reply_to === undefined ? {} : { reply_to }) }
      const { data } = await forInstance(routes.messagesSendText, session, { body }, options)
      return sentMessage(session, chatId, data)
    },

    async sendImage(input, options) {
      const { session } = input
      const body = await withFile(input, 'image/jpeg')
      const { data } = await forInstance(routes.messagesSendImage, session, { body }, options)
      return sentMessage(session, body.chatId, data)
    },

    async sendVideo(input, options) {
      const { session } = input
      const film = await withFile(input, 'video/mp4')
      const body = { ...film, ...conversion(film) }
      const { data } = await forInstance(routes.messagesSendVideo, session, { body }, options)
      return sentMessage(session, body.chatId, data)
    },

    async sendVoice(input, options) {
      const { session, file } = input
      const to = recipient(input)
      const fields = await files.fields(file, 'audio/ogg; codecs=opus')
      const body = { ...to, ...fields, convert: needsConversion(fields) }
      const { data } = await forInstance(routes.messagesSendVoice, session, { body }, options)
      return sentMessage(session, body.chatId, data)
    },

    async sendDocument(input, options) {
      const { session } = input
      const body = await withFile(input, 'application/octet-stream')
      const { data } = await forInstance(routes.messagesSendPdf, session, { body }, options)
      return sentMessage(session, body.chatId, data)
    },

    async sendLocation(input, options) {
      const { session, name = '', address = '' } = input
      const latitude = numberInput(input.latitude, 'latitude', -90, 90)
      const longitude = numberInput(input.longitude, 'longitude', -180, 180)
      // both texts have to be there
      const body = { ...recipient(input), latitude, longitude, title: name, message: address }
      const { data } = await forInstance(routes.messagesSendLocation, session, { body }, options)
      return sentMessage(session, body.chatId, data)
    },

    async sendContact(input, options) {
      const { session } = input
      const contacts = listInput(input.contacts, 'contacts').map(({ name, phone, organization }, index) => {
        const whatsappId = parseAddress(phone, `contacts[${index}].phone`).user
        const fullName = textInput(name, `contacts[${index}].name`)
        return { fullName, ...(organization === undefined ? {} : { organization }), phoneNumber: `+${whatsappId}`, whatsappId }
      })
      const body = { ...recipient(input), contacts }
      const { data } = await forInstance(routes.messagesSendContact, session, { body }, options)
      return sentMessage(session, body.chatId, data)
    },

    async sendPoll(input, options) {
      const { session, multiple } = input
      const name = textInput(input.question, 'question')
      const choices = listInput(input.options, 'options', 2, 12).map((option, index) => textInput(option, `options[${index}]`, 254))
      const poll = { name, options: choices, ...(multiple === undefined ? {} : { multipleAnswers: multiple }) }
      const body = { ...recipient(input), poll }
      const { data } = await forInstance(routes.messagesSendPoll, session, { body }, options)
      return sentMessage(session, body.chatId, data)
    },

    async react({ session, emoji, ...ref }, options) {
      if (typeof emoji !== 'string') throw invalidInput('emoji', 'expected one emoji, or an empty text')
      const { data } = await forInstance(routes.messagesReact, session, { body: { ...messageIn(ref), reaction: emoji } }, options)
      return { session, done: true, raw: data }
    },

    async edit({ session, text, ...ref }, options) {
      const body = { ...messageIn(ref), text: textInput(text, 'text') }
      const { data } = await forInstance(routes.messagesEdit, session, { body }, options)
      return { session, done: true, raw: data }
    },

    async revoke({ session, ...ref }, options) {
      const { data } = await forInstance(routes.messagesDelete, session, { query: messageIn(ref) }, options)
      return { session, done: true, raw: data }
    },

    async pin({ session, pinned = true, durationMs = 7 * DAY_MS, ...ref }, options) {
      const duration = PIN_SECONDS.get(durationMs)
      if (duration === undefined) throw invalidInput('durationMs', 'expected 24 hours, 7 days or 30 days in ms')
      const { data } = pinned
        ? await forInstance(routes.messagesPin, session, { body: { ...messageIn(ref), duration } }, options)
        : await forInstance(routes.messagesUnpin, session, { body: messageIn(ref) }, options)
      return { session, done: true, raw: data }
    },

    async markSeen({ session, chat, messages }, options) {
      const body = {
        chatId: chatIdOf(chat, 'chat'),
        ...(messages === undefined ? {} : { messageIds: [...listInput(messages, 'messages')] }),
      }
      const { data } = await forInstance(routes.messagesMarkSeen, session, { body }, options)
      return { session, done: true, raw: data }
    },

    get: look({}),

    async list({ session, chat, ...page }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const ask = async (at: Offset) => {
        const { data } = await forInstance(routes.chatsGetMessages, session, { query: { chatId, ...at, downloadMedia: false } }, options)
        return { rows: rowsOf(data), raw: data }
      }
      return sparsePage(ask, offsetOf(page), (row) => withId(engineMessage(session, row, { chat: chatId })))
    },

    waitFor: waitForAck(look({ downloadMedia: false }), clock, eventBus),
  }
}

/** Chat and message as the calls about one message name them. */
function messageIn({ chat, message }: Omit<MessageRef, 'session'>): { readonly chatId: string; readonly messageId: string } {
  return { chatId: chatIdOf(chat, 'chat'), messageId: textInput(message, 'message') }
}
