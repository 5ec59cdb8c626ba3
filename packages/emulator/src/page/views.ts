import { isSteered, standsStill } from '../clock/steered-clock.ts'
import type { VirtualClock } from '../clock/virtual-clock.ts'
import { GATEWAYS } from '../control/control.ts'
import { EmulatorError } from '../errors.ts'
import { activeFaults } from '../faults/active.ts'
import { FILES_PATH } from '../files/files.ts'
import { kindOf, phoneInJid } from '../network/jid.ts'
import { parsePhone } from '../network/phone-number.ts'
import type { Account, Chat, Message, PresenceState, StoredMedia } from '../network/types.ts'
import type { Session } from '../sessions/session.ts'
import type { State } from '../state.ts'
import { RECIPES } from './recipes.ts'
import type {
  CallRow,
  ChatRow,
  Conversation,
  GatewayRow,
  MessageDetails,
  MessageRow,
  Overview,
  Part,
  PhoneRow,
  SessionAction,
  SessionRow,
} from './types.ts'
import { SHOWN_TEXT } from './types.ts'

/** Largest number of rows in one answer. */
const MAX_ROWS = 200
const PREVIEW = 120

/** Which part of a list. */
export interface Window {
  readonly offset?: unknown
  readonly limit?: unknown
  readonly search?: unknown
}

/** Cuts a part out of a list. */
export function partOf<Item, Row>(items: readonly Item[], window: Window, show: (item: Item) => Row): Part<Row> {
  const offset = Math.max(0, wholeNumber(window.offset, 'offset', 0))
  const limit = Math.min(MAX_ROWS, Math.max(0, wholeNumber(window.limit, 'limit', 50)))
  return { total: items.length, offset, rows: items.slice(offset, offset + limit).map(show) }
}

export function wholeNumber(value: unknown, field: string, other: number): number {
  if (value === undefined || value === null || value === '') return other
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new EmulatorError('invalid', `${field}: expected a whole number`)
  return number
}

export function wanted(search: unknown): (...texts: readonly string[]) => boolean {
  const words = typeof search === 'string' ? search.trim().toLowerCase() : ''
  return (...texts) => words === '' || texts.some((text) => text.toLowerCase().includes(words))
}

/**
 * The phone of a request.
 *
 * @throws {EmulatorError} `not_found`: there is none, as looking makes no new ones
 */
export function accountIn(state: State, phone: unknown): Account {
  const digits = parsePhone(phone)
  const account = digits === undefined ? undefined : state.network.find(digits)
  if (!account) throw new EmulatorError('not_found', `phone: there is no phone ${JSON.stringify(phone)} yet`)
  return account
}

export function chatIn(state: State, chat: unknown): string {
  const jid = state.network.chatOf(chat)
  if (jid === undefined) throw new EmulatorError('invalid', `chat: expected a number or JID, not ${JSON.stringify(chat)}`)
  return jid
}

const fileUrl = ({ id }: StoredMedia) => `${FILES_PATH}${id}`

function allSessions(state: State): readonly Session[] {
  return GATEWAYS.flatMap((gateway) => state.sessions(gateway).list())
}

function sessionRow({ gateway, id, name, phase, changedAt, account, qr, code, codePhone }: Session, now: number): SessionRow {
  return {
    gateway,
    session: id,
    name,
    state: phase,
    since: changedAt,
    ...(account ? { phone: account.phone, phoneName: account.name } : {}),
    ...(qr ? { qrUntil: now + qr.expiresInMs } : {}),
    ...(code === undefined ? {} : { code }),
    ...(codePhone === undefined ? {} : { codePhone }),
  }
}

/** What all parts of the page show, apart from the totals of requests. */
export function overviewOf(
  state: State,
  clock: VirtualClock,
  baseUrlOf: (gateway: Session['gateway']) => string,
): Omit<Overview, 'totals'> {
  const now = state.clock.now()
  const gatewayRow = (gateway: Session['gateway']): GatewayRow => ({
    gateway,
    baseUrl: baseUrlOf(gateway),
    actions: Object.keys(RECIPES[gateway].actions) as SessionAction[],
    named: RECIPES[gateway].named,
  })
  return {
    now,
    paused: standsStill(clock),
    runs: isSteered(clock),
    gateways: GATEWAYS.map(gatewayRow),
    sessions: allSessions(state).map((session) => sessionRow(session, now)),
    faults: activeFaults(state),
    held: state.webhooks.list().filter((delivery) => delivery.state === 'held').length,
  }
}

