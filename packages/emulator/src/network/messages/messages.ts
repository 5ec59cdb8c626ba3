import type { Clock } from '@wamux/core'
import type { Timers } from '../../clock/timers.ts'
import type { Timings } from '../../clock/timings.ts'
import { NetworkError } from '../../errors.ts'
import { type Ids, UPPER_HEX } from '../../ids.ts'
import type { Memory } from '../../memory/memory.ts'
import type { Channels } from '../channels.ts'
import type { ChatStore } from '../chats.ts'
import type { Groups } from '../groups.ts'
import { kindOf, parseJid, phoneInJid } from '../jid.ts'
import { dropOldest, MAX_EDIT_AGE_MS, MAX_MESSAGES, MAX_REVOKE_AGE_MS, oldestDropper } from '../limits.ts'
import type { People } from '../people/people.ts'
import { beginChat } from '../people/restrictions.ts'
import type { Account, Ack, Emit, Message, MessageInput, NetworkEventDetails, Via } from '../types.ts'
import { createMessage, type MutableMessage, typeOf, withEntry } from './message.ts'
import { createReceipts } from './receipts.ts'

/** Messages: sending, editing, reacting, deleting, reading. All throw {@link NetworkError} where WhatsApp refuses. */
export interface Messages {
  /** Sends; acknowledgements come with time. Throws `not_found` (no such group), `forbidden` (may not write there). */
  send(draft: MessageInput): Message
  /** Sends a message on. */
  forward(from: Account, message: Message, to: string, via?: Via): Message
  /** Changes text or caption of an own message. Throws `forbidden`: another's, or too old. */
  edit(by: Account, message: Message, text: string): void
  /** Deletes for everyone: an own message, or any as admin of the group. Throws `forbidden`. */
  revoke(by: Account, message: Message): void
  /** @param emoji empty takes a reaction back */
  react(by: Account, message: Message, emoji: string): void
  /** @param options the chosen ones; empty takes a vote back. Throws `invalid` for others than the poll has */
  vote(by: Account, message: Message, options: readonly string[]): void
  /** @param until ms since the epoch; `undefined` unpins it */
  pin(by: Account, message: Message, until: number | undefined): void
  /**
   * Tells the senders that the account read what is in a chat.
   *
   * @param ids only these
   */
  markSeen(by: Account, chat: string, ids?: readonly string[]): void
  /** Tells the sender that the account played a voice message. */
  markPlayed(by: Account, message: Message): void
  /** Brings a message that is still on its way to its receivers now. */
  deliver(message: Message): void
  /** The server refuses a message after all: its ack becomes -1. */
  fail(message: Message): void
  message(id: string): Message | undefined
  /** Messages in the order of sending, the newest {@link MAX_MESSAGES}. */
  messages(): readonly Message[]
  /** What arrived at a phone. */
  inbox(phone: string): readonly Message[]
}

export interface MessageContext {
  readonly clock: Clock
  readonly ids: Ids
  readonly timings: Timings
  readonly people: People
  readonly chats: ChatStore
  readonly groups: Groups
  readonly channels: Channels
  readonly emit: Emit
  readonly memory: Memory
  readonly timers: Timers
}

/** A message on its way. */
interface Delivery {
  readonly message: MutableMessage
  readonly receivers: readonly Account[]
}

const PHONE = 'phone'
const MAX_VIAS = 1_000

