import {
  invalidInput,
  type MessageRef,
  type MessageVerbs,
  type PluginContext,
  parseAddress,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { chatIdOf, engineMessage, personIdOf, rowsOf } from '@wamux/core/engine'
import { listInput, numberInput, type Offset, offsetOf, sparsePage, textInput, unsupportedInput, waitForAck } from '@wamux/core/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { fetchFile, found } from './read.ts'
import { captionOf, fileOf, inSession, isForeignVideo, isForeignVoice, recipient, senderOf, sentMessage } from './send.ts'

type Schemas = components['schemas']

export interface WahaMessage
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
      sendPoll: Schemas['Message']
      forward: Schemas['Message']
      react: Schemas['SentMessage']
      edit: Schemas['SentMessage']
      revoke: Schemas['SentMessage']
      star: undefined
      pin: Schemas['Success']
      markSeen: Schemas['SeenMessages']
      get: Schemas['Message']
      list: Schemas['Message'][]
      downloadMedia: Schemas['Message']
      waitFor: Schemas['Message']
    }
  > {}

const DAY_MS = 24 * 60 * 60 * 1000
const PIN_SECONDS: ReadonlyMap<number, number> = new Map([1, 7, 30].map((days) => [days * DAY_MS, days * 86_400]))

/** The message verbs of WAHA. It sends neither stickers nor sounds that are no voice notes. */
export function messageVerbs(context: PluginContext<WahaConfig>): VerbImplementations<WahaMessage> {
  const { send, clock, eventBus } = context
  const sendMessage = senderOf(context)

  async function look({ session, chat, message }: MessageRef, downloadMedia: boolean, options: Parameters<WahaMessage['get']>[1]) {
    const path = { session, ...messageIn({ chat, message }) }
    const { data } = await send(routes.chatsGetMessage, { path, query: { downloadMedia } }, options)
    return engineMessage(session, found('message.get', `message ${message}`, data), { id: message, chat: path.chatId })
  }

  const get: WahaMessage['get'] = (ref, options) => look(ref, false, options)

  return {
    async sendText({ session, to, text, replyTo, mentions = [] }, options) {
      const who = recipient({ session, to, ...(replyTo === undefined ? {} : { replyTo }) })
      const people = mentions.map((person, index) => personIdOf(person, `mentions[${index}]`))
      const body = { ...who, text: textInput(text, 'text'), ...(people.length === 0 ? {} : { mentions: people }) }
      const data = await sendMessage(who, options, async (given, limits) => {
        return (await send(routes.messagesSendText, { body: { ...body, ...given } }, limits)).data
      })
      return sentMessage(session, who.chatId, data)
    },

    async sendImage(input, options) {
      const who = recipient(input)
      const body = { ...who, file: await fileOf(input.file, 'image/jpeg'), ...captionOf(input) }
      const { data } = await send(routes.messagesSendImage, { body }, options)
      return sentMessage(who.session, who.chatId, data)
    },

    async sendVideo(input, options) {
      const who = recipient(input)
      const file = await fileOf(input.file, 'video/mp4')
      const body = { ...who, file, convert: isForeignVideo(file), ...captionOf(input) }
      const { data } = await send(routes.messagesSendVideo, { body }, options)
      return sentMessage(who.session, who.chatId, data)
    },

    async sendVoice(input, options) {
      const who = recipient(input)
      const file = await fileOf(input.file, 'audio/ogg; codecs=opus')
      const { data } = await send(routes.messagesSendVoice, { body: { ...who, file, convert: isForeignVoice(file) } }, options)
      return sentMessage(who.session, who.chatId, data)
    },

    async sendDocument(input, options) {
      const who = recipient(input)
      const body = { ...who, file: await fileOf(input.file, 'application/octet-stream'), ...captionOf(input) }
      const { data } = await send(routes.messagesSendFile, { body }, options)
      return sentMessage(who.session, who.chatId, data)
    },

    async sendLocation(input, options) {
      if (input.address !== undefined) {
        throw unsupportedInput(manifest, 'address', 'a location has a name and no address there; put it into the name. Nothing was sent.')
      }
      const who = recipient(input)
      const latitude = numberInput(input.latitude, 'latitude', -90, 90)
      const longitude = numberInput(input.longitude, 'longitude', -180, 180)
      // the title has to be there
      const body = { ...who, latitude, longitude, title: input.name ?? '' }
      const data = await sendMessage(who, options, async (given, limits) => {
        return (await send(routes.messagesSendLocation, { body: { ...body, ...given } }, limits)).data
      })
      return sentMessage(who.session, who.chatId, data)
    },

    async sendContact(input, options) {
      const who = recipient(input)
      const contacts = listInput(input.contacts, 'contacts').map(({ name, phone, organization }, index) => {
        const whatsappId = parseAddress(phone, `contacts[${index}].phone`).user
        const fullName = textInput(name, `contacts[${index}].name`)
        return { fullName, phoneNumber: `+${whatsappId}`, whatsappId, ...(organization === undefined ? {} : { organization }) }
      })
      const data = await sendMessage(who, options, async (given, limits) => {
        return (await send(routes.messagesSendContact, { body: { ...who, contacts, ...given } }, limits)).data
      })
      return sentMessage(who.session, who.chatId, data)
    },

    async sendPoll(input, options) {
      const who = recipient(input)
      const name = textInput(input.question, 'question')
      const choices = listInput(input.options, 'options', 2, 12).map((option, index) => textInput(option, `options[${index}]`))
      const body = { ...who, poll: { name, options: choices, multipleAnswers: input.multiple ?? false } }
      const data = await sendMessage(who, options, async (given, limits) => {
        return (await send(routes.messagesSendPoll, { body: { ...body, ...given } }, limits)).data
      })
      return sentMessage(who.session, who.chatId, data)
    },

    async forward({ session, to, message }, options) {
      const who = recipient({ session, to })
      const body = { ...who, messageId: textInput(message, 'message') }
      const data = await sendMessage(who, options, async (given, limits) => {
        return (await send(routes.messagesForward, { body: { ...body, ...given } }, limits)).data
      })
      return sentMessage(session, who.chatId, data)
    },

    async react({ session, message, emoji }, options) {
      if (typeof emoji !== 'string') throw invalidInput('emoji', 'expected one emoji, or an empty text')
      const body = { ...inSession(session), messageId: textInput(message, 'message'), reaction: emoji }
      const { data } = await send(routes.messagesReact, { body }, options)
      return { session, done: true, raw: data }
    },

    async edit({ session, text, ...ref }, options) {
      const body = { text: textInput(text, 'text') }
      const { data } = await send(routes.chatsEditMessage, { path: { session, ...messageIn(ref) }, body }, options)
      return { session, done: true, raw: data }
    },

    async revoke({ session, ...ref }, options) {
      const { data } = await send(routes.chatsDeleteMessage, { path: { session, ...messageIn(ref) } }, options)
      return { session, done: true, raw: data }
    },

    async star({ session, starred = true, ...ref }, options) {
      const { data } = await send(routes.messagesStar, { body: { ...inSession(session), ...messageIn(ref), star: starred } }, options)
      return { session, done: true, raw: data }
    },

    async pin({ session, pinned = true, durationMs = 7 * DAY_MS, ...ref }, options) {
      const duration = PIN_SECONDS.get(durationMs)
      if (duration === undefined) throw invalidInput('durationMs', 'expected 24 hours, 7 days or 30 days in ms')
      const path = { session, ...messageIn(ref) }
      const { data } = pinned
        ? await send(routes.chatsPinMessage, { path, body: { duration } }, options)
        : await send(routes.chatsUnpinMessage, { path }, options)
      return { session, done: true, raw: data }
    },

    async markSeen({ session, chat, messages }, options) {
      const messageIds = messages === undefined ? {} : { messageIds: [...listInput(messages, 'messages')] }
      const body = { ...inSession(session), chatId: chatIdOf(chat, 'chat'), ...messageIds }
      const { data } = await send(routes.messagesMarkSeen, { body }, options)
      return { session, done: true, raw: data }
    },

    get,

    async list({ session, chat, ...page }, options) {
      const path = { session, chatId: chatIdOf(chat, 'chat') }
      const ask = async (at: Offset) => {
        const { data } = await send(routes.chatsListMessages, { path, query: { ...at, downloadMedia: false } }, options)
        return { rows: rowsOf(data), raw: data }
      }
      return sparsePage(ask, offsetOf(page), (row) => engineMessage(session, row, { chat: path.chatId }))
    },

    async downloadMedia(ref, options) {
      const message = await look(ref, true, options)
      return fetchFile(send, message, message.raw, options)
    },

    waitFor: waitForAck(get, clock, eventBus),
  }
}

/** Chat and message as the paths of calls about one message name them. */
function messageIn({ chat, message }: Omit<MessageRef, 'session'>): { readonly chatId: string; readonly messageId: string } {
  return { chatId: chatIdOf(chat, 'chat'), messageId: textInput(message, 'message') }
}
