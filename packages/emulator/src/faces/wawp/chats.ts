import type { Account } from '../../network/types.ts'
import { colorOf, labelWords, presenceWords } from '../engine/serialize.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { mediaIn } from './messages.ts'
import { chatIn, DONE, field, given, idsIn, listIn, page, personIn, Refusal, required, type WawpDesk } from './request-context.ts'
import { chatPicture, engineChat, engineContact, engineMessage, pictureUrl } from './serialize.ts'

/** Chats, persons, labels, presence and the own profile. */
export function chatHandlers(desk: WawpDesk): Record<string, Handler> {
  const { world } = desk
  const { network } = world

  const change = (act: (account: Account, chat: string, call: Call) => void): Handler =>
    desk.connected((account, call) => {
      act(account, chatIn(desk, call), call)
      return DONE
    })

  return {
    'chats.list': desk.connected((account, call) => {
      const chats = network.chats.list(account)
      const ordered = /^asc$/i.test(field(call, 'sortOrder') ?? '') ? [...chats].reverse() : chats
      return page(call, ordered).map((chat) => engineChat(world, account, chat))
    }),

    'chats.overview': desk.connected((account, call) => {
      const ids = call.query.getAll('ids')
      const chats = network.chats.list(account).filter(({ id }) => ids.length === 0 || ids.includes(id))
      return page(call, chats).map((chat) => ({
        id: chat.id,
        name: network.chats.nameOf(account, chat.id) ?? null,
        picture: chatPicture(world, chat.id),
        lastMessage: chat.last ? engineMessage(world, account, chat.last) : null,
        _chat: engineChat(world, account, chat),
      }))
    }),

    'chats.markRead': desk.connected((account, call) => {
      network.markSeen(account, chatIn(desk, call))
      return { ids: [] }
    }),
    'chats.markUnread': change((account, chat) => network.chats.set(account, chat, { markedUnread: true })),
    'chats.archive': change((account, chat) => network.chats.set(account, chat, { archived: true })),
    'chats.unarchive': change((account, chat) => network.chats.set(account, chat, { archived: false })),
    'chats.clear': change((account, chat) => network.chats.clear(account, chat)),
    'chats.delete': change((account, chat) => network.chats.delete(account, chat)),
    'chats.getPicture': desk.connected((_, call) => ({ url: chatPicture(world, chatIn(desk, call)) })),

    ...contactHandlers(desk),
    ...labelHandlers(desk),

    'presence.set': desk.connected((account, call) => {
      const word = required(call, 'presence')
      if (word === 'online' || word === 'offline') network.presence.set(account, word)
      else if (word === 'typing' || word === 'recording' || word === 'paused') network.presence.type(account, chatIn(desk, call), word)
      else throw new Refusal({ status: 400, message: 'presence must be one of online, offline, typing, recording, paused' })
      return DONE
    }),
    'presence.get': desk.connected((account, call) => {
      const chat = chatIn(desk, call)
      return presenceWords(chat, network.presence.of(account, chat))
    }),
    'presence.subscribe': change((account, chat) => network.presence.subscribe(account, chat)),

    'profile.get': desk.connected((account) => ({ id: account.jid, name: account.name, picture: pictureUrl(world, account.picture) })),
    'profile.setName': desk.connected((account, call) => {
      network.change(account, { name: required(call, 'name') })
      return DONE
    }),
    'profile.setAbout': desk.connected((account, call) => {
      network.change(account, { about: given(call, 'status') })
      return DONE
    }),
    'profile.setPicture': desk.connected(async (account, call) => {
      network.change(account, { picture: await mediaIn(desk, call) })
      return DONE
    }),
    'profile.deletePicture': desk.connected((account) => {
      network.change(account, { picture: null })
      return DONE
    }),
  }
}