/** The phones: first those that a session is linked to. */
export function phonesOf(state: State, window: Window): Part<PhoneRow> {
  const linked = new Map<Account, Session[]>()
  for (const session of allSessions(state)) {
    if (session.account) linked.set(session.account, [...(linked.get(session.account) ?? []), session])
  }
  const fits = wanted(window.search)
  const others = state.network.accounts().filter((one) => !linked.has(one))
  const phones = [...linked.keys(), ...others].filter(({ name, phone }) => fits(name, phone))
  return partOf(phones, window, (account) => {
    const { phone, name, about, on, reads, registered, picture } = account
    return {
      phone,
      name,
      about,
      on,
      reads,
      registered,
      presence: state.network.presence.own(account).presence,
      ...(picture ? { picture: fileUrl(picture) } : {}),
      unread: state.network.chats.list(account).reduce((sum, { unread }) => sum + unread, 0),
      sessions: (linked.get(account) ?? []).map(({ gateway, id, phase }) => ({ gateway, session: id, state: phase })),
    }
  })
}

/** The chats of a phone, pinned ones first; status posts are the last row. */
export function chatsOf(state: State, phone: unknown, window: Window): Part<ChatRow> {
  const account = accountIn(state, phone)
  const { chats } = state.network
  const fits = wanted(window.search)
  const status = chats.get(account, 'status@broadcast')
  const all = chats.list(account)
  const rows = [...all.filter(({ pinned }) => pinned), ...all.filter(({ pinned }) => !pinned), ...(status ? [status] : [])]
  return partOf(
    rows.filter(({ id }) => fits(chatName(state, account, id), id)),
    window,
    (chat) => chatRow(state, account, chat),
  )
}

function chatName(state: State, account: Account, id: string): string {
  if (kindOf(id) === 'status') return 'Status'
  return state.network.chats.nameOf(account, id) ?? phoneInJid(id) ?? id
}

function chatRow(state: State, account: Account, chat: Chat): ChatRow {
  const { id, kind, unread, archived, pinned, mutedUntil, at, last } = chat
  return {
    chat: id,
    kind,
    name: chatName(state, account, id),
    unread,
    archived,
    pinned,
    muted: mutedUntil !== undefined && mutedUntil > state.clock.now(),
    at,
    ...(last
      ? {
          last: {
            text: last.text.slice(0, PREVIEW),
            type: last.type,
            mine: last.from === account,
            from: state.network.contacts.nameOf(account, last.from),
            ack: last.ack,
            revoked: last.revoked,
          },
        }
      : {}),
  }
}

/** A conversation as one phone has it: a part of its messages, counted from the oldest. */
export function conversationOf(state: State, phone: unknown, chatText: unknown, window: Window): Conversation {
  const account = accountIn(state, phone)
  const chat = chatIn(state, chatText)
  const { network } = state
  const messages = network.chats.messages(account, chat)
  const limit = Math.min(MAX_ROWS, Math.max(0, wholeNumber(window.limit, 'limit', 50)))
  // without an offset the newest
  const offset = Math.max(0, wholeNumber(window.offset, 'offset', Math.max(0, messages.length - limit)))
  const end = messages.length - offset
  const rows = messages.slice(Math.max(0, end - limit), Math.max(0, end)).reverse()
  const person = network.find(chat)
  return {
    total: messages.length,
    offset,
    rows: rows.map((message) => messageRow(state, account, message)),
    chat,
    kind: kindOf(chat),
    name: chatName(state, account, chat),
    about: person?.about ?? network.groups.find(chat)?.description ?? network.channels.find(chat)?.description ?? '',
    people: peopleOf(state, account, chat),
    calls: person ? callsBetween(state, account, person) : [],
  }
}

function peopleOf(state: State, account: Account, chat: string): Conversation['people'] {
  const { groups, contacts, presence, find } = state.network
  const now = new Map(presence.of(account, chat).map((one): [Account, PresenceState] => [one.person, one.presence]))
  const show = (one: Account, role: string) => ({
    phone: one.phone,
    name: one === account ? `${one.name} (this phone)` : contacts.nameOf(account, one),
    role,
    presence: now.get(one) ?? ('offline' as const),
  })
  const person = find(chat)
  if (person) return [show(person, 'person')]
  return [...(groups.find(chat)?.participants ?? [])].slice(0, MAX_ROWS).map(([one, role]) => show(one, role))
}

