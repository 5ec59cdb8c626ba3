import { kindOf, STATUS } from '../../network/jid.ts'
import type { Account, Chat, Message } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { type Answer, content, json } from '../../wire/answer.ts'
import type { Call, Handler } from '../handler.ts'
import { textOf } from '../http.ts'
import { asRecord, type DeviceGuards, errorResponse, invalidField, type PairedDevice, pageOf } from './request-context.ts'
import { fileIdOf, serializeChat, serializeContact, serializeMessage, type TeamFacts } from './serialize.ts'

/** Chats, their messages and files, and the people in them. */
export function chatHandlers(state: State, guards: DeviceGuards, team: TeamFacts): Record<string, Handler> {
  const { network } = state
  const { chats } = network

  const withChat = (act: (pair: PairedDevice, chat: Chat, call: Call) => Answer): Handler => {
    return guards.paired((pair, call) => {
      const id = network.chatOf(call.params.chatWid) ?? ''
      const chat = chats.get(pair.account, id)
      return chat ? act(pair, chat, call) : errorResponse(404, `There is no chat ${call.params.chatWid}`)
    })
  }

  const withMessage = (act: (pair: PairedDevice, message: Message, call: Call) => Answer): Handler => {
    return guards.paired((pair, call) => {
      const message = chats.message(pair.account, call.params.messageId ?? '')
      return message ? act(pair, message, call) : errorResponse(404, `There is no message ${call.params.messageId}`)
    })
  }

  const withPerson = (act: (pair: PairedDevice, person: Account) => Answer): Handler => {
    return guards.paired((pair, { params }) => {
      const person = network.find(params.contactWid ?? '')
      return person ? act(pair, person) : errorResponse(404, `There is no contact ${params.contactWid}`)
    })
  }

  const withPersons = (act: (pair: PairedDevice, person: Account) => void): Handler => {
    return guards.online((pair, { body }) => {
      const wanted = Array.isArray(body.contacts) ? body.contacts : []
      const persons = wanted.flatMap((one) => network.find(String(one)) ?? [])
      if (wanted.length === 0 || wanted.length > 50) return invalidField('contacts', 'needs 1 to 50 entries')
      for (const person of persons) act(pair, person)
      return json(200, { contacts: persons.map(({ jid }) => jid) })
    })
  }

  const chatAfter = (pair: PairedDevice, id: string): Answer => {
    const chat = chats.get(pair.account, id)
    return json(200, chat ? serializeChat(state, pair.account, chat, team) : { wid: id, waStatus: 'removed' })
  }

  /** All messages, or those of one chat, newest first. */
  function messagesOf({ account }: PairedDevice, chat: string | undefined): readonly (readonly [string, Message])[] {
    if (chat !== undefined) return chats.messages(account, chat).map((message) => [chat, message])
    const all = chats.list(account).flatMap(({ id }) => chats.messages(account, id).map((message) => [id, message] as const))
    return all.sort(([, one], [, other]) => other.sentAt - one.sentAt)
  }

  /** The file of a message of the device. */
  function fileOf(pair: PairedDevice, id: string | undefined): Message['media'] {
    const withFile = [...messagesOf(pair, undefined), ...messagesOf(pair, STATUS)]
    return withFile.find(([, { media }]) => media && fileIdOf(media) === id)?.[1].media
  }

  return {
    'chats.list': guards.paired((pair, { query }) => {
      const type = query.get('type')
      const shown = chats.list(pair.account).filter(({ kind }) => !type || type === (kind === 'person' ? 'chat' : kind))
      const unread = query.get('unread') === 'true' ? shown.filter((chat) => chat.unread > 0 || chat.markedUnread) : shown
      return json(
        200,
        pageOf(unread, query).map((chat) => serializeChat(state, pair.account, chat, team)),
      )
    }),

    'chats.get': withChat(({ account }, chat) => json(200, serializeChat(state, account, chat, team))),

    'chats.archive': withChat((pair, { id }) => {
      chats.set(pair.account, id, { archived: true })
      return chatAfter(pair, id)
    }),

    'chats.unarchive': withChat((pair, { id }) => {
      chats.set(pair.account, id, { archived: false })
      return chatAfter(pair, id)
    }),

    'chats.setAttributes': withChat((pair, { id }, { body: { muted, pinned } }) => {
      if (typeof pinned === 'boolean') chats.set(pair.account, id, { pinned })
      if (typeof muted === 'boolean') chats.set(pair.account, id, { mutedUntil: muted ? Number.POSITIVE_INFINITY : null })
      return chatAfter(pair, id)
    }),

    'chats.setUnread': withChat((pair, { id }, { body }) => {
      if (typeof body.unread !== 'boolean') return invalidField('unread', 'is required')
      if (body.unread) chats.set(pair.account, id, { markedUnread: true })
      else network.markSeen(pair.account, id)
      return chatAfter(pair, id)
    }),

    // removing a chat from the service only leaves it in WhatsApp, so the emulator keeps it
    'chats.delete': withChat((pair, { id }, { body }) => {
      if (body.whatsapp === true) chats.delete(pair.account, id)
      return chatAfter(pair, id)
    }),

    'chats.setTyping': guards.online(({ account }, { body }) => {
      const chat = network.chatOf(body.chat ?? body.group)
      const word = { typing: 'typing', recording: 'recording', stop: 'paused' }[String(body.action)]
      if (chat === undefined) return invalidField('chat', 'is required, or group')
      if (word === undefined) return invalidField('action', 'is typing, recording or stop')
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

    'chatMessages.list': guards.paired((pair, { query }) => {
      const chat = query.get('chat')
      const id = chat === null ? undefined : (network.chatOf(chat) ?? chat)
      const found = messagesOf(pair, id)
      const sorted = query.get('sort') === 'date:asc' ? found.toReversed() : found
      return json(
        200,
        pageOf(sorted, query).map(([of, message]) => serializeMessage(pair, of, message)),
      )
    }),

    'chatMessages.get': withMessage((pair, message) => json(200, serializeMessage(pair, chats.idOf(pair.account, message), message))),

    'chatMessages.edit': withMessage((pair, message, { body }) => {
      const text = textOf(body.message)
      if (text === undefined) return invalidField('message', 'is required')
      network.edit(pair.account, message, text)
      return json(200, serializeMessage(pair, chats.idOf(pair.account, message), message))
    }),

    'chatMessages.delete': withMessage((pair, message, { query }) => {
      if (query.get('revoke') === 'true') network.revoke(pair.account, message)
      else chats.hide(pair.account, message)
      return json(200, { wid: message.id, status: 'removed' })
    }),

    'chatFiles.get': guards.paired((pair, { params }) => {
      const media = fileOf(pair, params.fileId)
      if (!media) return errorResponse(404, `There is no file ${params.fileId}`)
      return json(200, { id: params.fileId, status: 'available', mime: media.mimetype, size: media.size, filename: media.filename })
    }),

    'chatFiles.download': guards.paired((pair, { params }) => {
      const media = fileOf(pair, params.fileId)
      const bytes = media && network.media.bytes(media.id)
      return media && bytes ? content(200, media.mimetype, bytes) : errorResponse(404, `There is no file ${params.fileId}`)
    }),

    'chatContacts.list': guards.paired(({ account }, { query }) => {
      // groups and channels are contacts too, unless only persons are asked for
      const persons = network.contacts.list(account).map(({ person }) => serializeContact(state, account, person, team))
      const types = query.get('type')?.split(',')
      const others = chats.list(account).filter(({ kind }) => kind === 'group' || kind === 'channel')
      const rest = others
        .filter(({ kind }) => !types || types.includes(kind))
        .map(({ id, kind }) => ({ wid: id, kind, name: chats.nameOf(account, id) }))
      const wanted = !types || types.some((type) => ['user', 'personal', 'business'].includes(type)) ? persons : []
      return json(200, pageOf([...wanted, ...rest], query))
    }),

    'chatContacts.get': withPerson(({ account }, person) => json(200, serializeContact(state, account, person, team))),
    'chatContacts.block': withPersons(({ account }, person) => network.contacts.block(account, person, true)),
    'chatContacts.unblock': withPersons(({ account }, person) => network.contacts.block(account, person, false)),

    'userStatus.list': guards.paired((pair, { query }) => {
      return json(
        200,
        pageOf(messagesOf(pair, STATUS), query).map(([of, message]) => serializeMessage(pair, of, message)),
      )
    }),

    'userStatus.delete': guards.online((pair, { body }) => {
      const own = chats.messages(pair.account, STATUS).filter(({ from }) => from === pair.account)
      const wanted = Array.isArray(body.status) ? body.status : []
      const found = body.all === true ? own : own.filter(({ id }) => wanted.includes(id))
      if (found.length === 0) return errorResponse(404, 'There is no such status')
      for (const message of found) network.revoke(pair.account, message)
      return json(200, { status: found.map(({ id }) => id) })
    }),

    'numbers.exists': ({ body }) => {
      const jid = network.chatOf(asRecord(body).phone)
      if (jid === undefined || kindOf(jid) !== 'person') return invalidField('phone', 'is not a number in E.164')
      const account = network.account(jid.split('@')[0] ?? '')
      const { phone, registered } = account
      return json(200, { exists: registered, phone: `+${phone}`, ...(registered ? { wid: jid, isBusiness: false } : {}) })
    },
  }
}
