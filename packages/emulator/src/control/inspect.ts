import type { PhoneAccount, PhoneChat, PhoneGroup, TestPhones } from '@wamux/testkit'
import { EmulatorError } from '../errors.ts'
import { parsePhone } from '../network/phone-number.ts'
import type { Account } from '../network/types.ts'
import type { State } from '../state.ts'

/** A group as WhatsApp has it. */
export interface GroupView extends PhoneGroup {
  /** JID. */
  readonly id: string
}

/** A chat as one phone has it. */
export interface ChatView extends PhoneChat {
  /** JID. */
  readonly id: string
}

/** What a phone shows of itself, and what it keeps. */
export interface AccountView extends PhoneAccount {
  /** Digits. */
  readonly phone: string
}

/** Reads what WhatsApp knows, past all gateways. Its methods throw {@link EmulatorError}, which says why. */
export interface InspectControl extends Pick<TestPhones, 'presenceOf'> {
  /**
   * A group as WhatsApp has it.
   *
   * @param input `group`: JID
   */
  groupOf(input: { readonly group: string }): Promise<GroupView>
  /**
   * A chat as a phone has it; `null` when it has no such chat.
   *
   * @param input `chat`: number or JID of whom it is with
   */
  chatOf(input: { readonly phone: string; readonly chat: string }): Promise<ChatView | null>
  /** What a phone shows of itself, and what it keeps. */
  accountOf(input: { readonly phone: string }): Promise<AccountView>
}

export function createInspectControl(state: () => State): InspectControl {
  function accountOf(value: unknown, field = 'phone'): Account {
    const phone = parsePhone(value)
    if (phone === undefined)
      throw new EmulatorError('invalid', `${field}: expected a number with country code, not ${JSON.stringify(value)}`)
    return state().network.account(phone)
  }

  function chatFrom(value: unknown): string {
    const chat = state().network.chatOf(value)
    if (chat === undefined) throw new EmulatorError('invalid', `chat: expected a number or JID, not ${JSON.stringify(value)}`)
    return chat
  }

  return {
    async groupOf({ group: id }) {
      const group = state().network.groups.find(id)
      if (!group) throw new EmulatorError('not_found', `there is no group ${id}`)
      const { subject, description, picture, announcement, locked, invite, participants, requests } = group
      const roles = Object.fromEntries([...participants].map(([{ phone }, role]) => [phone, role]))
      const waiting = [...requests.keys()].map(({ phone }) => phone)
      return {
        id,
        subject,
        description,
        hasPicture: picture !== undefined,
        announcement,
        locked,
        invite,
        participants: roles,
        requests: waiting,
      }
    },

    async chatOf({ phone, chat: value }) {
      const { chats } = state().network
      const chat = chats.get(accountOf(phone), chatFrom(value))
      if (!chat) return null
      const { id, unread, markedUnread, archived, pinned, mutedUntil } = chat
      const muted = mutedUntil !== undefined && mutedUntil > state().clock.now()
      const messages = chats.messages(accountOf(phone), id)
      const starred = messages.filter((message) => chats.starred(accountOf(phone), message)).length
      return { id, messages: messages.length, starred, unread, markedUnread, archived, pinned, muted }
    },

    async accountOf({ phone: value }) {
      const account = accountOf(value)
      const { contacts, channels, labels, presence } = state().network
      const { phone, name, about, picture } = account
      return {
        phone,
        name,
        about,
        hasPicture: picture !== undefined,
        presence: presence.own(account).presence,
        blocked: contacts.blocked(account).map((one) => one.phone),
        subscribed: presence.subscriptions(account),
        channels: Object.fromEntries(
          channels
            .of(account)
            .map(({ id, owner, followers }) => [id, { own: owner === account, muted: followers.get(account)?.muted ?? false }]),
        ),
        labels: Object.fromEntries(labels.list(account).map((label) => [label.name, labels.chats(account, label.id)])),
      }
    },

    async presenceOf({ phone, chat }) {
      const { presence } = state().network
      const account = accountOf(phone)
      // presence as the other side of the chat sees it
      const viewer = state().network.find(chatFrom(chat))
      const seen = viewer ? presence.of(viewer, account.jid).find(({ person }) => person === account) : presence.own(account)
      return { presence: seen?.presence ?? 'offline' }
    },
  }
}
