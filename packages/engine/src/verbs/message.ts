import type {
  CallOptions,
  MessageVerbs,
  ReactInput,
  SendInput,
  SendLocationInput,
  SendTextInput,
  SentMessage,
  VerbImplementations,
} from '@wamux/core'
import { invalidInput, parseAddress } from '@wamux/core'
import { listInput, numberInput, type Offset, offsetOf, sparsePage, textInput, waitForAck } from '@wamux/core/verbs'
import { engineMessage } from '../answers/message.ts'
import { engineMessageId } from '../answers/message-id.ts'
import { type AskAccount, recogniseOwn } from '../events/accounts.ts'
import { omitUndefined, recordOf } from '../fields/fields.ts'
import { chatIdOf } from '../fields/ids.ts'
import { acknowledged, incompleteResponse, orNotFound } from '../fields/results.ts'
import { rowsOf, withId } from '../fields/rows.ts'
import type { EngineGateway } from './calls.ts'
import { type MessageIds, messageIdsOf } from './message-ids.ts'
import {
  fileFields,
  type Recipient,
  recipientOf,
  refuseFailed,
  refuseMentions,
  type SendDifferences,
  sentFacts,
  videoFields,
  voiceFields,
} from './sends.ts'
import { type EngineVerbs, type RoutesOf, requestsOf, type Taking } from './typed-routes.ts'

type PinSeconds = 86400 | 604800 | 2592000
interface Card {
  fullName: string
  phoneNumber: string
  whatsappId: string
  organization?: string
}

/** What the verbs send. `pin` has two routes. */
interface Sent<File, Video, Text, Place, Target, Single> {
  sendText: Recipient & Text
  sendImage: Recipient & File & { caption?: string }
  sendVideo: Recipient & File & Video & { caption?: string }
  sendVoice: Recipient & File & { convert: boolean }
  sendDocument: Recipient & File & { caption?: string }
  sendLocation: Recipient & Place & { latitude: number; longitude: number }
  sendContact: Recipient & { contacts: Card[] }
  sendPoll: Recipient & { poll: { name: string; options: string[] } & ({ multipleAnswers: boolean } | Single) }
  react: Target & { reaction: string }
  edit: MessageIds & { text: string }
  revoke: MessageIds
  pin: MessageIds & { duration: PinSeconds }
  unpin: MessageIds
  markSeen: { chatId: string; messageIds?: string[] }
  get: MessageIds & { downloadMedia?: boolean }
  list: { chatId: string; limit: number; offset: number; downloadMedia: boolean }
}

/** Sends a message whose id can be chosen before it is sent. */
export type SendOnce = (
  place: { readonly session: string; readonly chatId: string },
  options: CallOptions | undefined,
  send: (given: { readonly id?: string }, options: CallOptions | undefined) => Promise<unknown>,
) => Promise<unknown>

export interface MessageDifferences<File, Video, Text, Place, Target, Single> extends SendDifferences<File, Video> {
  /**
   * The fields of a text, mentions included.
   *
   * @throws {GatewayError} `invalid_request`: the text or a mention is malformed
   */
  readonly text: (input: SendTextInput) => Text
  /**
   * The fields that name a place.
   *
   * @throws {GatewayError} `unsupported`: the gateway has no field for a part of the place, such as its address
   */
  readonly place: (input: SendLocationInput) => Place
  /** The fields that name the message of a reaction. */
  readonly reactionTarget: (ref: ReactInput) => Target
  /** The fields of a poll whose caller did not say whether several choices are allowed. */
  readonly singleAnswer: Single
  /** Why sends other than texts cannot mention anybody, as a sentence. */
  readonly noMentions: string
  /** How a text, place, card or poll is sent. Default: one request. */
  readonly sendOnce?: SendOnce
  /** The most characters of a choice in a poll. */
  readonly maxChoiceLength?: number
  /**
   * Asks for the session's own account, `{ id, lid }`. Called when the author of a message in a group is a LID, because engines do not always
   * mark the account's own messages. When it fails, the messages stay as the engine gave them.
   */
  readonly accountOf?: AskAccount
  /** True: `get` does not say whether to fetch the file of a message, and the gateway decides. */
  readonly getFetchesFiles?: true
}

