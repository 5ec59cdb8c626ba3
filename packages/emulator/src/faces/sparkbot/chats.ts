import { kindOf, STATUS } from '../../network/jid.ts'
import type { Account, Chat, Message } from '../../network/types.ts'
import type { World } from '../../state.ts'
import type { Call, Handler } from '../handler.ts'
import { content, json, textOf } from '../http.ts'
import { failed, fieldsOf, invalid, type Line, type Lines, pageOf } from './request-context.ts'
import { describeChat, describeContact, describeMessage, fileIdOf } from './serialize.ts'

/** Chats, their messages and files, and the people in them. */
export function chatHandlers(world: World, lines: Lines): Record<string, Handler> {
  const { network } = world
  const { chats } = network

  const withChat = (act: (line: Line, chat: Chat, call: Call) => Response): Handler => {
    return lines.paired((line, call) => {
      const id = network.chatOf(call.params.chatWid) ?? ''
      const chat = chats.get(line.account, id)
      return chat ? act(line, chat, call) : failed(404, `There is no chat ${call.params.chatWid}`)
    })
  }

  const withMessage = (act: (line: Line, message: Message, call: Call) => Response): Handler => {
    return lines.paired((line, call) => {
      const message = chats.message(line.account, call.params.messageId ?? '')
      return message ? act(line, message, call) : failed(404, `There is no message ${call.params.messageId}`)
    })
  }

  const withPerson = (act: (line: Line, person: Account) => Response): Handler => {
    return lines.paired((line, { params }) => {
      const person = network.find(params.contactWid ?? '')
      return person ? act(line, person) : failed(404, `There is no contact ${params.contactWid}`)
    })
  }

  const withPersons = (act: (line: Line, person: Account) => void): Handler => {
    return lines.online((line, { body }) => {
      const wanted = Array.isArray(body.contacts) ? body.contacts : []
      const persons = wanted.flatMap((one) => network.find(String(one)) ?? [])
      if (wanted.length === 0 || wanted.length > 50) return invalid('contacts', 'needs 1 to 50 entries')
      for (const person of persons) act(line, person)
      return json(200, { contacts: persons.map(({ jid }) => jid) })
    })
  }

  const chatAfter = (line: Line, id: string): Response => {
    const chat = chats.get(line.account, id)
    return json(200, chat ? describeChat(world, line.account, chat) : { wid: id, waStatus: 'removed' })
  }

  /** All messages, or those of one chat, newest first. */
  function messagesOf({ account }: Line, chat: string | undefined): readonly (readonly [string, Message])[] {
    if (chat !== undefined) return chats.messages(account, chat).map((message) => [chat, message])
    const all = chats.list(account).flatMap(({ id }) => chats.messages(account, id).map((message) => [id, message] as const))
    return all.sort(([, one], [, other]) => other.sentAt - one.sentAt)
  }

  /** A file of a message that the number has. */
  function fileOf(line: Line, id: string | undefined): Message['media'] {
    const withFile = [...messagesOf(line, undefined), ...messagesOf(line, STATUS)]
    return withFile.find(([, { media }]) => media && fileIdOf(media) === id)?.[1].media
  }

  return {
    'chats.list': lines.paired((line, { query }) => {
      const type = query.get('type')
      const shown = chats.list(line.account).filter(({ kind }) => !type || type === (kind === 'person' ? 'chat' : kind))
      const unread = query.get('unread') === 'true' ? shown.filter((chat) => chat.unread > 0 || chat.markedUnread) : shown
      return json(
        200,
        pageOf(unread, query).map((chat) => describeChat(world, line.account, chat)),
      )
    }),

    'chats.get': withChat(({ account }, chat) => json(200, describeChat(world, account, chat))),

    'chats.archive': withChat((line, { id }) => {
      chats.set(line.account, id, { archived: true })
      return chatAfter(line, id)
    }),

    'chats.unarchive': withChat((line, { id }) => {
      chats.set(line.account, id, { archived: false })
      return chatAfter(line, id)
    }),

    'chats.setAttributes': withChat((line, { id }, { body: { muted, pinned } }) => {
      if (typeof pinned === 'boolean') chats.set(line.account, id, { pinned })
      if (typeof muted === 'boolean') chats.set(line.account, id, { mutedUntil: muted ? Number.POSITIVE_INFINITY : null })
      return chatAfter(line, id)
    }),

    'chats.setUnread': withChat((line, { id }, { body }) => {
      if (typeof body.unread !== 'boolean') return invalid('unread', 'is required')
      if (body.unread) chats.set(line.account, id, { markedUnread: true })
      else network.markSeen(line.account, id)
      return chatAfter(line, id)
    }),

    // one that goes from the service only is still there in WhatsApp, and so it is here
    'chats.delete': withChat((line, { id }, { body }) => {
      if (body.whatsapp === true) chats.delete(line.account, id)
      return chatAfter(line, id)
    }),

    'chats.setTyping': lines.online(({ account }, { body }) => {
      const chat = network.chatOf(body.chat ?? body.group)
      const word = { typing: 'typing', recording: 'recording', stop: 'paused' }[String(body.action)]
      if (chat === undefined) return invalid('chat', 'is required, or group')
      if (word === undefined) return invalid('action', 'is typing, recording or stop')
      network.presence.type(account, chat, word as 'typing' | 'recording' | 'paused')
      return json(200, { ok: true })
    }),

    'chats.listParticipants': withChat(({ account }, { id }) => {
      const members = [...network.groups.get(account, id).participants]
      return json(
        200,
        members.map(([person, role]) => ({ chatWid: id, wid: person.jid, isAdmin: role !== 'member' })),
      )
    }),

    'chatMessages.list': lines.paired((line, { query }) => {
      const chat = query.get('chat')
      const id = chat === null ? undefined : (network.chatOf(chat) ?? chat)
      const found = messagesOf(line, id)
      const sorted = query.get('sort') === 'date:asc' ? found.toReversed() : found
      return json(
        200,
        pageOf(sorted, query).map(([of, message]) => describeMessage(line, of, message)),
      )
    }),

    'chatMessages.get': withMessage((line, message) => json(200, describeMessage(line, chats.idOf(line.account, message), message))),

    'chatMessages.edit': withMessage((line, message, { body }) => {
      const text = textOf(body.message)
      if (text === undefined) return invalid('message', 'is required')
      network.edit(line.account, message, text)
      return json(200, describeMessage(line, chats.idOf(line.account, message), message))
    }),

    'chatMessages.delete': withMessage((line, message, { query }) => {
      if (query.get('revoke') === 'true') network.revoke(line.account, message)
      else chats.hide(line.account, message)
      return json(200, { wid: message.id, status: 'removed' })
    }),

    'chatFiles.get': lines.paired((line, { params }) => {
      const media = fileOf(line, params.fileId)
      if (!media) return failed(404, `There is no file ${params.fileId}`)
      return json(200, { id: params.fileId, status: 'available', mime: media.mimetype, size: media.size, filename: media.filename })
    }),

    'chatFiles.download': lines.paired((line, { params }) => {
      const media = fileOf(line, params.fileId)
      const bytes = media && network.media.bytes(media.id)
      return media && bytes ? content(200, media.mimetype, bytes) : failed(404, `There is no file ${params.fileId}`)
    }),

    'chatContacts.list': lines.paired(({ account }, { query }) => {
      // groups and channels are contacts too, unless only persons are asked for
      const persons = network.contacts.list(account).map(({ person }) => describeContact(world, account, person))
      const types = query.get('type')?.split(',')
      const others = chats.list(account).filter(({ kind }) => kind === 'group' || kind === 'channel')
      const rest = others
        .filter(({ kind }) => !types || types.includes(kind))
        .map(({ id, kind }) => ({ wid: id, kind, name: chats.nameOf(account, id) }))
      const wanted = !types || types.some((type) => ['user', 'personal', 'business'].includes(type)) ? persons : []
      return json(200, pageOf([...wanted, ...rest], query))
    }),

    'chatContacts.get': withPerson(({ account }, person) => json(200, describeContact(world, account, person))),
    'chatContacts.block': withPersons(({ account }, person) => network.contacts.block(account, person, true)),
    'chatContacts.unblock': withPersons(({ account }, person) => network.contacts.block(account, person, false)),

    'userStatus.list': lines.paired((line, { query }) => {
      return json(
        200,
        pageOf(messagesOf(line, STATUS), query).map(([of, message]) => describeMessage(line, of, message)),
      )
    }),

    'userStatus.delete': lines.online((line, { body }) => {
      const own = chats.messages(line.account, STATUS).filter(({ from }) => from === line.account)
      const wanted = Array.isArray(body.status) ? body.status : []
      const found = body.all === true ? own : own.filter(({ id }) => wanted.includes(id))
      if (found.length === 0) return failed(404, 'There is no such status')
      for (const message of found) network.revoke(line.account, message)
      return json(200, { status: found.map(({ id }) => id) })
    }),

    'numbers.exists': ({ body }) => {
      const jid = network.chatOf(fieldsOf(body).phone)
      if (jid === undefined || kindOf(jid) !== 'person') return invalid('phone', 'is not a number in E.164')
      const account = network.account(jid.split('@')[0] ?? '')
      const { phone, registered } = account
      return json(200, { exists: registered, phone: `+${phone}`, ...(registered ? { wid: jid, isBusiness: false } : {}) })
    },
  }
}