function callsBetween({ network: { calls } }: State, account: Account, person: Account): readonly CallRow[] {
  return calls.between(account, person).map(({ id, from, video, at, state }) => ({ id, mine: from === account, video, at, state }))
}

/** One message with its whole text. */
export function messageOf(state: State, phone: unknown, id: unknown): MessageDetails {
  const account = accountIn(state, phone)
  const message = typeof id === 'string' ? state.network.message(id) : undefined
  if (!message) throw new EmulatorError('not_found', `there is no message ${JSON.stringify(id)}`)
  const { length: _, ...row } = messageRow(state, account, message)
  const receipts = [...message.receipts].slice(0, MAX_ROWS).map(([one, ack]) => ({ phone: one, name: nameOf(state, account, one), ack }))
  return { ...row, text: message.text, receipts }
}

function nameOf({ network }: State, account: Account, phone: string): string {
  const person = network.find(phone)
  return person === account ? 'You' : person ? network.contacts.nameOf(account, person) : phone
}

function messageRow(state: State, account: Account, message: Message): MessageRow {
  const { id, from, type, text, sentAt, ack, media, place, cards, poll, replyTo, mentions, pinnedUntil, via } = message
  const { network } = state
  const replied = replyTo === undefined ? undefined : network.message(replyTo)
  return {
    id,
    mine: from === account,
    from: from.phone,
    fromName: nameOf(state, account, from.phone),
    type,
    text: text.slice(0, SHOWN_TEXT),
    ...(text.length > SHOWN_TEXT ? { length: text.length } : {}),
    sentAt,
    ack,
    edited: message.editedAt !== undefined,
    revoked: message.revoked,
    forwarded: message.forwarded,
    pinned: pinnedUntil !== undefined && pinnedUntil > state.clock.now(),
    starred: network.chats.starred(account, message),
    via,
    ...(media ? { media: mediaRow(media) } : {}),
    ...(place ? { place } : {}),
    ...(cards ? { cards: cards.map(cardRow) } : {}),
    ...(poll ? { poll: pollRow(state, account, message, poll) } : {}),
    ...(replied ? { reply: replyRow(state, account, replied) } : {}),
    mentions: mentions.flatMap((jid) => {
      const digits = phoneInJid(jid)
      return digits === undefined ? [] : [{ digits, name: nameOf(state, account, digits) }]
    }),
    reactions: reactionRows(state, account, message),
  }
}

function mediaRow(media: StoredMedia): NonNullable<MessageRow['media']> {
  const { mimetype, filename, size } = media
  return { url: fileUrl(media), mimetype, size, ...(filename === undefined ? {} : { filename }) }
}

function cardRow({ name, phone, organization }: NonNullable<Message['cards']>[number]): NonNullable<MessageRow['cards']>[number] {
  return { name, ...(phone === undefined ? {} : { phone }), ...(organization === undefined ? {} : { organization }) }
}

function replyRow(state: State, account: Account, { id, from, text, type }: Message): NonNullable<MessageRow['reply']> {
  return { id, fromName: nameOf(state, account, from.phone), text: text.slice(0, PREVIEW), type }
}

function pollRow(state: State, account: Account, { votes }: Message, poll: NonNullable<Message['poll']>): NonNullable<MessageRow['poll']> {
  const options = poll.options.map((option) => {
    const voters = [...votes].filter(([, chosen]) => chosen.includes(option)).map(([phone]) => phone)
    return { option, votes: voters.map((phone) => nameOf(state, account, phone)), mine: voters.includes(account.phone) }
  })
  return { question: poll.question, multiple: poll.multiple, options }
}

function reactionRows(state: State, account: Account, { reactions }: Message): MessageRow['reactions'] {
  const byEmoji = new Map<string, string[]>()
  for (const [phone, emoji] of reactions) byEmoji.set(emoji, [...(byEmoji.get(emoji) ?? []), phone])
  return [...byEmoji].map(([emoji, phones]) => ({
    emoji,
    names: phones.map((phone) => nameOf(state, account, phone)),
    mine: phones.includes(account.phone),
  }))
}
