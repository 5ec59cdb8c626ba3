import { UPPER_HEX } from '../../ids.ts'
import { STATUS } from '../../network/jid.ts'
import type { Account, Card, Message, MessageInput, MessageType } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { Answer, empty, json } from '../../wire/answer.ts'
import { bareIdOf, messageOf } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { fileIn } from './files.ts'
import { serializeChangeOf, serializeMessage, serializeSent, serializeStatus } from './messages.ts'
import { boom, type ConnectedCall, chatOf, createConnectedHandlers, EngineError, engineError } from './request-context.ts'
import { nestError, notFound, plusOnly } from './serialize.ts'

type Content = Omit<MessageInput, 'from' | 'to' | 'via' | 'id'>

/** Sending, to chats and as status. */
export function sendHandlers(state: State): Record<string, Handler> {
  const whenConnected = createConnectedHandlers(state)
  const { network } = state

  function send({ session, account, call }: ConnectedCall, content: Content, to: unknown = call.body.chatId): Message {
    const { id, reply_to, mentions } = call.body
    return network.send({
      ...content,
      from: account,
      to: chatOf(state, to),
      replyTo: content.replyTo ?? replyOf(reply_to),
      mentions: Array.isArray(mentions) ? mentions.map(String) : undefined,
      id: textOf(id),
      via: { gateway: 'waha', session: session.id },
    })
  }

  /** Makes a send handler that answers with the engine's own message. */
  const sending = (contentOf: (call: Call) => Content | Answer | Promise<Content | Answer>, to?: string) =>
    whenConnected(async (at) => {
      requireChat(to ?? at.call.body.chatId)
      const content = await contentOf(at.call)
      if (content instanceof Answer) return content
      return json(201, serializeSent(state, at.account, send(at, content, to), hiddenId(at.call.body.chatId)))
    })

  const withFile = (type: MessageType, mimetype: string) => async (call: Call) => {
    const converted = call.body.convert === true ? mimetype : undefined
    return { type, media: await fileIn(state, call, mimetype, converted), text: textOf(call.body.caption) }
  }

  const text = (call: Call) => {
    const { text: given, mentions, chatId } = call.body
    if (typeof given !== 'string') return engineError(state, call, readOf(given, 'match', 'text'))
    if (!Array.isArray(mentions) || !mentions.includes('all')) return { text: given }
    const problem = !String(chatId).endsWith('@g.us')
      ? `can be used only in group chats, not in '${chatId}'`
      : mentions.length > 1
        ? 'cannot be used with other mentions'
        : undefined
    return problem === undefined ? { text: given } : nestError(422, 'Unprocessable Entity', `"mentions":["all"] ${problem}`)
  }

  /**
   * Makes a handler for the message that the call names. The engine looks up no message before it acts on one: WhatsApp passes over what
   * it does not know, so the answer is the same.
   */
  const about = (status: number, act: (at: ConnectedCall, message: Message) => unknown) =>
    whenConnected((at) => {
      const id = textOf(at.call.params.messageId) ?? textOf(at.call.body.messageId) ?? ''
      const message = messageOf(network, at.account, id)
      const key = message ? undefined : messageKey(id)
      const stands = message && !message.revoked ? message : strangerOf(state, at.account, key ?? { chat: message?.chat ?? '', id })
      const answer = act(at, stands)
      return answer === undefined ? empty(status) : json(status, answer)
    })

  /** Changes a message that the network has; one that it does not have stays unknown to everybody. */
  const known = (message: Message, act: () => void): void => {
    if (network.message(message.id) === message) act()
  }

  const image = withFile('image', 'image/jpeg')
  const video = withFile('video', 'video/mp4')
  const voice = withFile('voice', 'audio/ogg; codecs=opus')

  return {
    'messages.sendText': sending(text),
    'messages.reply': sending(text),
    'messages.sendLinkPreview': sending((call) => {
      const { url } = isRecord(call.body.preview) ? call.body.preview : {}
      const words = call.body.text
      if (typeof words !== 'string') throw new EngineError(readOf(words, 'includes', 'request.text'))
      if (!words.includes(String(url))) throw new EngineError('"text" must include the URL provided in the "preview.url"')
      return state.settings.waha.edition === 'core' ? plusOnly() : { text: words }
    }),
    'messages.sendLinkPreviewDeprecated': sending(({ body }) => ({ text: `${String(body.title)}\n${String(body.url)}` })),
    // the network has no lists, buttons and events: their text is sent
    'messages.sendList': sending(({ body }) => ({ text: textIn(body.message, ['title', 'description']) })),
    'messages.sendButtons': sending(({ body }) => ({ text: textIn(body, ['header', 'body', 'footer']) })),
    'events.send': sending(({ body }) => ({ text: textIn(body.event, ['name', 'description']) })),
    'messages.replyButton': whenConnected((at) => {
      const problems = ['should not be empty', 'must be a string'].map((rule) => `replyTo ${rule}`)
      if (textOf(at.call.body.replyTo) === undefined) return nestError(400, 'Bad Request', problems)
      const { selectedDisplayText, replyTo } = at.call.body
      return json(201, serializeSent(state, at.account, send(at, { text: String(selectedDisplayText), replyTo: replyOf(replyTo) })))
    }),
    'messages.sendTextGet': whenConnected((at) => {
      const { phone, text: words } = Object.fromEntries(at.call.query)
      return json(200, serializeSent(state, at.account, send(at, { text: words ?? '' }, phone)))
    }),
    'messages.sendImage': sending(image),
    'messages.sendVideo': sending(video),
    'messages.sendVoice': sending(voice),
    'messages.sendFile': sending(withFile('document', 'application/octet-stream')),
    'messages.sendSticker': sending(withFile('sticker', 'image/webp')),
    'messages.sendLocation': sending(({ body }) => {
      return { place: { latitude: Number(body.latitude), longitude: Number(body.longitude), name: textOf(body.title) } }
    }),
    'messages.sendContact': sending(({ body }) => {
      if (!Array.isArray(body.contacts)) throw new EngineError(readOf(body.contacts, 'map', 'request.contacts'))
      if (body.contacts.length === 0) throw new EngineError('require atleast 1 contact', boom(null))
      return { cards: cardsOf(body.contacts) }
    }),
    'messages.sendPoll': whenConnected((at) => {
      const { poll } = at.call.body
      if (!isRecord(poll)) throw new EngineError(readOf(poll, 'name', 'requestPoll'))
      const options = Array.isArray(poll.options) ? poll.options.map(String) : []
      const sent = send(at, { poll: { question: String(poll.name), options, multiple: poll.multipleAnswers === true } })
      return json(201, serializeMessage(state, at.account, sent, false, true))
    }),
    'messages.votePoll': whenConnected(({ account, call }) => {
      const message = messageOf(network, account, textOf(call.body.pollMessageId))
      if (!message) return notFound('Message not found')
      network.vote(account, message, Array.isArray(call.body.votes) ? call.body.votes.map(String) : [])
      return json(
        201,
        serializeChangeOf(state, account, message, (key) => ({ pollUpdateMessage: { pollCreationMessageKey: key } })),
      )
    }),
    'messages.forward': whenConnected(({ session, account, call }) => {
      const id = textOf(call.body.messageId) ?? ''
      const message = messageOf(network, account, id)
      if (!message) messageKey(id)
      if (!message || message.revoked) return nestError(422, 'Unprocessable Entity', `Message with id '${id}' not found`)
      const { text: words, type, media, place, cards, poll } = message
      const to = chatOf(state, call.body.chatId)
      const via = { gateway: 'waha', session: session.id }
      const content = { type, text: words, media, place, cards, poll, forwarded: true, id: textOf(call.body.id) }
      return json(201, serializeMessage(state, account, network.send({ ...content, from: account, to, via }), false, true))
    }),
    'messages.newId': whenConnected(() => json(200, { id: newId() })),
    'status.newId': whenConnected(() => json(200, { id: newId() })),

    'messages.react': about(200, ({ account, call }, message) => {
      const emoji = typeof call.body.reaction === 'string' ? call.body.reaction : ''
      known(message, () => network.react(account, message, emoji))
      return serializeChangeOf(state, account, message, (key) => {
        return { reactionMessage: { key, text: emoji, senderTimestampMs: String(state.clock.now()) } }
      })
    }),
    'messages.star': about(200, ({ account, call }, message) =>
      known(message, () => network.chats.star(account, message, call.body.star === true)),
    ),
    'chats.editMessage': about(200, ({ account, call }, message) => {
      known(message, () => network.edit(account, message, String(call.body.text)))
      const editedMessage = { extendedTextMessage: { text: String(call.body.text) } }
      return serializeChangeOf(state, account, message, (key) => {
        return { protocolMessage: { key, type: 'MESSAGE_EDIT', editedMessage, timestampMs: String(state.clock.now()) } }
      })
    }),
    'chats.deleteMessage': about(200, ({ account }, message) => {
      known(message, () => network.revoke(account, message))
      return serializeChangeOf(state, account, message, (key) => ({ protocolMessage: { key, type: 'REVOKE' } }))
    }),
    'chats.pinMessage': about(201, ({ account, call }, message) => {
      known(message, () => network.pin(account, message, state.clock.now() + Number(call.body.duration) * 1000))
      return { success: true }
    }),
    'chats.unpinMessage': about(201, ({ account }, message) => {
      known(message, () => network.pin(account, message, undefined))
      return { success: true }
    }),

    'status.sendText': whenConnected((at) => {
      const content = text(at.call)
      if (content instanceof Answer) return content
      return json(201, serializeStatus(state, at.account, send(at, content, STATUS), textOf(at.call.body.backgroundColor)))
    }),
    'status.sendImage': sending(image, STATUS),
    'status.sendVideo': sending(video, STATUS),
    'status.sendVoice': sending(voice, STATUS),
    'status.delete': whenConnected(({ account, call }) => {
      if (textOf(call.body.id) === undefined) throw new EngineError("Cannot read properties of undefined (reading 'includes')")
      const id = textOf(call.body.id) ?? ''
      const message = messageOf(network, account, id) ?? strangerOf(state, account, { chat: STATUS, id: bareIdOf(id) })
      known(message, () => network.revoke(account, message))
      return json(
        201,
        serializeChangeOf(state, account, message, (key) => ({ protocolMessage: { key, type: 'REVOKE' } })),
      )
    }),
  }

  function newId(): string {
    return `3EB0${state.ids.next('message', 18, UPPER_HEX)}`
  }
}