/** @returns the messages, and `catchUp`, which delivers what waited for a phone that is switched on again */
export function createMessages(context: MessageContext): Messages & { catchUp(account: Account): void } {
  const { clock, ids, timings, people, chats, groups, channels, emit, memory, timers } = context
  const messages = memory.part('network/messages', () => new Map<string, MutableMessage>())
  const dropOld = oldestDropper(messages, MAX_MESSAGES, chats.drop)
  const vias = memory.part('network/vias', () => new Map<string, Via>())
  const laterAtServer = timers.kind('message/server', server)
  const laterAtDevices = timers.kind('message/device', forEach(arrive))
  const laterRead = timers.kind('message/read', forEach(read, true))
  const laterRefused = timers.kind('message/refused', fail)
  const laterPlayed = timers.kind('message/played', forEach(markPlayed, true))

  /** Does something for each receiver of a message, or each that reads by itself. */
  function forEach(act: (message: MutableMessage, one: Account) => void, reading = false): (delivery: Delivery) => void {
    return ({ message, receivers }) => {
      for (const one of receivers) if (!reading || one.reads) act(message, one)
    }
  }

  // one object for all that a session sends
  function viaOf(via: Via): Via {
    const key = `${via.gateway} ${via.session}`
    const known = vias.get(key)
    if (known) return known
    vias.set(key, via)
    dropOldest(vias, MAX_VIAS, () => {})
    return via
  }

  function receiversOf(from: Account, chat: string): readonly Account[] {
    const kind = kindOf(chat)
    if (kind === 'person') return [people.account(phoneInJid(chat) ?? '')]
    if (kind === 'status') return people.accounts().filter((one) => one !== from && knows(one, from))
    if (kind === 'channel') {
      const channel = channels.get(chat)
      if (channel.owner !== from) throw new NetworkError('forbidden', `${from.phone} may not write to ${chat}`)
      return [...channel.followers.keys()].filter((one) => one !== from)
    }
    const { participants, announcement } = groups.get(from, chat)
    if (announcement && participants.get(from) === 'member') throw new NetworkError('forbidden', 'only admins may write to this group')
    return [...participants.keys()].filter((one) => one !== from)
  }

  function knows(one: Account, other: Account): boolean {
    return people.contact(one, other).name !== undefined || chats.get(one, other.jid) !== undefined
  }

  /** All accounts that have the message, the sender first. */
  function holders(message: Message): readonly Account[] {
    const receivers = [...message.receipts].flatMap(([phone, ack]) => (ack >= 2 ? (people.find(phone) ?? []) : []))
    return [message.from, ...receivers.filter((one) => one !== message.from)]
  }

  type OfMessage = Extract<NetworkEventDetails, { type: 'reaction' | 'edit' | 'revoke' | 'vote' | 'pin' }>
  type Bare<H> = H extends OfMessage ? Omit<H, 'message' | 'chat'> : never

  function emitToAll(message: Message, details: Bare<OfMessage>): void {
    for (const account of holders(message)) emit(account, { ...details, message, chat: chats.idOf(account, message) } as OfMessage)
  }

  function receipt(message: MutableMessage, by: Account, ack: Ack): void {
    if ((message.receipts.get(by.phone) ?? 0) >= ack) return
    message.receipts.set(by.phone, ack)
    // the ack of a status or channel post does not depend on its readers
    if (kindOf(message.chat) === 'person' || kindOf(message.chat) === 'group') message.ack = least(message)
    emit(message.from, { type: 'ack', message, chat: message.chat, receipt: ack, by })
  }

  function server(message: MutableMessage): void {
    if (message.ack !== 0) return
    message.ack = 1
    message.receipts.forEach((_, phone) => {
      message.receipts.set(phone, 1)
    })
    emit(message.from, { type: 'ack', message, chat: message.chat, receipt: 1, by: undefined })
  }

  function arrive(message: MutableMessage, receiver: Account): void {
    if (message.ack === -1 || (message.receipts.get(receiver.phone) ?? 0) >= 2) return
    if (!receiver.on || !receiver.registered || people.contact(receiver, message.from).blocked) return
    if (receiver !== message.from) chats.add(receiver, message, true)
    receipt(message, receiver, 2)
    if (receiver !== message.from) emit(receiver, { type: 'message', message, chat: chats.idOf(receiver, message), fromMe: false })
  }

  function read(message: MutableMessage, receiver: Account): void {
    if (message.receipts.get(receiver.phone) !== 2) return
    receipt(message, receiver, 3)
    chats.read(receiver, chats.idOf(receiver, message), message)
  }

  function ownOrAdmin(by: Account, message: Message): boolean {
    const role = groups.find(message.chat)?.participants.get(by)
    return message.from === by || role === 'admin' || role === 'owner'
  }

  function young(message: Message, age: number): void {
    if (clock.now() - message.sentAt > age) throw new NetworkError('forbidden', 'the message is too old')
  }

  // only looked up for accounts that are restricted
  function isNew(from: Account, chat: string): boolean {
    const { noNewChatsUntil, newChats } = from.restrictions
    if ((noNewChatsUntil === undefined && !newChats) || kindOf(chat) !== 'person') return false
    return !chats.messages(from, chat).some(({ ack }) => ack > 0)
  }

  function fail(message: Message): void {
    ;(message as MutableMessage).ack = -1
    emit(message.from, { type: 'ack', message, chat: message.chat, receipt: -1, by: undefined })
  }

  function send(draft: MessageInput): Message {
    const { from, text, media, place, cards, poll, replyTo, via } = draft
    const address = parseJid(draft.to)
    const chat = address?.endsWith('@lid') ? people.find(address)?.jid : address
    if (chat === undefined) throw new NetworkError('not_found', `there is nobody at ${draft.to}`)
    const receivers = receiversOf(from, chat)
    const refusal = isNew(from, chat) ? beginChat(people, from, clock.now()) : undefined
    if (refusal && !draft.refusedLater) throw refusal
    people.keep(from)
    const { mentions = [], forwarded } = draft
    const to = kindOf(chat) === 'person' ? receivers[0] : undefined
    const message = createMessage(
      {
        id: draft.id ?? ids.next('message', 18, UPPER_HEX, '3EB0'),
        from,
        // one text for all messages to a person
        chat: to?.jid ?? chat,
        to,
        type: typeOf(draft),
        text: text ?? poll?.question ?? '',
        sentAt: clock.now(),
        receipts: createReceipts(receivers.map(({ phone }) => phone)),
        via: viaOf(via ?? { gateway: PHONE, session: from.phone }),
      },
      {
        media,
        place,
        cards,
        poll,
        replyTo,
        mentions: mentions.length > 0 ? mentions.flatMap((one) => parseJid(one) ?? []) : undefined,
        forwarded: forwarded || undefined,
      },
    )
    messages.set(message.id, message)
    dropOld()
    chats.add(from, message, false)
    emit(from, { type: 'message', message, chat, fromMe: true })
    if (refusal) {
      laterRefused(timings.server, message)
      return message
    }
    const delivery: Delivery = { message, receivers }
    laterAtServer(timings.server, message)
    laterAtDevices(timings.device, delivery)
    laterRead(timings.read, delivery)
    if (message.type === 'voice') laterPlayed(timings.played, delivery)
    return message
  }

  function markPlayed(message: MutableMessage, by: Account): void {
    if ((message.receipts.get(by.phone) ?? 0) < 2) return
    read(message, by)
    receipt(message, by, 4)
  }

  const inside = (message: Message) => message as MutableMessage

  return {
    send,

    forward(from, { text, media, place, cards, poll, type }, to, via) {
      return send({ from, to, type, text, media, place, cards, poll, forwarded: true, via })
    },

    edit(by, message, text) {
      if (message.from !== by) throw new NetworkError('forbidden', 'only who wrote a message can edit it')
      if (message.revoked) throw new NetworkError('forbidden', 'the message was deleted')
      young(message, MAX_EDIT_AGE_MS)
      Object.assign(inside(message), { text, editedAt: clock.now() })
      emitToAll(message, { type: 'edit', by })
    },

    revoke(by, message) {
      if (!ownOrAdmin(by, message)) throw new NetworkError('forbidden', 'only who wrote a message can delete it for everyone')
      if (message.revoked) return
      young(message, MAX_REVOKE_AGE_MS)
      Object.assign(inside(message), { text: '', media: undefined, place: undefined, cards: undefined, poll: undefined, revoked: true })
      emitToAll(message, { type: 'revoke', by })
    },

    react(by, message, emoji) {
      inside(message).reactions = withEntry(message.reactions, by.phone, emoji === '' ? undefined : emoji)
      emitToAll(message, { type: 'reaction', by, emoji })
    },

    vote(by, message, options) {
      if (!message.poll) throw new NetworkError('invalid', 'the message is no poll')
      const { options: known, multiple } = message.poll
      if (options.some((option) => !known.includes(option))) throw new NetworkError('invalid', `the poll has ${known.join(', ')}`)
      if (!multiple && options.length > 1) throw new NetworkError('invalid', 'the poll takes one option')
      inside(message).votes = withEntry(message.votes, by.phone, [...options])
      emitToAll(message, { type: 'vote', by, options })
    },

    pin(by, message, until) {
      inside(message).pinnedUntil = until
      emitToAll(message, { type: 'pin', by, pinned: until !== undefined })
    },

    markSeen(by, chat, wanted) {
      const unread = chats.messages(by, chat).filter(({ id, receipts }) => receipts.get(by.phone) === 2 && (!wanted || wanted.includes(id)))
      for (const message of unread.reverse()) read(inside(message), by)
      if (!wanted) chats.read(by, chat)
    },

    markPlayed: (by, message) => markPlayed(inside(message), by),

    deliver(message) {
      server(inside(message))
      for (const phone of [...message.receipts.keys()]) arrive(inside(message), people.account(phone))
    },

    fail,

    message: (id) => messages.get(id),
    messages: () => [...messages.values()],
    inbox: (phone) => [...messages.values()].filter(({ receipts }) => (receipts.get(phone) ?? 0) >= 2),

    catchUp(account) {
      for (const message of messages.values()) {
        if (message.receipts.get(account.phone) !== 1) continue
        arrive(message, account)
        laterRead(timings.read - timings.device, { message, receivers: [account] })
      }
    },
  }
}

function least({ receipts, ack }: Message): Ack {
  let found: Ack = 4
  receipts.forEach((one) => {
    if (one < found) found = one
  })
  return receipts.size === 0 ? ack : found
}
