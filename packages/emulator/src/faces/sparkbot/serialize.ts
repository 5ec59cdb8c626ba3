import { kindOf, phoneInJid } from '../../network/jid.ts'
import type { Account, Ack, Channel, Chat, Group, Message } from '../../network/types.ts'
import type { State } from '../../state.ts'
import { omitUndefined, type PairedDevice, toIsoString } from './request-context.ts'

/** How far a message got. */
export const ACKS: Readonly<Record<Ack, string>> = {
  '-1': 'failed',
  0: 'pending',
  1: 'sent',
  2: 'delivered',
  3: 'read',
  4: 'played',
}

/** Ids of files have 24 digits. */
export function fileIdOf({ id }: { readonly id: string }): string {
  return id.slice(0, 24)
}

function ackFor(account: Account, { from, ack, receipts }: Message): string {
  return ACKS[from === account ? ack : (receipts.get(account.phone) ?? 2)]
}

function bodyOf({ type, text, place }: Message): string | undefined {
  if (type === 'location') return place?.name
  return text === '' ? undefined : text
}

function partsOf(account: Account, chat: string, message: Message): Record<string, unknown> {
  const { media, place, cards, poll, replyTo, editedAt, revoked, forwarded, text } = message
  const fromMe = message.from === account
  return omitUndefined({
    from: message.from.jid,
    fromNumber: `+${message.from.phone}`,
    to: fromMe ? chat : account.jid,
    author: kindOf(chat) === 'group' ? message.from.jid : undefined,
    date: toIsoString(message.sentAt),
    timestamp: Math.floor(message.sentAt / 1000),
    ack: ackFor(account, message),
    body: bodyOf(message),
    media: media && {
      id: fileIdOf(media),
      status: 'available',
      mime: media.mimetype,
      size: media.size,
      filename: media.filename,
      caption: text === '' ? undefined : text,
    },
    location: place && { lat: place.latitude, lon: place.longitude, name: place.name, address: place.address },
    vcards: cards?.map(({ name }) => ({ formattedName: name })),
    poll: poll && { name: poll.question, max: poll.multiple ? poll.options.length : 1 },
    quoted: replyTo === undefined ? undefined : { wid: replyTo },
    editedAt: editedAt === undefined ? undefined : toIsoString(editedAt),
    meta: { isEdited: editedAt !== undefined, isRevoked: revoked, isForwarded: forwarded, isGroup: kindOf(chat) === 'group' },
  })
}

/**
 * A message as the API has it.
 *
 * @param chat JID as the account has it
 */
export function serializeMessage({ device, account }: PairedDevice, chat: string, message: Message): Record<string, unknown> {
  return {
    wid: message.id,
    chatWid: chat,
    chat,
    device: device.id,
    mtype: kindOf(chat) === 'status' ? 'status' : 'message',
    flow: message.from === account ? 'out' : 'in',
    kind: message.type,
    ...partsOf(account, chat, message),
  }
}

/** A message as webhooks have it. */
export function messageInEvent(state: State, { account }: PairedDevice, chat: string, message: Message): Record<string, unknown> {
  const kind = kindOf(chat)
  return {
    id: message.id,
    type: message.type,
    flow: message.from === account ? 'outbound' : 'inbound',
    status: 'active',
    ...partsOf(account, chat, message),
    chat: omitUndefined({
      id: chat,
      name: state.network.chats.nameOf(account, chat),
      type: kind === 'person' ? 'chat' : kind,
      status: 'active',
    }),
  }
}

function lidOf(person: Account | undefined): string | undefined {
  return person && `${person.lid}@lid`
}

/** What the team wrote about a chat. */
export interface InboxFacts {
  readonly status?: string
  readonly owner?: Readonly<Record<string, unknown>> | undefined
  readonly labels: readonly string[]
  readonly notes: readonly { readonly id: string; readonly message: string }[]
}

/** What the team knows of a person. */
export interface ContactFacts {
  readonly info?: Readonly<Record<string, unknown>>
  readonly metadata?: readonly Readonly<Record<string, unknown>>[]
  readonly subscription?: Readonly<Record<string, unknown>>
}

