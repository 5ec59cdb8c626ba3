import { STATUS } from '../../network/jid.ts'
import type { Account, Card, Message, MessageInput, MessageType, Poll, StoredMedia } from '../../network/types.ts'
import type { Session } from '../../sessions/session.ts'
import { bareIdOf, messageOf } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { isRecord, textOf } from '../http.ts'
import { chatIn, field, flag, given, listIn, page, Refusal, type RequestContext, required, SUCCESS } from './request-context.ts'
import { serializeMessage } from './serialize.ts'

type Content = Partial<Omit<MessageInput, 'from' | 'to' | 'id' | 'via'>>

/** Messages and statuses: sending, editing, reacting, deleting, reading. */
export function messageHandlers(context: RequestContext): Record<string, Handler> {
  const { network, clock } = context.state

  const send = (what: (call: Call) => Content | Promise<Content>, to: (call: Call) => string = (call) => chatIn(context, call)): Handler =>
    context.connected(async (account, call, session) => {
      const content = await what(call)
      const replyTo = field(call, 'reply_to')
      const draft = {
        from: account,
        to: to(call),
        ...content,
        via: viaOf(session),
        ...(replyTo === undefined ? {} : { replyTo: bareIdOf(replyTo) }),
      }
      return serializeMessage(context.state, account, network.send(draft))
    })

  const post = (what: (call: Call) => Content | Promise<Content>) => send(what, () => STATUS)

  const file = (type: MessageType) => async (call: Call) => ({ type, media: await mediaIn(context, call), text: field(call, 'caption') })

  /** Makes a handler for the message that the call names. */
  const change = (act: (account: Account, message: Message, call: Call) => void): Handler =>
    context.connected((account, call) => {
      act(account, named(account, call, 'messageId'), call)
      return SUCCESS
    })

  function named(account: Account, call: Call, name: string): Message {
    const id = required(call, name)
    const message = messageOf(network, account, id)
    if (!message) throw new Refusal({ status: 404, message: `There is no message ${id}` })
    return message
  }

  return {
    // the network has no lists, events and cards: their text is sent
    'messages.sendList': send(({ body }) => {
      const { title, description } = isRecord(body.message) ? body.message : {}
      const text = [title, description].flatMap((part) => textOf(part) ?? []).join('\n')
      if (text === '') throw new Refusal({ status: 400, message: 'message is required' })
      return { text }
    }),
    'messages.sendEvent': send((call) => ({ text: `${required(call, 'event.name')}\n${required(call, 'event.description')}` })),
    'messages.sendLinkPreview': send((call) => ({ text: `${required(call, 'text')}\n${required(call, 'url')}` })),
    'messages.sendText': send((call) => ({ text: required(call, 'message') })),
    'messages.sendImage': send(file('image')),
    'messages.sendVideo': send(file('video')),
    'messages.sendVoice': send(file('voice')),
    'messages.sendPdf': send(file('document')),
    'messages.sendLocation': send(placeIn),
    'messages.sendContact': send((call) => ({ cards: cardsIn(call) })),
    'messages.sendPoll': send((call) => ({ poll: pollIn(call) })),

    'messages.votePoll': context.connected((account, call) => {
      const votes = listIn(call, 'votes').flatMap((one) => textOf(one) ?? [])
      network.vote(account, named(account, call, 'pollMessageId'), votes)
      return SUCCESS
    }),

    'messages.react': change((account, message, call) => network.react(account, message, given(call, 'reaction'))),
    'messages.edit': change((account, message, call) => network.edit(account, message, required(call, 'text'))),
    'messages.delete': change((account, message) => network.revoke(account, message)),
    'messages.unpin': change((account, message) => network.pin(account, message, undefined)),
    'messages.pin': change((account, message, call) => {
      network.pin(account, message, clock.now() + Number(field(call, 'duration') ?? 604_800) * 1000)
    }),

    'messages.markSeen': context.connected((account, call) => {
      const chat = chatIn(context, call)
      const ids = listIn(call, 'messageIds').flatMap((one) => textOf(one) ?? [])
      network.markSeen(account, chat, ids.length > 0 ? ids.map(bareIdOf) : undefined)
      return { ids }
    }),

    'messages.startTyping': context.connected((account, call) => {
      network.presence.type(account, chatIn(context, call), 'typing')
      return { result: true }
    }),
    'messages.stopTyping': context.connected((account, call) => {
      network.presence.type(account, chatIn(context, call), 'paused')
      return { result: true }
    }),

    'messages.get': context.connected((account, call) => {
      const message = named(account, call, 'messageId')
      const chat = chatIn(context, call)
      if (network.chats.idOf(account, message) !== chat) throw new Refusal({ status: 404, message: `There is no such message in ${chat}` })
      return serializeMessage(context.state, account, message)
    }),

    'chats.getMessages': context.connected((account, call) =>
      page(call, network.chats.messages(account, chatIn(context, call))).map((message) =>
        serializeMessage(context.state, account, message),
      ),
    ),

    'status.sendText': post((call) => ({ text: required(call, 'text') })),
    'status.sendImage': post(file('image')),
    'status.sendVideo': post(file('video')),
    'status.sendVoice': post(file('voice')),
    'status.delete': context.connected((account, call) => {
      network.revoke(account, named(account, call, 'id'))
      return SUCCESS
    }),
  }
}

