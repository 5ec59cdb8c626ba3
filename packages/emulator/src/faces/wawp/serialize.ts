import { ackName } from '../../network/messages/message.ts'
import type { Account, Card, Chat, Contact, Group, Message, MessageType, StoredMedia } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { bareIdOf, fullIdOf, seconds } from '../engine/serialize.ts'

/** WhatsApp Web's names of message types, which the engine WEBJS uses. */
const WEB_TYPES: Readonly<Record<MessageType, string>> = {
  text: 'chat',
  image: 'image',
  video: 'video',
  audio: 'audio',
  voice: 'ptt',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  contact: 'vcard',
  poll: 'poll_creation',
}

/** A JID as WEBJS has it. */
export function serializeJid(jid: string): Record<string, string> {
  const [user = '', server = ''] = jid.split('@')
  return { server, user, _serialized: jid }
}

/** A message in the common form of all engines, with the form of WEBJS in `_data`. */
export function serializeMessage({ network, files }: State, account: Account, message: Message): Record<string, unknown> {
  const { from, text, media, place, cards, poll, replyTo, revoked, sentAt, via } = message
  const chat = network.chats.idOf(account, message)
  const fromMe = from === account
  const id = fullIdOf(account, chat, message)
  const ack = fromMe ? message.ack : (message.receipts.get(account.phone) ?? message.ack)
  const ends = fromMe ? { from: account.jid, to: chat } : { from: chat, to: account.jid }
  const type = revoked ? 'revoked' : WEB_TYPES[message.type]
  const t = seconds(sentAt)
  return {
    id,
    timestamp: t,
    ...ends,
    fromMe,
    source: via.gateway === 'phone' ? 'app' : 'api',
    ...(chat.endsWith('@g.us') ? { participant: from.jid } : {}),
    body: text,
    hasMedia: media !== undefined,
    media: media ? { url: files.urlOf(media), mimetype: media.mimetype, filename: media.filename ?? null } : null,
    ack,
    ackName: ackName(ack),
    location: place ? { description: place.name ?? null, latitude: String(place.latitude), longitude: String(place.longitude) } : null,
    vCards: cards?.map(vcard) ?? null,
    replyTo: replyTo === undefined ? null : { id: replyTo },
    _data: {
      id: { fromMe, remote: chat, id: bareIdOf(id), _serialized: id },
      viewed: false,
      body: text,
      type,
      t,
      from: serializeJid(ends.from),
      to: serializeJid(ends.to),
      ack,
      isNewMsg: true,
      star: network.chats.starred(account, message),
      ...(media ? { mimetype: media.mimetype, size: media.size, ...(media.filename ? { filename: media.filename } : {}) } : {}),
      ...(poll ? { pollName: poll.question, pollOptions: poll.options.map((name, localId) => ({ name, localId })) } : {}),
    },
  }
}

function vcard({ name, phone, organization, vcard: text }: Card): string {
  if (text !== undefined) return text
  const lines = [
    `FN:${name}`,
    ...(organization ? [`ORG:${organization};`] : []),
    ...(phone ? [`TEL;type=CELL;waid=${phone}:+${phone}`] : []),
  ]
  return ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD'].join('\n')
}

/** A chat as WEBJS has it. */
export function serializeChat({ network }: State, account: Account, chat: Chat): Record<string, unknown> {
  const { id, kind, unread, markedUnread, archived, pinned, mutedUntil, at } = chat
  return {
    id: serializeJid(id),
    name: network.chats.nameOf(account, id) ?? null,
    isGroup: kind === 'group',
    // -1: no unread message, but marked as unread
    unreadCount: unread === 0 && markedUnread ? -1 : unread,
    timestamp: seconds(at),
    archived,
    pinned,
    isMuted: mutedUntil !== undefined,
    muteExpiration: mutedUntil === undefined ? 0 : mutedUntil === Number.POSITIVE_INFINITY ? -1 : seconds(mutedUntil),
  }
}

/** Address of a picture. */
export function pictureUrl({ files }: State, picture: StoredMedia | undefined): string | null {
  return picture ? files.urlOf(picture) : null
}

/** Address of a chat's picture. */
export function chatPicture(state: State, chat: string): string | null {
  const { network } = state
  const shown = network.groups.find(chat) ?? network.channels.find(chat) ?? network.find(chat)
  return pictureUrl(state, shown?.picture)
}

/** A contact as WEBJS has it. */
export function serializeContact(account: Account, { person, name, blocked }: Contact): Record<string, unknown> {
  return {
    id: person.jid,
    number: person.phone,
    ...(name === undefined ? {} : { name, shortName: name.split(' ')[0] }),
    pushname: person.name,
    isMe: person === account,
    isGroup: false,
    isWAContact: person.registered,
    isMyContact: name !== undefined,
    isBlocked: blocked,
    isBusiness: false,
    isEnterprise: false,
  }
}

/** A group as WEBJS has it. */
export function serializeGroup(state: State, account: Account, group: Group): Record<string, unknown> {
  const { id, subject, description, owner, participants, announcement, locked, createdAt } = group
  return {
    ...serializeChat(state, account, state.network.chats.open(account, id)),
    groupMetadata: {
      id: serializeJid(id),
      creation: seconds(createdAt),
      owner: serializeJid(owner.jid),
      subject,
      desc: description,
      announce: announcement,
      restrict: locked,
      size: participants.size,
      participants: [...participants].map(([person, role]) => ({
        id: serializeJid(person.jid),
        isAdmin: role !== 'member',
        isSuperAdmin: role === 'owner',
      })),
    },
  }
}
