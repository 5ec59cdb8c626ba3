import {
  type CallOptions,
  GatewayError,
  invalidInput,
  type MessageRef,
  type MessageVerbs,
  normalJid,
  type Parts,
  type PluginContext,
  parseAddress,
  type Route,
  type SendFileInput,
  type TypedVerbs,
  type VerbImplementations,
} from '@wamux/core'
import { findRow, listInput, numberInput, textInput, unsupportedInput } from '@wamux/core/verbs'
import { acknowledged, recogniseOwn, rememberAccounts } from '@wamux/engine'
import type { WarestConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { boundedOffset, countedPage, listOf, readMessage } from './from-vendor.ts'
import { chatIdOf, checkMentions, type FileField, fileBody, plainBase, sendBase, sentMessage } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The message verbs that WARest has; `raw` of their results has WARest's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#sending
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/warest.md#reading-messages-and-chats
 */
export interface WarestMessage
  extends TypedVerbs<
    MessageVerbs,
    {
      sendText: Schemas['SentTextAnswer']
      sendImage: Schemas['SentMediaAnswer']
      sendVideo: Schemas['SentMediaAnswer']
      sendAudio: Schemas['SentAudioAnswer']
      sendVoice: Schemas['SentAudioAnswer']
      sendDocument: Schemas['SentDocumentAnswer']
      sendSticker: Schemas['SentStickerAnswer']
      sendLocation: Schemas['SentLocationAnswer']
      sendContact: Schemas['SentContactAnswer']
      sendPoll: Schemas['SentPollAnswer']
      react: Schemas['MessageActionDoneAnswer']
      edit: Schemas['MessageActionDoneAnswer']
      revoke: Schemas['MessageActionDoneAnswer']
      star: Schemas['MessageActionDoneAnswer']
      pin: Schemas['MessagePinnedAnswer']
      markSeen: Schemas['ChatMarkedReadAnswer'] | readonly Schemas['MessageActionDoneAnswer'][]
      get: Schemas['ChatMessage']
      list: Schemas['MessagePageAnswer']
    }
  > {}

const IMAGE: FileField = { field: 'media', mimetype: 'image/jpeg', kind: 'image' }
const VIDEO: FileField = { field: 'media', mimetype: 'video/mp4', kind: 'video' }
const AUDIO: FileField = { field: 'audio', mimetype: 'audio/mpeg', kind: 'audio' }
const VOICE: FileField = { field: 'audio', mimetype: 'audio/ogg; codecs=opus', kind: 'audio' }
const DOCUMENT: FileField = { field: 'document', mimetype: 'application/octet-stream' }
const STICKER: FileField = { field: 'sticker', mimetype: 'image/webp', kind: 'image' }

/** The most messages that the server gives at once. */
const PAGE_SIZE = 500

/** The message verbs of WARest. It cannot forward messages or download files, and stores no acks, so there is no `waitFor`. */
export function messageVerbs({ send, clock }: PluginContext<WarestConfig>): VerbImplementations<WarestMessage> {
  // there is no call for one session; the list has the account of each
  const account = rememberAccounts(clock, async (session, options) => {
    const { data } = await send(routes.sessionsList, {}, { ...options, attempts: 1 })
    return data?.results?.[0]?.items?.find(({ id }) => id === session)?.me
  })

  async function sendFile<Types>(
    route: Route<Types>,
    input: SendFileInput,
    file: FileField,
    more: Parameters<typeof fileBody>[2],
    options: CallOptions | undefined,
  ) {
    const { data } = await send(route, { body: await fileBody(input, file, more) } as Parts<Types>, options)
    return sentMessage(input, data)
  }

  return {
    async sendText(input, options) {
      const text = textInput(input.text, 'text')
      checkMentions(text, input.mentions)
      const { data } = await send(routes.messagesSendText, { body: { ...sendBase(input), message: text } }, options)
      return sentMessage(input, data)
    },

    sendImage: (input, options) => sendFile(routes.messagesSendMedia, input, IMAGE, captionOf(input), options),

    sendVideo: (input, options) => sendFile(routes.messagesSendMedia, input, VIDEO, captionOf(input), options),

    sendAudio: (input, options) => sendFile(routes.messagesSendAudio, input, AUDIO, {}, options),

    sendVoice: (input, options) => sendFile(routes.messagesSendAudio, input, VOICE, { isVN: true }, options),

    sendDocument(input, options) {
      const more = { filename: input.file?.filename, ...captionOf(input) }
      return sendFile(routes.messagesSendDocument, input, DOCUMENT, more, options)
    },

    sendSticker: (input, options) => sendFile(routes.messagesSendSticker, input, STICKER, {}, options),

    async sendLocation(input, options) {
      const { name, address } = input
      const location = {
        latitude: numberInput(input.latitude, 'latitude', -90, 90),
        longitude: numberInput(input.longitude, 'longitude', -180, 180),
        ...(name === undefined ? {} : { name }),
        ...(address === undefined ? {} : { address }),
      }
      const { data } = await send(routes.messagesSendLocation, { body: { ...plainBase(input), location } }, options)
      return sentMessage(input, data)
    },

    async sendContact(input, options) {
      const [card, second] = listInput(input.contacts, 'contacts')
      if (second) throw unsupportedInput(manifest, 'contacts', 'a message can have one card. Send each card as a message of its own.')
      const contact = {
        name: textInput(card?.name, 'contacts[0].name'),
        phone: parseAddress(textInput(card?.phone, 'contacts[0].phone'), 'contacts[0].phone').user,
        ...(card?.organization === undefined ? {} : { organization: card.organization }),
      }
      const { data } = await send(routes.messagesSendContact, { body: { ...plainBase(input), contact } }, options)
      return sentMessage(input, data)
    },

    async sendPoll(input, options) {
      const answers = listInput(input.options, 'options', 2, 12).map((one, index) => textInput(one, `options[${index}]`))
      const poll = {
        question: textInput(input.question, 'question'),
        options: answers,
        ...(input.multiple ? { maxSelection: answers.length } : {}),
      }
      const { data } = await send(routes.messagesSendPoll, { body: { ...plainBase(input), ...poll } }, options)
      return sentMessage(input, data)
    },

    async react({ emoji, ...ref }, options) {
      if (typeof emoji !== 'string') throw invalidInput('emoji', 'expected one emoji, or an empty text')
      const { path, body } = actionOf(ref)
      const { data } =
        emoji === ''
          ? await send(routes.messageActionsUnreact, { path, body }, options)
          : await send(routes.messageActionsReact, { path, body: { ...body, emoji } }, options)
      return acknowledged(ref.session, data)
    },

    async edit({ text, ...ref }, options) {
      const { path, body } = actionOf(ref)
      const { data } = await send(routes.messageActionsEdit, { path, body: { ...body, message: textInput(text, 'text') } }, options)
      return acknowledged(ref.session, data)
    },

    async revoke(ref, options) {
      const { data } = await send(routes.messageActionsRevoke, actionOf(ref), options)
      return acknowledged(ref.session, data)
    },

    async star({ starred = true, ...ref }, options) {
      const route = starred ? routes.messageActionsStar : routes.messageActionsUnstar
      const { data } = await send(route, actionOf(ref), options)
      return acknowledged(ref.session, data)
    },

    async pin({ session, chat, message, pinned = true, durationMs }, options) {
      if (durationMs !== undefined) throw unsupportedInput(manifest, 'durationMs', 'the server decides how long a message stays pinned.')
      const path = { chatId: chatIdOf(chat, 'chat'), messageId: textInput(message, 'message') }
      const body = { sessionId: textInput(session, 'session'), pin: pinned }
      const { data } = await send(routes.chatsPinMessage, { path, body }, options)
      return acknowledged(session, data)
    },

    async markSeen({ session, chat, messages }, options) {
      if (messages === undefined) {
        // 0 days: messages of any age
        const body = { sessionId: textInput(session, 'session'), days: 0 }
        const { data } = await send(routes.chatsMarkRead, { path: { chatId: chatIdOf(chat, 'chat') }, body }, options)
        return acknowledged(session, data)
      }
      const actions = listInput(messages, 'messages').map((message) => actionOf({ session, chat, message }))
      const answers: Schemas['MessageActionDoneAnswer'][] = []
      for (const action of actions) answers.push((await send(routes.messageActionsMarkRead, action, options)).data)
      return acknowledged(session, answers)
    },

    async get({ session, chat, message }, options) {
      const id = textInput(message, 'message')
      const chatId = chatIdOf(chat, 'chat')
      const query = { sessionId: textInput(session, 'session') }
      const row = await findRow(
        PAGE_SIZE,
        async (at) => {
          const { data } = await send(routes.chatsGetMessages, { path: { chatId }, query: { ...query, ...at } }, options)
          return listOf<Schemas['ChatMessage']>(data?.result?.data, 'message.get')
        },
        (one) => one.id === id,
      )
      const found = row && readMessage(session, row, normalJid(chatId) ?? chatId)
      if (!found) throw new GatewayError(`${manifest.name}: message ${id} is not in that chat`, { kind: 'not_found', gateway: manifest.id })
      const [own = found] = await recogniseOwn([found], () => account(session, options))
      return own
    },

    async list({ session, chat, ...page }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const at = boundedOffset(page, PAGE_SIZE)
      const query = { sessionId: textInput(session, 'session'), ...at }
      const { data } = await send(routes.chatsGetMessages, { path: { chatId }, query }, options)
      const { data: rows, pagination } = data?.result ?? {}
      const read = (row: Schemas['ChatMessage']) => readMessage(session, row, normalJid(chatId) ?? chatId)
      const result = countedPage(listOf<Schemas['ChatMessage']>(rows, 'message.list'), at, pagination?.total, data, read)
      return { ...result, items: await recogniseOwn(result.items, () => account(session, options)) }
    },
  }
}

function captionOf({ caption }: { readonly caption?: string }): { readonly caption?: string } {
  return caption === undefined || caption === '' ? {} : { caption: textInput(caption, 'caption') }
}

/** What a call for one message takes. */
function actionOf({ session, chat, message }: MessageRef): { path: { messageId: string }; body: Schemas['ChatRef'] } {
  return {
    path: { messageId: textInput(message, 'message') },
    body: { sessionId: textInput(session, 'session'), to: chatIdOf(chat, 'chat') },
  }
}
