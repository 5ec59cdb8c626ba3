import type { Clock } from '@wamux/core'
import type { Memory } from '../../memory/memory.ts'
import type { Account, Emit, PersonPresence, PresenceState } from '../types.ts'
import type { People } from './people.ts'

/** Who is online and who types. Only accounts that subscribed to a chat get events of it. */
export interface Presences {
  /** Shows the account as online or offline to all. */
  set(account: Account, presence: 'online' | 'offline'): void
  /**
   * Shows the account as typing in one chat.
   *
   * @param chat JID of the chat as the account has it
   */
  type(account: Account, chat: string, presence: 'typing' | 'recording' | 'paused'): void
  subscribe(account: Account, chat: string): void
  subscribed(account: Account, chat: string): boolean
  /** JIDs of the chats that an account subscribed to. */
  subscriptions(account: Account): readonly string[]
  /** What an account sees of a chat now. */
  of(account: Account, chat: string): readonly PersonPresence[]
  own(account: Account): PersonPresence
}

/** What the network needs of presences besides. */
export interface PresenceStore extends Presences {
  forget(account: Account): void
}

interface State {
  presence: 'online' | 'offline'
  lastSeenAt: number | undefined
  /** By chat. */
  readonly doing: Map<string, 'typing' | 'recording' | 'paused'>
}

const OFFLINE: State = { presence: 'offline', lastSeenAt: undefined, doing: new Map() }

export interface PresenceContext {
  readonly clock: Clock
  readonly emit: Emit
  readonly people: People
  readonly memory: Memory
  /** The others in a chat. */
  others(account: Account, chat: string): readonly Account[]
}

export function createPresences({ clock, emit, people, memory, others }: PresenceContext): PresenceStore {
  const states = memory.part('people/presence', () => new Map<Account, State>())
  const subscriptions = memory.part('people/presence-subscriptions', () => new Map<Account, Set<string>>())

  function stateOf(account: Account): State {
    const state = states.get(account) ?? { presence: 'offline', lastSeenAt: undefined, doing: new Map() }
    states.set(account, state)
    return state
  }

  // in a chat with one person each side knows the chat by the other's JID
  function seenFrom(viewer: Account, account: Account, chat: string): string {
    return chat === viewer.jid ? account.jid : chat
  }

  function notify(account: Account, viewer: Account, chat: string, presence: PresenceState): void {
    if (subscriptions.get(viewer)?.has(chat)) emit(viewer, { type: 'presence', chat, by: account, presence })
  }

  function view(person: Account, chat: string | undefined): PersonPresence {
    const { presence, lastSeenAt, doing } = states.get(person) ?? OFFLINE
    const now = chat === undefined ? undefined : doing.get(chat)
    return { person, presence: now === undefined || now === 'paused' ? presence : now, lastSeenAt }
  }

  return {
    forget(account) {
      states.delete(account)
    },

    set(account, presence) {
      const state = stateOf(account)
      state.presence = presence
      state.lastSeenAt = clock.now()
      for (const [viewer, chats] of subscriptions) {
        if (viewer === account) continue
        if (chats.has(account.jid)) notify(account, viewer, account.jid, presence)
      }
    },

    type(account, chat, presence) {
      const { doing } = stateOf(account)
      if (presence === 'paused') doing.delete(chat)
      else doing.set(chat, presence)
      for (const viewer of others(account, chat)) notify(account, viewer, seenFrom(viewer, account, chat), presence)
    },

    subscribe(account, chat) {
      people.keep(account)
      const chats = subscriptions.get(account) ?? new Set()
      subscriptions.set(account, chats.add(chat))
    },

    subscribed: (account, chat) => subscriptions.get(account)?.has(chat) ?? false,
    subscriptions: (account) => [...(subscriptions.get(account) ?? [])],

    // a person types to this account in the chat that it knows by this account's JID
    of: (account, chat) => others(account, chat).map((person) => view(person, person.jid === chat ? account.jid : chat)),
    own: (account) => view(account, undefined),
  }
}
