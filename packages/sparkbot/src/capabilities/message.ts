import {
  type CallOptions,
  GatewayError,
  invalidInput,
  type Media,
  type MessageVerbs,
  type PluginContext,
  parseAddress,
  type Send,
  type SendInput,
  type SentMessage,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { listInput, numberInput, offsetPage, textInput, unsupportedInput, waitForAck } from '@wamux/core/verbs'
import { acknowledged, textOf, withId } from '@wamux/engine'
import type { SparkbotConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { fieldsOf, isServiceId, listOf, readMessage, readOutbound, referenceOf } from './from-vendor.ts'
import {
  deviceOf,
  envelope,
  type FileKind,
  jidInput,
  type MediaField,
  mediaField,
  pageOf,
  phoneInput,
  sentMessage,
  targetOf,
  whatsappId,
} from './to-vendor.ts'

type Schemas = components['schemas']
type Outbound = Schemas['Message']
type ChatMessage = Schemas['ChatMessage']

/**
 * The message verbs that SparkBot has; `raw` of their results has SparkBot's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#messages
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/sparkbot.md#two-ids
 */
export interface SparkbotMessage
  extends TypedVerbs<
    MessageVerbs,
    {
      sendText: Outbound
      sendImage: Outbound
      sendVideo: Outbound
      sendAudio: Outbound
      sendVoice: Outbound
      sendDocument: Outbound
      sendLocation: Outbound
      sendContact: Outbound
      sendPoll: Outbound
      forward: Outbound
      react: Outbound
      edit: unknown
      revoke: unknown
      markSeen: unknown
      get: ChatMessage | Outbound
      list: ChatMessage[]
      downloadMedia: unknown
      waitFor: ChatMessage | Outbound
    }
  > {}

/** The most messages on a page; larger ones were never seen. */
const LARGEST_PAGE = 200

/**
 * The message verbs of SparkBot. Messages wait in a queue, so the `id` of a result is the service's own: WhatsApp has given none yet.
 * Messages of chats and events have WhatsApp's id. Every verb accepts both; `get` with the service's id returns WhatsApp's.
 */
export function messageVerbs({ send, clock, eventBus }: PluginContext<SparkbotConfig>): VerbImplementations<SparkbotMessage> {
  type Get = VerbImplementations<SparkbotMessage>['get']

  const handedIn = async (message: string, options?: CallOptions) =>
    (await send(routes.outboundMessagesGet, { path: { messageId: message } }, options)).data

  const inChat: Get = async ({ session, chat, message }, options) => {
    const asked = { id: textInput(message, 'message'), chat: jidInput(chat, 'chat') }
    const { data } = await send(routes.chatMessagesGet, { path: { deviceId: deviceOf(session), messageId: message } }, options)
    return readMessage(session, data, asked)
  }

  /** The state of a message. A message that was handed to the queue contains it. */
  const progress: Get = async (input, options) => {
    const { session, message } = input
    if (!isServiceId(message)) return inChat(input, options)
    return readOutbound(session, await handedIn(message, options), { id: message, chat: jidInput(input.chat, 'chat') })
  }

  // the queue keeps the message as it was sent; only the chat has it with later edits
  const get: Get = async (input, options) => {
    const found = await progress(input, options)
    const message = isServiceId(input.message) ? textOf(fieldsOf(found.raw).waId) : undefined
    if (message === undefined || found.ack === 'failed') return found
    try {
      return await inChat({ ...input, message }, options)
    } catch (error) {
      // a status is in no chat
      if (GatewayError.is(error) && error.kind === 'not_found') return found
      throw error
    }
  }

  /** Finds a message by either id, in the queue or in its chat. */
  const placeOf = async (session: string, message: string, options?: CallOptions) => ({
    deviceId: deviceOf(session),
    messageId: await whatsappId(send, message, options),
  })

  return {
    async sendText(input, options) {
      const message = textInput(input.text, 'text')
      const { to, body } = await envelope(send, input, options)
      // SparkBot has a field of its own for a reply
      const { data } =
        body.quote === undefined
          ? await send(routes.messagesSendText, { body: { ...body, message } }, options)
          : await send(routes.messagesReply, { body: { ...body, quote: body.quote, message } }, options)
      return sentMessage(input.session, to, data)
    },

    sendImage: (input, options) => sendFile(send, input, 'image', {}, options),
    sendVideo: (input, options) => sendFile(send, input, 'video', {}, options),
    sendAudio: (input, options) => sendFile(send, input, 'audio', {}, options),
    sendVoice: (input, options) => sendFile(send, input, 'audio', { format: 'ptt' }, options),
    sendDocument: (input, options) => sendFile(send, input, 'document', {}, options),

    async sendLocation(input, options) {
      const coordinates = [numberInput(input.latitude, 'latitude', -90, 90), numberInput(input.longitude, 'longitude', -180, 180)]
      if (input.address !== undefined) {
        throw unsupportedInput(
          manifest,
          'address',
          'it takes coordinates or an address, not both. Use `name` for what is there. Nothing was sent.',
        )
      }
      const location = { coordinates, ...(input.name === undefined ? {} : { name: input.name }) }
      const { to, body } = await envelope(send, input, options)
      const { data } = await send(routes.messagesSendLocation, { body: { ...body, location } }, options)
      return sentMessage(input.session, to, data)
    },

    async sendContact(input, options) {
      const contacts = listInput(input.contacts, 'contacts', 1, 10).map((card, index) => {
        const field = `contacts[${index}]`
        if (card?.organization !== undefined) {
          throw unsupportedInput(manifest, `${field}.organization`, 'its cards have a name and a number only. Nothing was sent.')
        }
        return { phone: phoneInput(card?.phone, `${field}.phone`), name: textInput(card?.name, `${field}.name`) }
      })
      const { to, body } = await envelope(send, input, options)
      const { data } = await send(routes.messagesSendContacts, { body: { ...body, contacts } }, options)
      return sentMessage(input.session, to, data)
    },

    async sendPoll(input, options) {
      const choices = listInput(input.options, 'options', 2, 12).map((one, index) => textInput(one, `options[${index}]`))
      const poll = {
        name: textInput(input.question, 'question'),
        options: choices,
        ...(input.multiple === undefined ? {} : { multiple: input.multiple }),
      }
      const { to, body } = await envelope(send, input, options)
      const { data } = await send(routes.messagesSendPoll, { body: { ...body, poll } }, options)
      return sentMessage(input.session, to, data)
    },

    async forward({ session, chat, message, to }, options) {
      const from = jidInput(chat, 'chat')
      const { to: jid, body } = await envelope(send, { session, to }, options)
      const forward = { message: await whatsappId(send, message, options), chat: from }
      const { data } = await send(routes.messagesForward, { body: { ...body, forward } }, options)
      return sentMessage(session, jid, data)
    },

    async react({ session, chat, message, emoji }, options) {
      if (typeof emoji !== 'string') throw invalidInput('emoji', 'expected one emoji, or an empty text')
      const target = targetOf(parseAddress(chat, 'chat'), 'chat')
      const reactionMessage = await whatsappId(send, message, options)
      const body = { device: deviceOf(session), ...target, reaction: emoji === '' ? '-' : emoji, reactionMessage }
      const { data } = await send(routes.messagesReact, { body }, options)
      return acknowledged(session, data)
    },

    async edit({ session, chat, message, text }, options) {
      jidInput(chat, 'chat')
      const body = { message: textInput(text, 'text') }
      const { data } = await send(routes.chatMessagesEdit, { path: await placeOf(session, message, options), body }, options)
      return acknowledged(session, data)
    },

    async revoke({ session, chat, message }, options) {
      jidInput(chat, 'chat')
      const path = await placeOf(session, message, options)
      // without it the message is deleted from the gateway only
      const { data } = await send(routes.chatMessagesDelete, { path, query: { revoke: true } }, options)
      return acknowledged(session, data)
    },

    async markSeen({ session, chat, messages }, options) {
      if (messages !== undefined) {
        throw unsupportedInput(manifest, 'messages', 'it marks a whole chat as read. Leave them out. Nothing was sent.')
      }
      const path = { deviceId: deviceOf(session), chatWid: jidInput(chat, 'chat') }
      const { data } = await send(routes.chatsSetUnread, { path, body: { unread: false } }, options)
      return acknowledged(session, data)
    },

    get,

    async list(input, options) {
      const { session } = input
      const { query, ...offset } = pageOf(input, LARGEST_PAGE)
      const chat = jidInput(input.chat, 'chat')
      const parts = { path: { deviceId: deviceOf(session) }, query: { chat, sort: 'date:desc', ...query } }
      const { data } = await send(routes.chatMessagesList, parts, options)
      return offsetPage(listOf(data, 'message.list'), offset, data, (row) => withId(readMessage(session, row, { chat })))
    },

    async downloadMedia({ session, chat, message }, options) {
      const { raw, media } = await progress({ session, chat, message }, options)
      const { id, file } = fieldsOf(fieldsOf(raw).media)
      // files of queued messages are in the file store, those of chats among the files of the number
      const fileId = referenceOf(isServiceId(message) ? file : id)
      if (fileId === undefined) {
        throw new GatewayError(`${manifest.name}: message ${message} has no file`, {
          kind: 'not_found',
          gateway: manifest.id,
          reached: 'yes',
        })
      }
      const wanted = { ...options, accept: '*/*' }
      const answer = isServiceId(message)
        ? await send(routes.filesDownload, { path: { fileId } }, wanted)
        : await send(routes.chatFilesDownload, { path: { deviceId: deviceOf(session), fileId } }, wanted)
      const { contentType, text } = answer
      const mimetype = media?.mimetype ?? (contentType === '' ? undefined : contentType)
      return {
        session,
        // core has decoded a text file as text
        data: text === undefined ? (answer.data as Uint8Array) : new TextEncoder().encode(text),
        ...(mimetype === undefined ? {} : { mimetype }),
        ...(media?.filename === undefined ? {} : { filename: media.filename }),
        raw,
      }
    },

    waitFor: waitForAck(progress, clock, eventBus),
  }
}

async function sendFile(
  send: Send,
  input: SendInput & { readonly file: Media; readonly caption?: string },
  kind: FileKind,
  format: { readonly format?: 'ptt' },
  options?: CallOptions,
): Promise<SentMessage<Outbound>> {
  const { session, file, caption } = input
  const { to, body } = await envelope(send, input, options)
  const source: MediaField = await mediaField(send, file, kind, options)
  const media = { ...source, ...format, ...(file.filename === undefined ? {} : { filename: file.filename }) }
  const { data } = await send(
    routes.messagesSendMedia,
    { body: { ...body, media, ...(caption === undefined ? {} : { message: caption }) } },
    options,
  )
  return sentMessage(session, to, data)
}
