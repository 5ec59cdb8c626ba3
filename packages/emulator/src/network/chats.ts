import type { Clock } from '@wamux/core'
import type { Memory } from '../memory/memory.ts'
import { kindOf, phoneInJid, STATUS } from './jid.ts'
import { dropOldest, MAX_CHATS } from './limits.ts'
import type { People } from './people/people.ts'
import type { Account, Chat, ChatChange, ChatFlags, Emit, Message } from './types.ts'

/** Each account's own view of its chats. */
export interface Chats {
  /** Newest first. Status posts are no chat here. */
  list(account: Account): readonly Chat[]
  get(account: Account, id: string): Chat | undefined
  /** The chat, made when it is not there. */
  open(account: Account, id: string): Chat
  /** What a chat is called: the person's name, the group's subject. */
  nameOf(account: Account, id: string): string | undefined
  /** The chat of an account that a message is in. */
  idOf(account: Account, message: Message): string
  /** Newest first. */
  messages(account: Account, id: string): readonly Message[]
  /** A message that this account can see. */
  message(account: Account, id: string): Message | undefined
  set(account: Account, id: string, flags: ChatFlags): void
  /** Deletes its messages for this account; the chat stays. */
  clear(account: Account, id: string): void
  /** Deletes it with its messages for this account. */
  delete(account: Account, id: string): void
  /** Deletes one message for this account. */
  hide(account: Account, message: Message): void
  starred(account: Account, message: Message): boolean
  star(account: Account, message: Message, starred: boolean): void
}

/** What the other parts of the network need of chats. */
export interface ChatStore extends Chats {
  add(account: Account, message: Message, unread: boolean): void
  /** @param message the one that was read; without it all of the chat */
  read(account: Account, id: string, message?: Message): void
  /** Removes a message that was deleted for everyone. */
  drop(message: Message): void
  forget(account: Account): void
}

interface StoredChat {
  readonly id: string
  readonly messages: Map<string, Message>
  unread: number
  markedUnread: boolean
  archived: boolean
  pinned: boolean
  mutedUntil: number | undefined
  at: number
  /** Sequence number of the last change: orders chats that changed in the same millisecond. */
  order: number
  last: Message | undefined
}

interface Shelf {
  readonly chats: Map<string, StoredChat>
  readonly stars: Set<string>
}

export interface ChatContext {
  readonly clock: Clock
  readonly emit: Emit
  readonly people: People
  readonly memory: Memory
  /** Subject of a group, name of a channel. */
  title(id: string): string | undefined
}

export function createChats({ clock, emit, people, memory, title }: ChatContext): ChatStore {
  const shelves = memory.part('network/chats', () => new Map<Account, Shelf>())
  const changes = memory.part('network/chat-changes', () => ({ count: 0 }))

  function shelfOf(account: Account): Shelf {
    const shelf = shelves.get(account) ?? { chats: new Map(), stars: new Set() }
    shelves.set(account, shelf)
    return shelf
  }

  function getOrOpen(account: Account, id: string): StoredChat {
    const { chats } = shelfOf(account)
    const known = chats.get(id)
    if (known) return known
    const fresh = { unread: 0, markedUnread: false, archived: false, pinned: false, mutedUntil: undefined }
    changes.count += 1
    const made: StoredChat = { id, messages: new Map(), ...fresh, at: clock.now(), order: changes.count, last: undefined }
    chats.set(id, made)
    dropOldest(
      chats,
      MAX_CHATS,
      () => {},
      (other) => other === made,
    )
    return made
  }

  function idOf(account: Account, { chat, from, to }: Message): string {
    return to && account === to ? from.jid : chat
  }

  function view({ messages: _, order: __, ...chat }: StoredChat): Chat {
    return { ...chat, kind: kindOf(chat.id) }
  }

  function remove(chat: StoredChat | undefined, message: Message): void {
    if (!chat?.messages.delete(message.id) || chat.last !== message) return
    chat.last = undefined
    for (const one of chat.messages.values()) chat.last = one
  }

  return {
    list: (account) =>
      [...shelfOf(account).chats.values()]
        .filter(({ id }) => id !== STATUS)
        .sort((one, other) => other.order - one.order)
        .map(view),

    get(account, id) {
      const found = shelfOf(account).chats.get(id)
      return found && view(found)
    },

    open: (account, id) => view(getOrOpen(account, id)),

    nameOf(account, id) {
      const person = phoneInJid(id) === undefined ? undefined : people.find(id)
      return person ? people.nameOf(account, person) : title(id)
    },

    idOf,
    messages: (account, id) => [...(shelfOf(account).chats.get(id)?.messages.values() ?? [])].reverse(),

    message(account, id) {
      for (const { messages } of shelfOf(account).chats.values()) {
        const found = messages.get(id)
        if (found) return found
      }
      return undefined
    },

    set(account, id, { archived, pinned, mutedUntil, markedUnread }) {
      const chat = getOrOpen(account, id)
      const changed = (change: ChatChange) => emit(account, { type: 'chat', chat: id, change })
      if (archived !== undefined && archived !== chat.archived) {
        chat.archived = archived
        changed(archived ? 'archived' : 'unarchived')
      }
      if (pinned !== undefined && pinned !== chat.pinned) {
        chat.pinned = pinned
        changed(pinned ? 'pinned' : 'unpinned')
      }
      if (mutedUntil !== undefined) {
        chat.mutedUntil = mutedUntil ?? undefined
        changed(mutedUntil === null ? 'unmuted' : 'muted')
      }
      if (markedUnread !== undefined && markedUnread !== chat.markedUnread) {
        chat.markedUnread = markedUnread
        changed(markedUnread ? 'unread' : 'read')
      }
    },

    clear(account, id) {
      const chat = getOrOpen(account, id)
      chat.messages.clear()
      Object.assign(chat, { unread: 0, last: undefined })
      emit(account, { type: 'chat', chat: id, change: 'cleared' })
    },

    delete(account, id) {
      if (shelfOf(account).chats.delete(id)) emit(account, { type: 'chat', chat: id, change: 'deleted' })
    },

    hide(account, message) {
      remove(shelfOf(account).chats.get(idOf(account, message)), message)
    },

    starred: (account, message) => shelfOf(account).stars.has(message.id),

    star(account, message, starred) {
      const { stars } = shelfOf(account)
      if (starred) stars.add(message.id)
      else stars.delete(message.id)
    },

    add(account, message, unread) {
      const chat = getOrOpen(account, idOf(account, message))
      chat.messages.set(message.id, message)
      changes.count += 1
      Object.assign(chat, { at: clock.now(), order: changes.count, last: message })
      if (unread) chat.unread += 1
      // WhatsApp takes a chat out of the archive when something new comes, unless it is muted
      if (chat.archived && chat.mutedUntil === undefined) chat.archived = false
    },

    read(account, id, message) {
      const chat = shelfOf(account).chats.get(id)
      if (!chat || (message && !chat.messages.has(message.id)) || (chat.unread === 0 && !chat.markedUnread)) return
      chat.unread = message ? Math.max(0, chat.unread - 1) : 0
      chat.markedUnread = false
      emit(account, { type: 'chat', chat: id, change: 'read' })
    },

    drop(message) {
      for (const account of [message.from, ...[...message.receipts.keys()].flatMap((phone) => people.find(phone) ?? [])]) {
        const shelf = shelves.get(account)
        remove(shelf?.chats.get(idOf(account, message)), message)
        shelf?.stars.delete(message.id)
      }
    },

    forget(account) {
      shelves.delete(account)
    },
  }
}
