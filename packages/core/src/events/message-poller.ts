import { GatewayError } from '../errors/gateway-error.ts'
import { keepLatest } from '../memory/keep-latest.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Chat, ChatVerbs } from '../vocabulary/chat.ts'
import type { Ack, Message } from '../vocabulary/message.ts'
import type { MessageVerbs } from '../vocabulary/message-verbs.ts'
import { messageEventType } from './message-event.ts'
import type { ParsedEvent } from './parsed-event.ts'

/** Chats asked for at once; gateways give those with the latest message first. */
const CHATS = 50
/** Most chats that are read in one poll, after a long time away. */
const MOST_CHATS = 500
/** Most chats that are read in one poll because the gateway lists them without a time: only their messages show whether one is new. */
const TIMELESS_CHATS = 20
const MESSAGES = 20
/** Most messages that are read of one chat in one poll. */
const MOST_MESSAGES = 1_000
/** Messages remembered, to recognise new ones and new acks. */
const REMEMBERED = 5_000
/** How long after its own time a message may still reach the gateway, ms. */
const LATE_MS = 120_000
/** Kinds of errors that concern the gateway or the session, not one chat. */
const OF_ALL_CHATS: readonly GatewayError['kind'][] = ['network', 'timeout', 'rate_limited', 'auth', 'aborted', 'conflict', 'config']
const MAY_PASS: readonly GatewayError['kind'][] = ['server', 'bad_response']
const FINAL: readonly Ack[] = ['read', 'played', 'failed']

/** The verbs that polling for messages calls. */
export interface MessageSource {
  readonly chat: Pick<ChatVerbs, 'list'>
  readonly message: Pick<MessageVerbs, 'list'>
}

/** Finds new messages, and own messages whose delivery state has changed, by reading the chats. */
export class MessagePoller {
  readonly #source: MessageSource
  readonly #session: string
  /** Delivery states of the messages seen, by id and chat; the oldest first. */
  readonly #acks = new Map<string, Ack>()
  /** Chats with own messages whose delivery state can still change. */
  readonly #open = new Set<string>()
  /** Chats that could not be read, each reported once. */
  readonly #skipped = new Map<string, Skipped>()
  /** Events of a poll that failed before it could give them. Their messages count as seen, so no later poll would find them. */
  #held: ParsedEvent[] = []
  /** True when an event has reported that some chats are never read. */
  #reportedTimeless = false
  /** Time of the first poll: older messages are never reported. */
  #first: number | undefined

  constructor(source: MessageSource, session: string) {
    this.#source = source
    this.#session = session
  }

  /** Remembers a message of another source, such as the socket, so that polls do not report it again. */
  add(message: Message): void {
    const { id, chat, ack } = message
    this.#remember(placed(id, chat), ack)
    // polls may find it under the other name of the person
    if (!OF_MANY.test(chat)) this.#remember(placed(id, otherName(chat)), ack)
    if (message.fromMe && !FINAL.includes(message.ack)) this.#open.add(message.chat)
  }

  /**
   * What is new. A poll that fails keeps what it found for the next one.
   *
   * @param from ms since the epoch; older messages are not reported, unless they arrived late
   * @returns the oldest first
   */
  async poll(from: number, options: CallOptions): Promise<ParsedEvent[]> {
    const found = this.#held
    await this.#poll(from, options, found)
    this.#held = []
    return found.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
  }

