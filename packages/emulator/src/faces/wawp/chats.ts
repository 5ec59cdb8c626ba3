import type { Account } from '../../network/types.ts'
import { colorOf, serializeLabel, serializePresence } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { mediaIn } from './messages.ts'
import { chatIn, field, given, idsIn, listIn, page, personIn, Refusal, type RequestContext, required, SUCCESS } from './request-context.ts'
import { chatPicture, pictureUrl, serializeChat, serializeContact, serializeMessage } from './serialize.ts'

/** Chats, persons, labels, presence and the own profile. */
export function chatHandlers(context: RequestContext): Record<string, Handler> {
  const { state } = context
  const { network } = state

  const change = (act: (account: Account, chat: string, call: Call) => void): Handler =>
    context.connected((account, call) => {
      act(account, chatIn(context, call), call)
      return SUCCESS
    })

  return {
    'chats.list': context.connected((account, call) => {
      const chats = network.chats.list(account)
      const ordered = /^asc$/i.test(field(call, 'sortOrder') ?? '') ? [...chats].reverse() : chats
      return page(call, ordered).map((chat) => serializeChat(state, account, chat))
    }),

    'chats.overview': context.connected((account, call) => {
      const ids = call.query.getAll('ids')
      const chats = network.chats.list(account).filter(({ id }) => ids.length === 0 || ids.includes(id))
      return page(call, chats).map((chat) => ({
        id: chat.id,
        name: network.chats.nameOf(account, chat.id) ?? null,
        picture: chatPicture(state, chat.id),
        lastMessage: chat.last ? serializeMessage(state, account, chat.last) : null,
        _chat: serializeChat(state, account, chat),
      }))
    }),

    'chats.markRead': context.connected((account, call) => {
      network.markSeen(account, chatIn(context, call))
      return { ids: [] }
    }),
    'chats.markUnread': change((account, chat) => network.chats.set(account, chat, { markedUnread: true })),
    'chats.archive': change((account, chat) => network.chats.set(account, chat, { archived: true })),
    'chats.unarchive': change((account, chat) => network.chats.set(account, chat, { archived: false })),
    'chats.clear': change((account, chat) => network.chats.clear(account, chat)),
    'chats.delete': change((account, chat) => network.chats.delete(account, chat)),
    'chats.getPicture': context.connected((_, call) => ({ url: chatPicture(state, chatIn(context, call)) })),

    ...contactHandlers(context),
    ...labelHandlers(context),

    'presence.set': context.connected((account, call) => {
      const word = required(call, 'presence')
      if (word === 'online' || word === 'offline') network.presence.set(account, word)
      else if (word === 'typing' || word === 'recording' || word === 'paused') network.presence.type(account, chatIn(context, call), word)
      else throw new Refusal({ status: 400, message: 'presence must be one of online, offline, typing, recording, paused' })
      return SUCCESS
    }),
    'presence.get': context.connected((account, call) => {
      const chat = chatIn(context, call)
      return serializePresence(chat, network.presence.of(account, chat))
    }),
    'presence.subscribe': change((account, chat) => network.presence.subscribe(account, chat)),

    'profile.get': context.connected((account) => ({ id: account.jid, name: account.name, picture: pictureUrl(state, account.picture) })),
    'profile.setName': context.connected((account, call) => {
      network.change(account, { name: required(call, 'name') })
      return SUCCESS
    }),
    'profile.setAbout': context.connected((account, call) => {
      network.change(account, { about: given(call, 'status') })
      return SUCCESS
    }),
    'profile.setPicture': context.connected(async (account, call) => {
      network.change(account, { picture: await mediaIn(context, call) })
      return SUCCESS
    }),
    'profile.deletePicture': context.connected((account) => {
      network.change(account, { picture: null })
      return SUCCESS
    }),
  }
}

