import type {
  MessageRef,
  MessageVerbs,
  PluginContext,
  SendLocationInput,
  SendTextInput,
  TypedVerbs,
  VerbImplementations,
} from '@wamux/core'
import { textInput, unsupportedInput } from '@wamux/core/verbs'
import { acknowledged, engineMessage, orNotFound, personIdOf, rememberAccounts } from '@wamux/engine'
import { loadEngineVerbs, messageIdsOf, recipientOf, refuseMentions, sentFacts } from '@wamux/engine/verbs'
import type { WahaConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { fetchFile } from './from-vendor.ts'
import { engineOf, fileOf, inSession, senderOf, sends } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The message verbs that WAHA has; `raw` of their results has WAHA's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#sending
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/waha.md#sends-that-may-have-arrived
 */
export interface WahaMessage
  extends TypedVerbs<
    MessageVerbs,
    {
      sendText: Schemas['SentMessage']
      sendImage: Schemas['SentMessage']
      sendVideo: Schemas['SentMessage']
      sendVoice: Schemas['SentMessage']
      sendDocument: Schemas['SentMessage']
      sendSticker: unknown
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

const NO_MENTIONS = 'wamux sends mentions to it with texts only. Nothing was sent.'

/** The message verbs of WAHA. It sends voice notes, and no other audio. */
export async function messageVerbs(context: PluginContext<WahaConfig>): Promise<VerbImplementations<WahaMessage>> {
  const { send } = context
  const verbs = await loadEngineVerbs.message()
  const sendOnce = senderOf(context)
  const shared = verbs(
    engineOf(context),
    {
      sendText: routes.messagesSendText,
      sendImage: routes.messagesSendImage,
      sendVideo: routes.messagesSendVideo,
      sendVoice: routes.messagesSendVoice,
      sendDocument: routes.messagesSendFile,
      sendLocation: routes.messagesSendLocation,
      sendContact: routes.messagesSendContact,
      sendPoll: routes.messagesSendPoll,
      react: routes.messagesReact,
      edit: routes.chatsEditMessage,
      revoke: routes.chatsDeleteMessage,
      pin: routes.chatsPinMessage,
      unpin: routes.chatsUnpinMessage,
      markSeen: routes.messagesMarkSeen,
      get: routes.chatsGetMessage,
      list: routes.chatsListMessages,
    },
    {
      ...sends,
      sendOnce,
      accountOf: rememberAccounts(context.clock, async (session, options) => {
        return (await context.send(routes.sessionsMe, { path: { session } }, options)).data
      }),
      singleAnswer: { multipleAnswers: false },
      noMentions: NO_MENTIONS,
      text({ text, mentions = [] }: SendTextInput) {
        const people = mentions.map((person, index) => personIdOf(person, `mentions[${index}]`))
        return people.length === 0 ? { text: textInput(text, 'text') } : { text: textInput(text, 'text'), mentions: people }
      },
      place({ name = '', address }: SendLocationInput) {
        if (address === undefined) return { title: name }
        throw unsupportedInput(manifest, 'address', 'its locations have a name and no address; put it into the name. Nothing was sent.')
      },
      reactionTarget: ({ message }: MessageRef) => ({ messageId: textInput(message, 'message') }),
    },
  )

  return {
    ...shared,

    async sendSticker(input, options) {
      const { session, mentions } = input
      refuseMentions(manifest, mentions, NO_MENTIONS)
      const recipient = recipientOf(input)
      const body = { ...inSession(session), ...recipient, file: await fileOf(input.file, 'image/webp') }
      const { data: raw } = await send(routes.messagesSendSticker, { body }, options)
      return { session, to: recipient.chatId, ...sentFacts(raw, sends), raw }
    },

    async forward({ session, to, message }, options) {
      const { chatId } = recipientOf({ session, to })
      const body = { ...inSession(session), chatId, messageId: textInput(message, 'message') }
      const raw = await sendOnce({ session, chatId }, options, async (given, limits) => {
        return (await send(routes.messagesForward, { body: { ...body, ...given } }, limits)).data
      })
      return { session, to: chatId, ...sentFacts(raw, sends, chatId), raw }
    },

    async star({ session, starred = true, ...ref }, options) {
      const body = { ...inSession(session), ...messageIdsOf(ref), star: starred }
      return acknowledged(session, (await send(routes.messagesStar, { body }, options)).data)
    },

    async downloadMedia({ session, ...ref }, options) {
      const path = { session, ...messageIdsOf(ref) }
      const { data } = await send(routes.chatsGetMessage, { path, query: { downloadMedia: true } }, options)
      const raw = orNotFound(data, manifest, 'message.get', `message ${ref.message}`)
      return fetchFile(send, engineMessage(session, raw, { id: ref.message }), raw, options)
    },
  }
}
