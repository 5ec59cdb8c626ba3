import { GatewayError } from '../errors/gateway-error.ts'
import type { CallOptions } from '../schema/call-options.ts'
import type { Capabilities } from '../vocabulary/index.ts'
import type { Message } from '../vocabulary/message.ts'
import type { SessionInfo } from '../vocabulary/session.ts'
import { MessagePoller } from './message-poller.ts'
import type { ParsedEvent } from './parsed-event.ts'

/** Stands for all sessions that the credentials may see. */
export const ALL_SESSIONS = '*'

/** The result of one poll. */
export interface Found {
  readonly events: readonly ParsedEvent[]
  /** True when every session was connected and could be read. */
  readonly complete: boolean
}

/** Kinds of errors after which the next poll may succeed. */
const PASSING: readonly GatewayError['kind'][] = ['network', 'timeout', 'server', 'rate_limited', 'bad_response', 'conflict']

/** Kinds of errors of a gateway that stores no messages, or none of this session (WAHA without its store). */
const KEEPS_NONE: readonly GatewayError['kind'][] = ['invalid_request', 'unsupported']

/** True for an error after which the next poll may succeed. */
export function isPassing(error: unknown): error is GatewayError {
  return GatewayError.is(error) && PASSING.includes(error.kind)
}

/** Finds what has changed in one session, or in all of them: states, messages, and how far own messages got. */
export class SessionPoller {
  readonly #capabilities: Capabilities
  readonly #session: string
  readonly #pollers = new Map<string, MessagePoller>()
  /** Sessions whose messages the gateway does not keep. */
  readonly #withoutMessages = new Set<string>()
  /** The state that was reported last, by session. */
  readonly #states = new Map<string, string>()

  /** @param session a session's name, or {@link ALL_SESSIONS} */
  constructor(capabilities: Capabilities, session: string) {
    this.#capabilities = capabilities
    this.#session = session
  }

  /** Whether messages can be looked up here. */
  get findsMessages(): boolean {
    return this.#capabilities.chat?.list !== undefined && this.#capabilities.message?.list !== undefined
  }

  /** Remembers events that came another way, so that polls do not report them again. */
  add({ session = this.#session, type, data }: ParsedEvent): void {
    if ('message' in data && typeof data.message === 'object') this.#messagesOf(session)?.add(data.message as Message)
    // not every event contains the state of the account; polls find it
    if (type === 'session.status') this.#states.set(session, stateKey(data))
  }

  /**
   * What is new.
   *
   * @param from ms since the epoch; older messages are not reported
   * @throws {GatewayError} of the gateway
   */
  async poll(from: number, options: CallOptions): Promise<Found> {
    if (this.#session !== ALL_SESSIONS) {
      const info = await this.#capabilities.session?.get?.({ session: this.#session }, options)
      return this.#pollOne(this.#session, info, from, options)
    }
    const listed = await this.#capabilities.session?.list?.({}, options)
    const events: ParsedEvent[] = []
    let complete = true
    for (const info of listed?.sessions ?? []) {
      try {
        const found = await this.#pollOne(info.session, info, from, options)
        for (const event of found.events) events.push(event)
      } catch (error) {
        // a session that was removed meanwhile, or must not be read, does not stop the others
        if (isPassing(error)) complete = false
      }
    }
    return { events, complete }
  }

  async #pollOne(session: string, info: SessionInfo | undefined, from: number, options: CallOptions): Promise<Found> {
    const events: ParsedEvent[] = []
    if (info && this.#states.get(session) !== stateKey(info)) {
      this.#states.set(session, stateKey(info))
      events.push(statusOf(info))
    }
    // a session that is not connected has no chats to show
    if (info && info.state !== 'connected') return { events, complete: false }
    // the state changed: it may have been started with other settings
    if (events.length > 0) this.#withoutMessages.delete(session)
    const messages = this.#withoutMessages.has(session) ? undefined : this.#messagesOf(session)
    if (!messages && !this.findsMessages && !this.#withoutMessages.has(session)) {
      this.#withoutMessages.add(session)
      events.push(gapOf(session, from, new GatewayError('This gateway does not list chats and messages.', { kind: 'unsupported' })))
    }
    if (!messages) return { events, complete: true }
    try {
      for (const event of await messages.poll(from, options)) events.push(event)
      return { events, complete: true }
    } catch (error) {
      if (GatewayError.is(error) && KEEPS_NONE.includes(error.kind)) {
        this.#withoutMessages.add(session)
        events.push(gapOf(session, from, error))
        return { events, complete: true }
      }
      // the state is reported anyway: the next poll would not find it as new
      if (events.length === 0) throw error
      return { events, complete: false }
    }
  }

  #messagesOf(session: string): MessagePoller | undefined {
    const { chat, message } = this.#capabilities
    if (!chat?.list || !message?.list) return undefined
    const poller = this.#pollers.get(session) ?? new MessagePoller({ chat: { list: chat.list }, message: { list: message.list } }, session)
    this.#pollers.set(session, poller)
    return poller
  }
}

/** The event that says why of this session only states can be reported. */
function gapOf(session: string, since: number, error: GatewayError): ParsedEvent {
  const reason = [error.message, error.hint].filter(Boolean).join(' ')
  return { type: 'connection.gap', vendorType: 'poll', session, data: { since, messagesLookedUp: false, reason }, raw: error.toJSON() }
}

function stateKey({ state, challenge, account }: Pick<SessionInfo, 'state'> & { challenge?: unknown; account?: unknown }): string {
  // events of sockets do not contain the state of the account, so it is not compared
  return [state, challenge, account === 'unknown' || account === 'ok' ? undefined : account].join(' ')
}

function statusOf(info: SessionInfo): ParsedEvent {
  const { session, state, challenge, account, raw } = info
  return {
    type: 'session.status',
    vendorType: 'poll',
    session,
    data: { state, ...(challenge ? { challenge } : {}), account },
    raw,
  }
}