function contactHandlers(desk: WawpDesk): Record<string, Handler> {
  const { world } = desk
  const { network } = world

  const block = (blocked: boolean) =>
    desk.connected((account, call) => {
      network.contacts.block(account, personIn(desk, call, 'contactId'), blocked)
      return DONE
    })

  const lids = (account: Account) => network.contacts.list(account).map(({ person }) => ({ lid: `${person.lid}@lid`, pn: person.jid }))

  return {
    'contacts.list': desk.connected((account, call) =>
      page(call, network.contacts.list(account)).map((contact) => engineContact(account, contact)),
    ),
    'contacts.get': desk.connected((account, call) => {
      const person = personIn(desk, call, 'contactId')
      if (!person.registered) throw new Refusal({ status: 404, message: `There is no contact ${person.jid}` })
      return engineContact(account, network.contacts.get(account, person))
    }),
    'contacts.checkExists': desk.connected((_, call) => {
      const { registered, jid } = personIn(desk, call, 'phone')
      return registered ? { numberExists: true, chatId: jid } : { numberExists: false }
    }),
    'contacts.update': desk.connected((account, call) => {
      const name = [field(call, 'firstName'), field(call, 'lastName')].filter(Boolean).join(' ')
      network.contacts.save(account, personIn(desk, call, 'chatId'), name === '' ? undefined : name)
      return DONE
    }),
    'contacts.getAbout': desk.connected((_, call) => ({ about: personIn(desk, call, 'contactId').about })),
    'contacts.getProfilePicture': desk.connected((_, call) => ({
      profilePictureURL: pictureUrl(world, personIn(desk, call, 'contactId').picture),
    })),
    'contacts.block': block(true),
    'contacts.unblock': block(false),

    'lids.list': desk.connected((account, call) => page(call, lids(account))),
    'lids.count': desk.connected((account) => ({ count: lids(account).length })),
  }
}

function labelHandlers(desk: WawpDesk): Record<string, Handler> {
  const { network } = desk.world
  const { labels } = network

  const inPath = ({ params }: Call) => params.labelId ?? params.id ?? ''
  const written = (call: Call) => {
    const color = field(call, 'color')
    return { name: required(call, 'name'), color: color === undefined ? colorOf(field(call, 'colorHex')) : Number(color) }
  }
  const assign = (change: (ids: readonly string[], id: string) => readonly string[]) =>
    desk.connected((account, call) => {
      const chat = chatIn(desk, call)
      const ids = labels.of(account, chat).map(({ id }) => id)
      labels.assign(account, chat, change(ids, inPath(call)))
      return DONE
    })

  return {
    'labels.list': desk.connected((account) => labels.list(account).map(labelWords)),
    'labels.get': desk.connected((account, call) => {
      const label = labels.find(account, inPath(call))
      if (!label) throw new Refusal({ status: 404, message: `There is no label ${inPath(call)}` })
      return labelWords(label)
    }),
    'labels.create': desk.connected((account, call) => labelWords(labels.create(account, written(call)))),
    'labels.update': desk.connected((account, call) => labelWords(labels.update(account, inPath(call), written(call)))),
    'labels.delete': desk.connected((account, call) => {
      labels.delete(account, inPath(call))
      return DONE
    }),
    'labels.getChats': desk.connected((account, call) => labels.chats(account, inPath(call)).map((id) => ({ id }))),
    'labels.getChatLabels': desk.connected((account, call) => labels.of(account, chatIn(desk, call)).map(labelWords)),
    'labels.addToChat': assign((ids, id) => [...ids, id]),
    'labels.removeFromChat': assign((ids, id) => ids.filter((one) => one !== id)),
    'labels.setChatLabels': desk.connected((account, call) => {
      if (listIn(call, 'labels').some((one) => textOf((one as { id?: unknown })?.id) === undefined)) {
        throw new Refusal({ status: 400, message: 'labels must be a list of { id }' })
      }
      labels.assign(account, chatIn(desk, call), idsIn(call, 'labels'))
      return DONE
    }),
  }
}