function viaOf(session: Session) {
  return { gateway: 'wawp', session: session.id }
}

/**
 * The file that a call names by its address.
 *
 * @throws {Refusal}
 */
export async function mediaIn({ state }: RequestContext, call: Call): Promise<StoredMedia> {
  const [url, filename, mimetype] = ['url', 'filename', 'mimetype'].map((name) => required(call, `file[${name}]`)) as [
    string,
    string,
    string,
  ]
  if (flag(call, 'convert') === false && !mimetype.startsWith('audio/ogg') && /\/voice$/.test(call.path)) {
    throw new Refusal({ status: 400, code: 'bad_format', message: 'The sound is not OGG with Opus; set convert' })
  }
  return fetched(state, url, { filename, mimetype })
}

/**
 * The file that a call names by an object.
 *
 * @throws {Refusal}
 */
export async function remoteFileIn({ state }: RequestContext, { body }: Call, name: string): Promise<StoredMedia> {
  const { url, filename, mimetype } = isRecord(body[name]) ? body[name] : {}
  if (typeof url !== 'string') throw new Refusal({ status: 400, message: `${name} is required` })
  return fetched(state, url, { filename: textOf(filename), mimetype: textOf(mimetype) })
}

async function fetched(
  { files, network }: RequestContext['state'],
  url: string,
  told: { filename?: string | undefined; mimetype?: string | undefined },
) {
  const found = await files.fetch(url, told.mimetype)
  if (!found) throw new Refusal({ status: 400, message: 'The file cannot be fetched from its address' })
  return network.media.add({ bytes: found.bytes, mimetype: told.mimetype ?? found.mimetype, filename: told.filename ?? found.filename })
}

function placeIn(call: Call): Content {
  const [latitude, longitude] = ['latitude', 'longitude'].map((name) => Number(required(call, name))) as [number, number]
  if (Number.isNaN(latitude) || Number.isNaN(longitude))
    throw new Refusal({ status: 400, message: 'latitude and longitude must be numbers' })
  return { place: { latitude, longitude, name: given(call, 'title') || undefined, address: given(call, 'message') || undefined } }
}

function cardsIn(call: Call): readonly Card[] {
  const cards = listIn(call, 'contacts').filter(isRecord)
  if (cards.length === 0) throw new Refusal({ status: 400, message: 'contacts is required' })
  return cards.map(({ fullName, organization, phoneNumber, whatsappId }) => ({
    name: textOf(fullName) ?? '',
    phone: (textOf(whatsappId) ?? textOf(phoneNumber))?.replace(/\D/g, ''),
    organization: textOf(organization),
  }))
}

function pollIn({ body }: Call): Poll {
  const { name, options, multipleAnswers } = isRecord(body.poll) ? body.poll : {}
  const choices = Array.isArray(options) ? options.flatMap((one) => textOf(one) ?? []) : []
  const question = textOf(name)
  if (question === undefined || choices.length < 2) throw new Refusal({ status: 400, message: 'poll needs a name and 2 options' })
  return { question, options: choices, multiple: multipleAnswers === true }
}