function contactHandlers(context: RequestContext): Record<string, Handler> {
  const { state } = context
  const { network } = state

  const block = (blocked: boolean) =>
    context.connected((account, call) => {
      network.contacts.block(account, personIn(context, call, 'contactId'), blocked)
      return SUCCESS
    })

  const lids = (account: Account) => network.contacts.list(account).map(({ person }) => ({ lid: `${person.lid}@lid`, pn: person.jid }))

  return {
    'contacts.list': context.connected((account, call) =>
      page(call, network.contacts.list(account)).map((contact) => serializeContact(account, contact)),
    ),
    'contacts.get': context.connected((account, call) => {
      const person = personIn(context, call, 'contactId')
      if (!person.registered) throw new Refusal({ status: 404, message: `There is no contact ${person.jid}` })
      return serializeContact(account, network.contacts.get(account, person))
    }),
    'contacts.checkExists': context.connected((_, call) => {
      const { registered, jid } = personIn(context, call, 'phone')
      return registered ? { numberExists: true, chatId: jid } : { numberExists: false }
    }),
    'contacts.update': context.connected((account, call) => {
      const name = [field(call, 'firstName'), field(call, 'lastName')].filter(Boolean).join(' ')
      network.contacts.save(account, personIn(context, call, 'chatId'), name === '' ? undefined : name)
      return SUCCESS
    }),
    'contacts.getAbout': context.connected((_, call) => ({ about: personIn(context, call, 'contactId').about })),
    'contacts.getProfilePicture': context.connected((_, call) => ({
      profilePictureURL: pictureUrl(state, personIn(context, call, 'contactId').picture),
    })),
    'contacts.block': block(true),
    'contacts.unblock': block(false),

    'lids.list': context.connected((account, call) => page(call, lids(account))),
    'lids.count': context.connected((account) => ({ count: lids(account).length })),
  }
}

function labelHandlers(context: RequestContext): Record<string, Handler> {
  const { network } = context.state
  const { labels } = network

  const inPath = ({ params }: Call) => params.labelId ?? params.id ?? ''
  const written = (call: Call) => {
    const color = field(call, 'color')
    return { name: required(call, 'name'), color: color === undefined ? colorOf(field(call, 'colorHex')) : Number(color) }
  }
  const assign = (change: (ids: readonly string[], id: string) => readonly string[]) =>
    context.connected((account, call) => {
      const chat = chatIn(context, call)
      const ids = labels.of(account, chat).map(({ id }) => id)
      labels.assign(account, chat, change(ids, inPath(call)))
      return SUCCESS
    })

  return {
    'labels.list': context.connected((account) => labels.list(account).map(serializeLabel)),
    'labels.get': context.connected((account, call) => {
      const label = labels.find(account, inPath(call))
      if (!label) throw new Refusal({ status: 404, message: `There is no label ${inPath(call)}` })
      return serializeLabel(label)
    }),
    'labels.create': context.connected((account, call) => serializeLabel(labels.create(account, written(call)))),
    'labels.update': context.connected((account, call) => serializeLabel(labels.update(account, inPath(call), written(call)))),
    'labels.delete': context.connected((account, call) => {
      labels.delete(account, inPath(call))
      return SUCCESS
    }),
    'labels.getChats': context.connected((account, call) => labels.chats(account, inPath(call)).map((id) => ({ id }))),
    'labels.getChatLabels': context.connected((account, call) => labels.of(account, chatIn(context, call)).map(serializeLabel)),
    'labels.addToChat': assign((ids, id) => [...ids, id]),
    'labels.removeFromChat': assign((ids, id) => ids.filter((one) => one !== id)),
    'labels.setChatLabels': context.connected((account, call) => {
      if (listIn(call, 'labels').some((one) => textOf((one as { id?: unknown })?.id) === undefined)) {
        throw new Refusal({ status: 400, message: 'labels must be a list of { id }' })
      }
      labels.assign(account, chatIn(context, call), idsIn(call, 'labels'))
      return SUCCESS
    }),
  }
}