  async #poll(from: number, options: CallOptions, found: ParsedEvent[]): Promise<void> {
    this.#first ??= from
    const since = wholeSecond(Math.max(this.#first, from - LATE_MS))
    const { items, cut } = await this.#chats(since, options)
    const withoutTime = items.filter(({ at }) => at === undefined)
    const timeless = withoutTime.slice(0, TIMELESS_CHATS)
    const changed = items.filter(({ at }) => at !== undefined && at >= since)
    const chats = new Set([...changed, ...timeless].map(({ id }) => id))
    for (const chat of this.#open) chats.add(chat)
    for (const [chat, skipped] of this.#skipped) {
      skipped.wait -= 1
      if (skipped.wait <= 0) chats.add(chat)
    }
    const failed = await this.#pollChats(chats, since, options, found)
    if (cut) found.push(gap(this.#session, since, `More than ${MOST_CHATS} chats have new messages; the others were not read.`))
    for (const [chat, error] of failed) found.push(skipped(this.#session, chat, error))
    if (withoutTime.length > timeless.length && !this.#reportedTimeless) {
      this.#reportedTimeless = true
      const reason = `The gateway does not say when its chats changed; only the first ${TIMELESS_CHATS} are read.`
      found.push(gap(this.#session, since, reason))
    }
  }

  /** Reads chats, and returns those that could not be read and were not reported yet. */
  async #pollChats(
    chats: ReadonlySet<string>,
    since: number,
    options: CallOptions,
    found: ParsedEvent[],
  ): Promise<Map<string, GatewayError>> {
    const failed = new Map<string, GatewayError>()
    let first: GatewayError | undefined
    let failures = 0
    for (const chat of chats) {
      const before = this.#skipped.get(chat)
      try {
        await this.#pollChat(chat, Math.min(since, before?.since ?? since), options, found)
        this.#skipped.delete(chat)
      } catch (error) {
        if (!GatewayError.is(error) || OF_ALL_CHATS.includes(error.kind)) throw error
        failures += 1
        if (!before && MAY_PASS.includes(error.kind)) first ??= error
        if (!before?.reported) failed.set(chat, error)
        keepLatest(this.#skipped, chat, skippedAgain(before, since, MAY_PASS.includes(error.kind)), REMEMBERED)
      }
    }
    // when for the first time no chat can be read, the gateway is at fault, and the next poll may succeed
    if (first && failures === chats.size) throw first
    for (const chat of failed.keys()) {
      const one = this.#skipped.get(chat)
      if (one) one.reported = true
    }
    return failed
  }

  /** The chats, those with the newest messages first; `cut` when more chats have new messages than one poll reads. */
  async #chats(since: number, options: CallOptions): Promise<{ readonly items: readonly Chat[]; readonly cut: boolean }> {
    const all: Chat[] = []
    for (let cursor: string | undefined; ; ) {
      const input = { session: this.#session, limit: CHATS, ...(cursor === undefined ? {} : { cursor }) }
      const { items, next } = await this.#source.chat.list(input, options)
      for (const chat of items) all.push(chat)
      const oldest = items.at(-1)?.at
      const more = next !== undefined && next !== cursor && oldest !== undefined && oldest >= since
      if (!more || all.length >= MOST_CHATS) return { items: all, cut: more }
      cursor = next
    }
  }

  async #pollChat(chat: string, since: number, options: CallOptions, parsed: ParsedEvent[]): Promise<void> {
    let open = false
    let seen = 0
    for (let cursor: string | undefined; ; ) {
      const input = { session: this.#session, chat, limit: MESSAGES, ...(cursor === undefined ? {} : { cursor }) }
      const { items, next } = await this.#source.message.list(input, options)
      for (const message of items) {
        if (message.fromMe && !FINAL.includes(message.ack)) open = true
        const { id, ack } = message
        const before = this.#acks.get(placed(id, chat)) ?? this.#acks.get(placed(id, ownName(chat)))
        if (before === undefined && (message.at ?? 0) >= since) parsed.push(newMessage(message))
        else if (before !== undefined && before !== ack && message.fromMe) parsed.push(newAck(message))
        this.#remember(placed(id, chat), ack)
      }
      seen += items.length
      const oldest = items.at(-1)?.at
      const more = next !== undefined && next !== cursor && oldest !== undefined && oldest >= since
      if (more && seen >= MOST_MESSAGES) {
        parsed.push(gap(this.#session, since, `More than ${MOST_MESSAGES} messages came to ${chat}; the older ones were not read.`))
      }
      if (!more || seen >= MOST_MESSAGES) break
      cursor = next
    }
    if (open) this.#open.add(chat)
    else this.#open.delete(chat)
  }

  #remember(place: string, ack: Ack): void {
    keepLatest(this.#acks, place, ack, REMEMBERED)
  }
}

/** A chat that could not be read. */
interface Skipped {
  /** Messages from here on were not read, ms since the epoch. */
  readonly since: number
  /** Failures in a row. */
  readonly failures: number
  /** True when an event has reported it. */
  reported: boolean
  /** Polls to leave it out until it is tried again; infinite when that would not help. */
  wait: number
}

/** Most polls that a chat is left out. */
const LONGEST_WAIT = 64

function skippedAgain(before: Skipped | undefined, since: number, mayPass: boolean): Skipped {
  const failures = (before?.failures ?? 0) + 1
  const wait = mayPass ? Math.min(2 ** (failures - 1), LONGEST_WAIT) : Number.POSITIVE_INFINITY
  return { since: before?.since ?? since, failures, reported: before?.reported ?? false, wait }
}

/** The event that says why some messages are not looked up. */
function gap(session: string, since: number, reason: string): ParsedEvent {
  return { type: 'connection.gap', vendorType: 'poll', session, data: { since, messagesLookedUp: false, reason }, raw: null }
}

// a chat that the gateway lists but cannot read is reported, and does not stop the others
function skipped(session: string, chat: string, error: GatewayError): ParsedEvent {
  return {
    type: 'unknown',
    vendorType: 'chat.skipped',
    session,
    data: {},
    dedupeKey: `chat.skipped:${chat}`,
    raw: { chat, error: error.toJSON() },
  }
}

/** A message to a broadcast list has the same id in the chat of each recipient. */
function placed(id: string, chat: string): string {
  return `${id} ${chat}`
}

const OF_MANY = /@(g\.us|broadcast|newsletter)$/

/** Whether a person's chat is named by LID or by number. */
function ownName(chat: string): string {
  return chat.endsWith('lid') ? 'lid' : 'phone'
}

function otherName(chat: string): string {
  return chat.endsWith('lid') ? 'phone' : 'lid'
}

// gateways give times in whole seconds: a message of the same second may have come after the poll
function wholeSecond(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000
}

function newMessage(message: Message): ParsedEvent {
  const type = messageEventType(message)
  return {
    type,
    vendorType: 'poll',
    session: message.session,
    at: message.at,
    data: { message },
    dedupeKey: `${type}:${message.id}`,
    raw: message.raw,
  }
}

function newAck({ session, id, chat, ack, raw }: Message): ParsedEvent {
  return {
    type: 'message.ack',
    vendorType: 'poll',
    session,
    data: { message: id, chat, ack },
    // an id with a JID in it names the chat, too
    dedupeKey: id.includes('@') ? `message.ack:${id}:${ack}` : `message.ack:${chat}:${id}:${ack}`,
    raw,
  }
}