/** What the team knows, by account and JID. */
export interface TeamFacts {
  readonly chats: Map<string, InboxFacts>
  readonly contacts: Map<string, ContactFacts>
}

export function createTeamFacts({ memory }: State): TeamFacts {
  return { chats: memory.part('sparkbot/inbox', () => new Map()), contacts: memory.part('sparkbot/contact-facts', () => new Map()) }
}

/** Where the facts about a chat or person of an account stand. */
export function factKey({ phone }: Account, jid: string): string {
  return `${phone} ${jid}`
}

/** A chat of the inbox. */
export function serializeChat({ network }: State, account: Account, chat: Chat, team?: TeamFacts): Record<string, unknown> {
  const facts = team?.chats.get(factKey(account, chat.id))
  const { id, kind, unread, markedUnread, archived, pinned, mutedUntil, at, last } = chat
  return omitUndefined({
    wid: id,
    lid: kind === 'person' ? lidOf(network.find(id)) : undefined,
    kind: kind === 'person' ? 'chat' : kind,
    name: network.chats.nameOf(account, id),
    status: facts?.status ?? 'active',
    owner: facts?.owner,
    labels: facts?.labels,
    stats: facts && { notes: facts.notes.length },
    waStatus: archived ? 'archived' : 'active',
    date: toIsoString(at),
    lastMessageAt: toIsoString(last?.sentAt ?? at),
    meta: {
      unreadCount: unread,
      isUnread: unread > 0 || markedUnread,
      isArchived: archived,
      isPinned: pinned,
      isChatPinned: pinned,
      isChatMuted: mutedUntil !== undefined,
    },
  })
}

/** A person as the device knows them. */
export function serializeContact({ network, files }: State, account: Account, person: Account, team?: TeamFacts): Record<string, unknown> {
  const { name, blocked } = network.contacts.get(account, person)
  return omitUndefined({
    wid: person.jid,
    phone: `+${person.phone}`,
    name,
    displayName: person.name,
    formattedName: name ?? person.name,
    image: person.picture && { url: files.urlOf(person.picture) },
    meta: { isContact: name !== undefined, isWAContact: true, isContactBlocked: blocked },
    ...team?.contacts.get(factKey(account, person.jid)),
  })
}

/**
 * A group.
 *
 * @param whole with its members
 */
export function serializeGroup({ network, files }: State, account: Account, group: Group, whole: boolean): Record<string, unknown> {
  const chat = network.chats.get(account, group.id)
  const participants = [...group.participants].map(([person, role]) => ({
    chatWid: group.id,
    wid: person.jid,
    phone: `+${person.phone}`,
    name: network.contacts.nameOf(account, person),
    isAdmin: role !== 'member',
    isSuperAdmin: role === 'owner',
  }))
  return omitUndefined({
    wid: group.id,
    kind: 'group',
    name: group.subject,
    description: group.description,
    imageUrl: group.picture && files.urlOf(group.picture),
    createdAt: toIsoString(group.createdAt),
    lastMessageAt: chat?.last && toIsoString(chat.last.sentAt),
    unreadCount: chat?.unread ?? 0,
    isArchive: chat?.archived ?? false,
    isReadOnly: group.announcement && group.participants.get(account) === 'member',
    permissions: {
      edit: group.locked ? 'admins' : 'all',
      send: group.announcement ? 'admins' : 'all',
      approval: group.approval,
    },
    totalParticipants: group.participants.size,
    participants: whole ? participants : undefined,
  })
}

/** A channel. */
export function serializeChannel({ files }: State, account: Account, channel: Channel): Record<string, unknown> {
  return omitUndefined({
    wid: channel.id,
    kind: 'channel',
    name: channel.name,
    description: channel.description,
    imageUrl: channel.picture && files.urlOf(channel.picture),
    createdAt: toIsoString(channel.createdAt),
    isReadOnly: channel.owner !== account,
    inviteCode: channel.invite,
    inviteLink: `https://whatsapp.com/channel/${channel.invite}`,
    totalParticipants: channel.followers.size,
  })
}

/** Digits of a person's JID or number. */
export function digitsOf(value: string): string | undefined {
  return phoneInJid(value) ?? /^\+?(\d{7,15})$/.exec(value)?.[1]
}
