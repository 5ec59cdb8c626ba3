import type { MessageVerbs, PluginContext, SendLocationInput, SendTextInput, TypedVerbs, VerbImplementations } from '@wamux/core'
import { textInput } from '@wamux/core/verbs'
import { rememberAccounts } from '@wamux/engine'
import { inQuery, loadEngineVerbs, messageIdsOf, refuseMentions } from '@wamux/engine/verbs'
import type { WawpConfig } from '../auth.ts'
import * as routes from '../generated/routes.ts'
import type { components } from '../generated/schema.ts'
import { manifest } from '../manifest.ts'
import { instanceCalls } from './session.ts'
import { engineOf, sendsOf } from './to-vendor.ts'

type Schemas = components['schemas']

/**
 * The message verbs that Wawp has; `raw` of their results has Wawp's types.
 *
 * @see https://github.com/wamux/wamux/blob/main/docs/gateways/wawp.md#messages
 */
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

const NO_MENTIONS = 'none of its sends can mention persons. Nothing was sent.'

/** The message verbs of Wawp. It has no audio files, stickers, forwarding, stars and downloads. */
export async function messageVerbs(context: PluginContext<WawpConfig>): Promise<VerbImplementations<WawpMessage>> {
  const verbs = await loadEngineVerbs.message()
  return verbs(
    engineOf(context),
    {
      sendText: routes.messagesSendText,
      sendImage: routes.messagesSendImage,
      sendVideo: routes.messagesSendVideo,
      sendVoice: routes.messagesSendVoice,
      sendDocument: routes.messagesSendPdf,
      sendLocation: routes.messagesSendLocation,
      sendContact: routes.messagesSendContact,
      sendPoll: routes.messagesSendPoll,
      react: routes.messagesReact,
      edit: routes.messagesEdit,
      revoke: inQuery(routes.messagesDelete),
      pin: routes.messagesPin,
      unpin: routes.messagesUnpin,
      markSeen: routes.messagesMarkSeen,
      get: routes.messagesGet,
      list: routes.chatsGetMessages,
    },
    {
      ...sendsOf(context.config),
      singleAnswer: {},
      noMentions: NO_MENTIONS,
      text({ text, mentions }: SendTextInput) {
        refuseMentions(manifest, mentions, NO_MENTIONS)
        return { message: textInput(text, 'text', manifest.limits?.['message.sendText']?.maxTextLength) }
      },
      // Wawp requires both texts
      place: ({ name = '', address = '' }: SendLocationInput) => ({ title: name, message: address }),
      accountOf: rememberAccounts(context.clock, async (session, options) => {
        return (await instanceCalls(context.send)(routes.sessionsMe, session, {}, options)).data
      }),
      reactionTarget: messageIdsOf,
      maxChoiceLength: 254,
      // Wawp's engine fetches files, too
      getFetchesFiles: true,
    },
  )
}
