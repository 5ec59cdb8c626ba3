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
  /** Delivery states of the messages seen, by id; the oldest first. */
  readonly #acks = new Map<string, Ack>()
  /** Chats with own messages whose delivery state can still change. */
  readonly #open = new Set<string>()
  /** Chats that could not be read and were reported, so that each is reported once. */
  readonly #skipped = new Set<string>()
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
    this.#remember(message.id, message.ack)
    if (message.fromMe && !FINAL.includes(message.ack)) this.#open.add(message.chat)
  }

  /**
   * What is new.
   *
   * @param from ms since the epoch; older messages are not reported, unless they arrived late
   * @returns the oldest first
   */
  async poll(from: number, options: CallOptions): Promise<ParsedEvent[]> {
    this.#first ??= from
    const since = wholeSecond(Math.max(this.#first, from - LATE_MS))
    const { items, cut } = await this.#chats(since, options)
    const withoutTime = items.filter(({ at }) => at === undefined)
    const timeless = withoutTime.slice(0, TIMELESS_CHATS)
    const changed = items.filter(({ at }) => at !== undefined && at >= since)
    const chats = new Set([...changed, ...timeless].map(({ id }) => id))
    for (const chat of this.#open) chats.add(chat)
    const found: ParsedEvent[] = []
    if (cut) found.push(gap(this.#session, since, `More than ${MOST_CHATS} chats have new messages; the others were not read.`))
    if (withoutTime.length > timeless.length && !this.#reportedTimeless) {
      this.#reportedTimeless = true
      const reason = `The gateway does not say when its chats changed; only the first ${TIMELESS_CHATS} are read.`
      found.push(gap(this.#session, since, reason))
    }
    const failed: GatewayError[] = []
    for (const chat of chats) {
      try {
        // one at a time, because a function call takes a limited number of arguments
        for (const event of await this.#pollChat(chat, since, options)) found.push(event)
        this.#skipped.delete(chat)
      } catch (error) {
        if (!GatewayError.is(error) || OF_ALL_CHATS.includes(error.kind)) throw error
        failed.push(error)
        if (!this.#skipped.has(chat)) found.push(skipped(this.#session, chat, error))
        this.#skipped.add(chat)
      }
    }
    // when no chat can be read, the gateway is at fault, and the next poll may succeed
    const [first] = failed
    if (first && failed.length === chats.size && MAY_PASS.includes(first.kind)) throw first
    return found.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
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

  async #pollChat(chat: string, since: number, options: CallOptions): Promise<ParsedEvent[]> {
    const parsed: ParsedEvent[] = []
    let open = false
    let seen = 0
    for (let cursor: string | undefined; ; ) {
      const input = { session: this.#session, chat, limit: MESSAGES, ...(cursor === undefined ? {} : { cursor }) }
      const { items, next } = await this.#source.message.list(input, options)
      for (const message of items) {
        if (message.fromMe && !FINAL.includes(message.ack)) open = true
        const before = this.#acks.get(message.id)
        if (before === undefined && (message.at ?? 0) >= since) parsed.push(newMessage(message))
        else if (before !== undefined && before !== message.ack && message.fromMe) parsed.push(newAck(message))
        this.#remember(message.id, message.ack)
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
    return parsed
  }

  #remember(id: string, ack: Ack): void {
    keepLatest(this.#acks, id, ack, REMEMBERED)
  }
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
    dedupeKey: `message.ack:${id}:${ack}`,
    raw,
  }
}
