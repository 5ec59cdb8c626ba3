import type { Clock } from '@wamux/core'
import { createTimers, type Timers } from '../clock/timers.ts'
import type { Timings } from '../clock/timings.ts'
import type { Ids } from '../ids.ts'
import { createMemory, type Memory } from '../memory/memory.ts'
import { type Calls, createCalls } from './calls.ts'
import { type Channels, createChannels } from './channels.ts'
import { type Chats, createChats } from './chats.ts'
import { createGroups, type Groups } from './groups.ts'
import { kindOf, parseJid } from './jid.ts'
import { createLabels, type Labels } from './labels.ts'
import { createMediaStore, type MediaStore } from './messages/media.ts'
import { createMessages, type Messages } from './messages/messages.ts'
import { type Contacts, createContacts } from './people/contacts.ts'
import { createPeople, type People } from './people/people.ts'
import { createPresences, type Presences } from './people/presence.ts'
import type { Account, Emit, NetworkEvent, PhoneChange, ProfileChange } from './types.ts'

/**
 * The simulated WhatsApp network, all that the faces share. Messages are here (`send`, `edit`, `revoke`, `react`, `vote`, `pin`,
 * `forward`, `markSeen`); what each account sees of them is in `chats`. Persons are `Account`s, chats are JIDs (`…@c.us`, `…@g.us`,
 * `…@newsletter`, `status@broadcast`); {@link Network.chatOf} reads whatever a gateway's API was given. WhatsApp's own refusals are
 * thrown as `NetworkError` with a code.
 *
 * @example
 * const chat = network.chatOf(body.chatId) // '+1 202 555 0101', '…@s.whatsapp.net', '…@lid', '…@g.us'
 * const media = network.media.add({ bytes, mimetype: 'image/png' })
 * const sent = network.send({ from: session.account, to: chat, media, text: 'caption', via: { gateway: 'waha', session: session.id } })
 * network.chats.messages(session.account, chat) // newest first
 * network.on(({ account, type }) => {}) // everything that happens to any account
 */
export interface Network extends Pick<People, 'account' | 'find' | 'accounts' | 'newAccount'>, Messages {
  readonly chats: Chats
  readonly contacts: Contacts
  readonly groups: Groups
  readonly channels: Channels
  readonly labels: Labels
  readonly presence: Presences
  readonly calls: Calls
  readonly media: MediaStore
  /**
   * The JID of a chat, out of anything that a gateway's API takes: a number, a JID in any form, a `…@lid`. `undefined` when it is none,
   * or a hidden number that nobody has. A group or channel need not exist.
   */
  chatOf(value: unknown): string | undefined
  /** Changes name, about or picture of a phone (`null` takes a picture away), or whether it is on, reads by itself, is on WhatsApp. */
  change(account: Account, change: ProfileChange & PhoneChange): void
  /** Hears of everything that happens to any account; the answer ends it. */
  on(listener: (event: NetworkEvent) => void): () => void
}

export function createNetwork(
  clock: Clock,
  ids: Ids,
  timings: Timings,
  memory: Memory = createMemory(),
  timers: Timers = createTimers(clock, memory),
): Network {
  // a new list with each change: a listener may be added or removed while an event is handed out
  let listeners: readonly ((event: NetworkEvent) => void)[] = []

  const emit: Emit = (account, details) => {
    if (listeners.length === 0) return
    const event = { ...details, account, at: clock.now() }
    for (const listener of listeners) listener(event)
  }

  const people = createPeople(memory, (account) => {
    for (const part of [chats, labels, presence]) part.forget(account)
  })
  const channels = createChannels(clock, ids, emit, people, memory)
  const labels = createLabels(emit, memory)
  const presence = createPresences({ clock, emit, people, memory, others })
  const chats = createChats({ clock, emit, people, memory, title: (id) => groups.find(id)?.subject ?? channels.find(id)?.name })
  const groups: Groups = createGroups({ clock, ids, emit, people, memory, joined: (account, id) => chats.open(account, id) })
  const messages = createMessages({ clock, ids, timings, people, chats, groups, channels, emit, memory, timers })

  function others(account: Account, chat: string): readonly Account[] {
    if (kindOf(chat) === 'group') return [...(groups.find(chat)?.participants.keys() ?? [])].filter((one) => one !== account)
    const person = kindOf(chat) === 'person' ? people.find(chat) : undefined
    return person ? [person] : []
  }

  return {
    account: people.account,
    find: people.find,
    accounts: people.accounts,
    newAccount: people.newAccount,
    ...messages,
    chats,
    contacts: createContacts(people, chats, emit),
    groups,
    channels,
    labels,
    presence,
    calls: createCalls(clock, ids, emit, people, memory),
    media: createMediaStore(ids, memory),

    chatOf(value) {
      const jid = parseJid(value)
      return jid?.endsWith('@lid') ? people.find(jid)?.jid : jid
    },

    change(account, change) {
      people.change(account, change)
      if (change.on) messages.catchUp(account)
      if (change.name === undefined && change.about === undefined && change.picture === undefined) return
      const knowing = people.accounts().filter((one) => one === account || chats.get(one, account.jid))
      for (const one of knowing) emit(one, { type: 'contact', person: account, change: 'profile' })
    },

    on(listener) {
      const own: typeof listener = (event) => listener(event)
      listeners = [...listeners, own]
      return () => {
        listeners = listeners.filter((one) => one !== own)
      }
    },
  }
}
