import { type Clock, type GatewayBase, type GatewayEvent, invalidInput, type ResolveNumbers, requireVerb, systemClock } from '@wamux/core'
import type { NewMessage, OutboxChange, OutboxMessage, StoredInput } from './message/message.ts'
import { contentKey, recipientOf } from './message/recipient.ts'
import type { OutboxState } from './message/states.ts'
import { checkPace, type Pace } from './pace/pace.ts'
import { quietHours } from './pace/quiet-hours.ts'
import { Bell } from './run/bell.ts'
import type { AskResend, ResendPolicy, RunContext } from './run/context.ts'
import { Receipts } from './run/receipts.ts'
import { runOutbox } from './run/run.ts'
import { verbFor } from './run/send.ts'
import type { ListFilter, Move, OutboxStore, Pause } from './store/store.ts'

/** Options of {@link createOutbox}. */
export interface OutboxOptions {
  /** The gateway to send with. */
  readonly gateway: GatewayBase
  /** Session that sends: the outbox is for one sending number. */
  readonly session: string
  /** Where the messages are kept. */
  readonly store: OutboxStore
  /** How fast messages go out. Default: careful values, see {@link Pace}. */
  readonly pace?: Pace
  /**
   * Names the sending number in the store. One owner at a time sends for it, so give the same name to all sessions of one number. Default:
   * gateway and session, `waha:shop`.
   */
  readonly sender?: string
  /**
   * What happens with a message that may have been sent, when its chat does not show it. `never`: it stays `unknown` until a person calls
   * `resolve`. `ask`: the function `ask` decides. `after-lookup`: it is sent again when the chat was looked into at least twice, the last
   * time five minutes after the send or later, and did not show it; a gateway that tells of its messages later makes a double of that. Default `never`.
   */
  readonly resend?: ResendPolicy
  /** Asked about each message that may have been sent; needed for `resend: 'ask'`. */
  readonly ask?: AskResend
  /** Whether numbers are checked at WhatsApp before something is sent to them. Default: the gateway's `resolveNumbers`. */
  readonly checkNumbers?: ResolveNumbers
  /** Texts that opt somebody out when they are all that a received message says, in any case. Default `stop` and `unsubscribe`. */
  readonly optOutWords?: readonly string[]
  /** How often the store is asked for what other processes did, ms. Default 1 000. */
  readonly pollMs?: number
  /** Called for each change that this process makes, for counters and logs. What it throws is ignored. */
  readonly onChange?: (change: Omit<OutboxChange, 'seq'>) => void
  /** Source of time. Default: the system's. */
  readonly clock?: Clock
  /** Source of chance for the pace, from 0 to 1. Default `Math.random`. */
  readonly random?: () => number
}

/** What was put into the outbox. */
export interface Added {
  /** Messages that are new. */
  readonly added: number
  /** Messages whose key was there already: nothing changed for them. */
  readonly known: number
}

/** How an outbox is doing. */
export interface OutboxStatus {
  /** Messages in each state. */
  readonly counts: Readonly<Record<OutboxState, number>>
  /** Why it sends nothing, or nothing to new people; absent when it sends. */
  readonly pause?: Pause | undefined
}

/** A list of messages for one sending number, which are sent once each. */
export interface Outbox {
  /** The sending number's name in the store. */
  readonly sender: string
  /**
   * Puts messages into the outbox. They are in the store when it resolves; `run` sends them.
   *
   * @param messages the messages; all of them are checked first
   * @returns how many are new
   * @throws {GatewayError} `invalid_request`: a message is malformed, and none was added
   * @throws {GatewayError} `unsupported`: the gateway cannot send one of them, and none was added
   */
  add(messages: readonly NewMessage[]): Promise<Added>
  /**
   * Sends the messages, one after the other, at the pace. A send that has begun is finished when the signal fires.
   *
   * @param signal ends the run. Default: it goes on
   * @param options `until: 'empty'` ends it when nothing is queued; `onWaiting` is called once while another program owns the number, and
   *   sending begins when that one has ended: half a minute later at most, if it crashed
   * @returns resolves when it has ended; rejects when the store cannot be written
   * @throws {GatewayError} `config`: the store cannot be written. A message that was just sent is `unknown` in the next run
   */
  run(signal?: AbortSignal, options?: { readonly until?: 'empty'; readonly onWaiting?: () => void }): Promise<void>
  /**
   * The changes of all messages of this number, also those that other processes make.
   *
   * @param options `after` is the `seq` of the last change that you saw (default 0: all); `signal` ends the iteration
   * @returns iterate over it
   */
  changes(options?: { readonly after?: number; readonly signal?: AbortSignal }): AsyncIterable<OutboxChange>
  /**
   * Tells the outbox what happened at the gateway: receipts, and messages that people write. Give it every event of your webhook or of
   * `gateway.events`.
   *
   * @param event the event; others than these change nothing
   */
  handle(event: GatewayEvent): Promise<void>
  /**
   * How many messages are in each state, and whether the number is paused.
   *
   * @returns the status
   */
  status(): Promise<OutboxStatus>
  /**
   * Reads messages, in the order they were added.
   *
   * @param filter which. Default: the first 100
   * @returns the messages
   */
  list(filter?: Partial<Omit<ListFilter, 'sender'>>): Promise<readonly OutboxMessage[]>
  /**
   * Takes messages back that are still queued.
   *
   * @param keys their keys
   * @returns how many were cancelled
   */
  cancel(keys: readonly string[]): Promise<number>
  /**
   * Decides about a message that is `unknown`, after somebody looked.
   *
   * @param key its key
   * @param decision `sent`: it arrived. `resend`: it is sent again. `give_up`: it is not
   * @returns the message as it is now; undefined when it was not `unknown`
   */
  resolve(key: string, decision: 'sent' | 'resend' | 'give_up'): Promise<OutboxMessage | undefined>
  /**
   * Sends nothing until `resume`, in all processes. A send that has begun is finished.
   *
   * @param reason why, for people. Default: none
   */
  pause(reason?: string): Promise<void>
  /** Ends a pause of any cause. Where the cause is still there, the next run pauses again. */
  resume(): Promise<void>
  /**
   * Notes who wants no messages: nothing is sent to them any more, by any number of this store.
   *
   * @param recipients E.164 numbers or JIDs
   * @throws {GatewayError} `invalid_request`: one of them is neither
   */
  optOut(recipients: readonly string[]): Promise<void>
  /**
   * Notes people who wrote or were written to before, so that they do not count as new chats.
   *
   * @param recipients E.164 numbers or JIDs
   * @throws {GatewayError} `invalid_request`: one of them is neither
   */
  addKnownChats(recipients: readonly string[]): Promise<void>
}