/** The error of JavaScript when the engine reads a field of something that is not there, or calls what is no function. */
function readOf(value: unknown, name: string, of: string): string {
  if (value === undefined || value === null) return `Cannot read properties of ${value} (reading '${name}')`
  return `${of}.${name} is not a function`
}

/** The engine adds `@c.us` where a chat has no `@`, and trips over what is no text. */
function requireChat(chat: unknown): void {
  if (typeof chat !== 'string') throw new EngineError(readOf(chat, 'includes', 'phone'))
}

/** The hidden id that a call names as its chat: the engine answers with it. */
function hiddenId(chat: unknown): string | undefined {
  return typeof chat === 'string' && chat.endsWith('@lid') ? chat : undefined
}

/** Chat and id in a full id of a message. */
function messageKey(id: string): { readonly chat: string; readonly id: string } {
  const parts = id.split('_')
  if (parts.length !== 3 && parts.length !== 4) {
    throw new EngineError('Message id be in format false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA[_participant]')
  }
  return { chat: parts[1] ?? '', id: parts[2] ?? '' }
}

/** A message that the network does not have, as the engine imagines it. */
function strangerOf({ clock }: State, account: Account, { chat, id }: { readonly chat: string; readonly id: string }): Message {
  const nothing = { media: undefined, place: undefined, cards: undefined, poll: undefined, replyTo: undefined, editedAt: undefined }
  return {
    ...nothing,
    id,
    from: account,
    chat,
    to: undefined,
    type: 'text',
    text: '',
    mentions: [],
    forwarded: false,
    sentAt: clock.now(),
    ack: 0,
    receipts: new Map(),
    revoked: false,
    reactions: new Map(),
    votes: new Map(),
    pinnedUntil: undefined,
    via: { gateway: 'waha', session: '' },
  }
}

