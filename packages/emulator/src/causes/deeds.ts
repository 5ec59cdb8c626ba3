import type { EventType } from '@wamux/core'
import type { Account, Group, Message } from '../network/types.ts'
import type { Session } from '../sessions/session.ts'
import type { State } from '../state.ts'

/** Who does something to whom. */
export interface Parties {
  readonly state: State
  readonly session: Session
  /** The session's account. */
  readonly account: Account
  /** The phone that does it. */
  readonly from: Account
  /** What it writes, or the name of what it makes. */
  readonly text: string | undefined
}

/** What a phone, or the account itself, does so that an event follows. */
export type Deed = (parties: Parties) => void

const VIA = { gateway: 'phone', session: '' } as const

function receive({ state, account, from, text }: Parties, otherwise = 'Hello'): Message {
  return state.network.send({ from, to: account.jid, text: text ?? otherwise })
}

/** Receives a message without delay: only accounts that have a message hear of its reactions, edits and deletion. */
function receiveAtOnce(parties: Parties, otherwise?: string): Message {
  const message = receive(parties, otherwise)
  parties.state.network.deliver(message)
  return message
}

function write({ state, account, from, text }: Parties): Message {
  return state.network.send({ from: account, to: from.jid, text: text ?? 'Hello', via: VIA })
}

function groupOf({ state, account, from, text }: Parties, owner: Account = from): Group {
  const others = owner === account ? [from] : [account]
  return state.network.groups.create(owner, { subject: text ?? 'Friends', participants: others })
}

function label({ state, account, text }: Parties): string {
  return state.network.labels.create(account, { name: text ?? 'Friends', color: 1 }).id
}

function call({ state, account, from }: Parties): string {
  return state.network.calls.place(from, account).id
}

/** A third phone, which is neither the account's nor the one that acts. */
function third({ state, account, from }: Parties): Account {
  const phones = ['12025550187', '12025550188', '12025550189'].map((phone) => state.network.account(phone))
  return phones.find((one) => one !== account && one !== from) ?? from
}

/** Deeds in the network, by type of event; what follows from them is real there. */
export const DEEDS: Readonly<Partial<Record<EventType, Deed>>> = {
  // engines repeat a state now and then; here it is the present one
  'session.status': ({ state, session }) =>
    state.sessionEvents.emit(session, { type: 'session', phase: session.phase, at: state.clock.now() }),
  'message.received': (parties) => receive(parties),
  'message.sent': (parties) => write(parties),
  'message.ack': (parties) => {
    write(parties)
    parties.state.network.markSeen(parties.from, parties.account.jid)
  },
  'message.failed': (parties) => parties.state.network.fail(write(parties)),
  'message.reaction': (parties) => {
    const message = receiveAtOnce({ ...parties, text: undefined })
    parties.state.network.react(parties.from, message, parties.text ?? '👍')
  },
  'message.edited': (parties) => {
    const message = receiveAtOnce({ ...parties, text: undefined }, 'Helo')
    parties.state.network.edit(parties.from, message, parties.text ?? 'Hello')
  },
  'message.revoked': (parties) => parties.state.network.revoke(parties.from, receiveAtOnce(parties)),
  'poll.vote': (parties) => {
    const { state, account, from, text } = parties
    const poll = { question: text ?? 'When?', options: ['Today', 'Tomorrow'], multiple: false }
    state.network.vote(from, state.network.send({ from: account, to: from.jid, poll, via: VIA }), ['Today'])
  },
  'group.joined': (parties) => groupOf(parties),
  'group.left': (parties) => parties.state.network.groups.remove(parties.from, groupOf(parties).id, [parties.account]),
  'group.updated': (parties) => {
    parties.state.network.groups.change(parties.from, groupOf({ ...parties, text: undefined }).id, { subject: parties.text ?? 'Family' })
  },
  'group.participants': (parties) => parties.state.network.groups.add(parties.from, groupOf(parties).id, [third(parties)]),
  'group.join_request': (parties) => {
    const { state, account, from } = parties
    const made = state.network.groups.create(account, { subject: parties.text ?? 'Friends', participants: [third(parties)] })
    state.network.groups.change(account, made.id, { approval: true })
    state.network.groups.join(from, made.invite)
  },
  'chat.updated': (parties) => {
    receive(parties)
    parties.state.network.chats.set(parties.account, parties.from.jid, { pinned: true })
  },
  'chat.archived': (parties) => {
    receive(parties)
    parties.state.network.chats.set(parties.account, parties.from.jid, { archived: true })
  },
  'contact.updated': (parties) => {
    receive({ ...parties, text: undefined })
    parties.state.network.change(parties.from, { name: parties.text ?? 'Ann' })
  },
  'presence.updated': ({ state, account, from }) => {
    state.network.presence.subscribe(account, from.jid)
    state.network.presence.type(from, account.jid, 'typing')
  },
  'label.upserted': (parties) => label(parties),
  'label.deleted': (parties) => parties.state.network.labels.delete(parties.account, label(parties)),
  'label.assigned': (parties) => parties.state.network.labels.assign(parties.account, parties.from.jid, [label(parties)]),
  'label.unassigned': (parties) => {
    parties.state.network.labels.assign(parties.account, parties.from.jid, [label(parties)])
    parties.state.network.labels.assign(parties.account, parties.from.jid, [])
  },
  'call.received': (parties) => call(parties),
  'call.accepted': (parties) => parties.state.network.calls.answer(parties.account, call(parties), 'accepted'),
  'call.rejected': (parties) => parties.state.network.calls.answer(parties.account, call(parties), 'rejected'),
  'call.missed': (parties) => parties.state.network.calls.answer(parties.account, call(parties), 'missed'),
  'call.ended': (parties) => {
    const id = call(parties)
    parties.state.network.calls.answer(parties.account, id, 'accepted')
    parties.state.network.calls.answer(parties.account, id, 'ended')
  },
  'channel.message': ({ state, account, from, text }) => {
    const { id } = state.network.channels.create(from, { name: 'News' })
    state.network.channels.follow(account, id)
    state.network.send({ from, to: id, text: text ?? 'Hello, world' })
  },
  'status.posted': ({ state, account, from, text }) => {
    // a status goes to those who know each other
    state.network.contacts.save(from, account, account.name || 'Ada')
    state.network.contacts.save(account, from, from.name || 'Ben')
    state.network.send({ from, to: 'status@broadcast', text: text ?? 'Hello, world' })
  },
}