const DECISIONS = {
  sent: { to: 'sent', reason: 'A person says that it arrived.' },
  resend: { to: 'queued', reason: 'A person has it sent again.' },
  give_up: { to: 'cancelled', reason: 'A person gave it up.' },
} as const

const PAGE = 500

/**
 * Makes the outbox of one sending number. Nothing is sent until `run`.
 *
 * @param options gateway, session, store and pace
 * @returns the outbox
 * @throws {GatewayError} `invalid_request`: an option is malformed
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { gateway, session, store, pace = {}, resend = 'never', ask, clock = systemClock, pollMs = 1_000, onChange } = options
  const sender = options.sender ?? `${gateway.manifest.id}:${session}`
  if (typeof session !== 'string' || session === '') throw invalidInput('session', 'expected the id of a session')
  if (resend === 'ask' && !ask) throw invalidInput('ask', "expected a function, which resend: 'ask' calls")
  checkPace(pace)
  const quietUntil = pace.quietHours && quietHours(pace.quietHours)
  const bell = new Bell(clock)
  const now = () => clock.now()

  const tell = (change: Omit<OutboxChange, 'seq'>) => {
    bell.ring()
    try {
      onChange?.(change)
    } catch {
      // a counter that fails keeps no message from being sent
    }
  }
  const move = async (wanted: Move) => {
    const message = await store.move(wanted)
    const from = wanted.from.length === 1 ? wanted.from[0] : undefined
    if (message) tell({ key: message.key, sender: message.sender, from, to: message.state, at: wanted.at, reason: wanted.reason })
    return message
  }
  const optOutWords = new Set((options.optOutWords ?? ['stop', 'unsubscribe']).map((word) => word.trim().toLowerCase()))
  const receipts = new Receipts({ gateway, session, sender, store, now, optOutWords, move })
  const context: RunContext = {
    ...{ gateway, session, sender, store, clock, pace, quietUntil, bell, resend, ask, pollMs, move },
    random: options.random ?? Math.random,
    checkNumbers: options.checkNumbers,
    afterSent: (message) => receipts.sent(message),
  }

  function checked(message: NewMessage, index: number): StoredInput {
    const { key, list = '', text, file, as, notBefore = 0, expiresAt } = message
    const field = (name: string) => `messages[${index}].${name}`
    const to = recipientOf(message.to, field('to'))
    if (!file && (typeof text !== 'string' || text === ''))
      throw invalidInput(field('text'), 'expected a text that is not empty, or a file')
    if (file && (file.url === undefined) === (file.base64 === undefined)) throw invalidInput(field('file'), 'expected url or base64')
    if (key === '') throw invalidInput(field('key'), 'expected a text that is not empty')
    requireVerb(gateway, verbFor(message))
    return { key: key ?? contentKey(to, message), sender, to, list, text, file, as, notBefore, expiresAt }
  }

  async function* changes({ after = 0, signal }: { after?: number; signal?: AbortSignal } = {}): AsyncGenerator<OutboxChange> {
    for (let seen = after; !signal?.aborted; ) {
      const page = await store.changes(seen, PAGE)
      for (const change of page) {
        seen = change.seq
        if (change.sender === sender) yield change
        if (signal?.aborted) return
      }
      if (page.length === 0) await bell.wait(pollMs, signal)
    }
  }

  return {
    sender,
    async add(messages) {
      const inputs = messages.map(checked)
      const added = await store.add(inputs, now())
      if (added > 0) bell.ring()
      return { added, known: inputs.length - added }
    },
    run: (signal, { until, onWaiting } = {}) => runOutbox(context, { signal, onWaiting, untilEmpty: until === 'empty' }),
    changes,
    handle: (event) => receipts.take(event),
    status: async () => ({ counts: await store.count(sender), pause: await store.getPause(sender) }),
    list: (filter = {}) => store.list({ limit: 100, ...filter, sender }),
    async cancel(keys) {
      let cancelled = 0
      for (const key of keys) {
        const done = await move({ key, from: ['queued'], to: 'cancelled', at: now(), reason: 'A person took it back.' })
        if (done) cancelled++
      }
      return cancelled
    },
    resolve: (key, decision) => move({ key, from: ['unknown'], at: now(), ...DECISIONS[decision] }),
    async pause(reason = 'A person asked for it.') {
      await store.setPause(sender, { cause: 'person', reason, since: now() })
    },
    async resume() {
      await store.setPause(sender, undefined)
      bell.ring()
    },
    optOut: (recipients) =>
      store.addOptOuts(
        recipients.map((one, index) => recipientOf(one, `recipients[${index}]`)),
        now(),
      ),
    addKnownChats: (recipients) =>
      store.addChats(
        sender,
        recipients.map((one, index) => recipientOf(one, `recipients[${index}]`)),
      ),
  }
}