// the engine writes the number as it was given
function vcardOf({ fullName, phoneNumber, whatsappId, organization }: Readonly<Record<string, unknown>>): string {
  const [name, number, company] = [fullName, phoneNumber, organization].map((one) => textOf(one) ?? '')
  const waid = textOf(whatsappId) ?? number?.replace(/\D/g, '')
  const lines = [`FN:${name}`, ...(company ? [`ORG:${company};`] : []), `TEL;type=CELL;type=VOICE;waid=${waid}:${number}`]
  return ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD'].join('\n')
}

/** The texts of some fields, one a line. */
function textIn(value: unknown, names: readonly string[]): string {
  const fields = isRecord(value) ? value : {}
  return names.flatMap((name) => textOf(fields[name]) ?? []).join('\n')
}

function replyOf(id: unknown): string | undefined {
  const full = textOf(id)
  return full === undefined ? undefined : bareIdOf(full)
}

function cardsOf(contacts: unknown): readonly Card[] {
  return (Array.isArray(contacts) ? contacts : []).filter(isRecord).map(({ fullName, phoneNumber, whatsappId, organization, vcard }) => ({
    name: textOf(fullName) ?? /^FN:(.*)$/m.exec(String(vcard))?.[1] ?? '',
    phone: textOf(whatsappId) ?? textOf(phoneNumber)?.replace(/\D/g, ''),
    organization: textOf(organization),
    vcard: textOf(vcard) ?? vcardOf({ fullName, phoneNumber, whatsappId, organization }),
  }))
}