type Shared = Pick<
  VerbImplementations<MessageVerbs>,
  Exclude<keyof Sent<object, object, object, object, object, object>, 'unpin'> | 'waitFor'
>

const DAY_MS = 24 * 60 * 60 * 1000
const PIN_SECONDS: ReadonlyMap<number, PinSeconds> = new Map([
  [DAY_MS, 86400],
  [7 * DAY_MS, 604800],
  [30 * DAY_MS, 2592000],
])

/** The message verbs that all gateways with an engine have. */
export function engineMessageVerbs<
  File extends object,
  Video extends object,
  Text extends object,
  Place extends object,
  Target extends object,
  Single extends object,
  Routes extends RoutesOf<Sent<File, Video, Text, Place, Target, Single>>,
>(
  engine: EngineGateway,
  routes: Routes & Taking<Routes, Sent<File, Video, Text, Place, Target, Single>>,
  differences: MessageDifferences<File, Video, Text, Place, Target, Single>,
): EngineMessageVerbs<Routes> {
  const request = requestsOf<Sent<File, Video, Text, Place, Target, Single>>(engine, routes)
  const { sendOnce = (_, options, send) => send({}, options), noMentions, singleAnswer, maxChoiceLength, getFetchesFiles } = differences

  function recipient(input: SendInput): Recipient {
    refuseMentions(engine.gateway, input.mentions, noMentions)
    return recipientOf(input)
  }

  const sent = (session: string, { chatId }: Recipient, raw: unknown): SentMessage => ({
    session,
    to: chatId,
    ...sentFacts(raw, differences, chatId),
    raw,
  })

  async function send<Verb extends 'sendText' | 'sendLocation' | 'sendContact' | 'sendPoll'>(
    verb: Verb,
    session: string,
    fields: Sent<File, Video, Text, Place, Target, Single>[Verb],
    options: CallOptions | undefined,
  ): Promise<SentMessage> {
    const place = { session, chatId: fields.chatId }
    const raw = await sendOnce(place, options, (given, limits) => request(verb, session, { ...fields, ...given }, limits))
    return sent(session, fields, raw)
  }

  const account = async (session: string, options: CallOptions | undefined) => differences.accountOf?.(session, { ...options, attempts: 1 })

  const get =
    (more: { downloadMedia?: boolean }): Shared['get'] =>
    async ({ session, ...ref }, options) => {
      const fields = messageIdsOf(ref)
      const raw = await request('get', session, { ...fields, ...more }, options)
      const there = orNotFound(raw, engine.gateway, 'message.get', `message ${ref.message}`)
      // every engine gives an id with every message, so an answer without one is no message
      if (engineMessageId(there) === undefined) throw incompleteResponse(engine.gateway, 'message.get', 'which message it is')
      const message = engineMessage(session, there, { id: ref.message, chat: fields.chatId })
      const [found = message] = await recogniseOwn([message], () => account(session, options))
      return found
    }

  const verbs: Shared = {
    async sendText(input, options) {
      // in an async function `return await` resolves two microtasks earlier than returning the promise
      return await send('sendText', input.session, { ...recipientOf(input), ...differences.text(input) }, options)
    },

    async sendImage(input, options) {
      const fields = { ...recipient(input), ...(await fileFields(differences, input, 'image/jpeg')) }
      return sent(input.session, fields, await request('sendImage', input.session, fields, options))
    },

    async sendVideo(input, options) {
      const fields = { ...recipient(input), ...(await videoFields(differences, input)) }
      return sent(input.session, fields, await request('sendVideo', input.session, fields, options))
    },

    async sendVoice(input, options) {
      const fields = { ...recipient(input), ...(await voiceFields(differences, input)) }
      return sent(input.session, fields, await request('sendVoice', input.session, fields, options))
    },

    async sendDocument(input, options) {
      const fields = { ...recipient(input), ...(await fileFields(differences, input, 'application/octet-stream')) }
      return sent(input.session, fields, await request('sendDocument', input.session, fields, options))
    },

    async sendLocation(input, options) {
      const latitude = numberInput(input.latitude, 'latitude', -90, 90)
      const longitude = numberInput(input.longitude, 'longitude', -180, 180)
      return send('sendLocation', input.session, { ...recipient(input), latitude, longitude, ...differences.place(input) }, options)
    },

    async sendContact(input, options) {
      const contacts = listInput(input.contacts, 'contacts').map(({ name, phone, organization }, index) => {
        const whatsappId = parseAddress(phone, `contacts[${index}].phone`).user
        const fullName = textInput(name, `contacts[${index}].name`)
        return { fullName, phoneNumber: `+${whatsappId}`, whatsappId, ...omitUndefined({ organization }) }
      })
      return send('sendContact', input.session, { ...recipient(input), contacts }, options)
    },

    async sendPoll(input, options) {
      const name = textInput(input.question, 'question')
      const choices = listInput(input.options, 'options', 2, 12).map((one, index) => textInput(one, `options[${index}]`, maxChoiceLength))
      const answers = input.multiple === undefined ? singleAnswer : { multipleAnswers: input.multiple }
      const poll = { name, options: choices, ...answers }
      return send('sendPoll', input.session, { ...recipient(input), poll }, options)
    },

    async react(input, options) {
      const { session, emoji } = input
      if (typeof emoji !== 'string') throw invalidInput('emoji', 'expected one emoji, or an empty text')
      const fields = { ...differences.reactionTarget(input), reaction: emoji }
      return acknowledged(session, accepted(await request('react', session, fields, options)))
    },

    async edit({ session, text, ...ref }, options) {
      return acknowledged(
        session,
        accepted(await request('edit', session, { ...messageIdsOf(ref), text: textInput(text, 'text') }, options)),
      )
    },

    async revoke({ session, ...ref }, options) {
      return acknowledged(session, await request('revoke', session, messageIdsOf(ref), options))
    },

    async pin({ session, pinned = true, durationMs = 7 * DAY_MS, ...ref }, options) {
      const duration = PIN_SECONDS.get(durationMs)
      if (duration === undefined) throw invalidInput('durationMs', 'expected 24 hours, 7 days or 30 days in ms')
      const ids = messageIdsOf(ref)
      const raw = pinned ? await request('pin', session, { ...ids, duration }, options) : await request('unpin', session, ids, options)
      return acknowledged(session, raw)
    },

    async markSeen({ session, chat, messages }, options) {
      const messageIds = messages && [...listInput(messages, 'messages')]
      const fields = omitUndefined({ chatId: chatIdOf(chat, 'chat'), messageIds })
      return acknowledged(session, await request('markSeen', session, fields, options))
    },

    get: get(getFetchesFiles ? {} : { downloadMedia: false }),

    async list({ session, chat, ...page }, options) {
      const chatId = chatIdOf(chat, 'chat')
      const ask = async (at: Offset) => {
        const raw = await request('list', session, { chatId, ...at, downloadMedia: false }, options)
        if (!Array.isArray(raw) && !Object.values(recordOf(raw) ?? {}).some(Array.isArray))
          throw incompleteResponse(engine.gateway, 'message.list', 'which messages there are')
        const rows = rowsOf(raw).map((row) => engineMessage(session, row, { chat: chatId }))
        return { rows: await recogniseOwn(rows, () => account(session, options)), raw }
      }
      return sparsePage(ask, offsetOf(page), withId)
    },

    waitFor: waitForAck(get({ downloadMedia: false }), engine.clock, engine.eventBus),
  }
  return verbs as unknown as EngineMessageVerbs<Routes>
}

// edits and reactions are messages themselves, and may have failed
function accepted<Raw>(raw: Raw): Raw {
  refuseFailed(raw)
  return raw
}

/** The shared verbs of messages; `waitFor` gives what `get` gives. */
export type EngineMessageVerbs<Routes extends { readonly get: unknown }> = EngineVerbs<
  MessageVerbs,
  Routes & { readonly waitFor: Routes['get'] },
  { pin: 'unpin' }
>
